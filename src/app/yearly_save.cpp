#include "app/yearly_save.h"

#include <algorithm>
#include <map>
#include <set>
#include <tuple>

#include "app/entry.h"
#include "app/period_lock.h"
#include "app/record_parts.h"
#include "app/yearly_series.h"
#include "base/text.h"
#include "domain/report.h"
#include "i18n/messages.h"
#include "i18n/words/access.h"
#include "i18n/words/answer.h"
#include "i18n/words/sasaran.h"
#include "interchange/typed_text.h"
#include "store/record_note_store.h"
#include "store/report_store.h"
#include "store/yearly_store.h"

namespace pilar::app {
namespace {

constexpr std::int64_t kMinuteMicros = 60'000'000;
constexpr std::int64_t kNoonMinutes = 720;

/// Edits that go into one record.
struct YearlyGroup {
  const InstalledVersion* version = nullptr;
  UnitKey unit{};
  std::string source{};
  std::vector<std::pair<const YearlyLine*, const YearlyEdit*>> edits{};
  NewRecord record{};
};

/// What of an instrument is filled in so that its yearly numbers are asked for: the option that opens them, if any.
RawAnswers with_texts(const Instrument& form, RawAnswers raw, const std::string& source, const Problems& problems) {
  for (const auto& problem : problems)
    if (const auto* item = form.find(problem.field);
        item != nullptr && item->kind == ItemKind::Text && problem.message == Msg::AnswerRequired)
      raw[item->key].values = {source};
  return raw;
}

/// Judges one way of filling in the form; its texts say the source where the form insists on them.
Result<NewRecord> try_form(const Context& context, const Scope& scope, EntryForm entry, const Instrument& form, const std::string& source) {
  auto judged = check_entry(context, scope, entry);
  if (judged) return judged;
  entry.typed = with_texts(form, std::move(entry.typed), source, judged.error());
  return check_entry(context, scope, entry);
}

/// An answer that is not asked for says that the option was the wrong one.
std::size_t badness(const Problems& problems) {
  return problems.size() + static_cast<std::size_t>(std::ranges::count(problems, Msg::AnswerNotRelevant, &Problem::message));
}

/// Fills the form in with the option that leaves the fewest problems: most forms of yearly targets first ask what is reported.
Result<NewRecord> fill_yearly_form(const Context& context, const Scope& scope, const EntryForm& entry, const Instrument& form,
                                   const std::string& source) {
  auto best = try_form(context, scope, entry, form, source);
  for (const auto& item : form.items) {
    if (best) return best;
    if (!is_coded(item.kind)) continue;
    for (const auto& option : item.options) {
      auto opened = entry;
      opened.typed[item.key].values = {option.key};
      auto judged = try_form(context, scope, std::move(opened), form, source);
      if (judged || badness(judged.error()) < badness(best.error())) best = std::move(judged);
      if (best) return best;
    }
  }
  return best;
}

class YearlySaving {
 public:
  YearlySaving(Context& context, const Scope& scope, const YearlyView& view, std::span<const YearlyEdit> edits)
      : context_(context),
        scope_(scope),
        view_(view),
        edits_(edits),
        facility_(view.node().key),
        now_(context.clock.now()) {}

  Result<std::size_t> save() {
    for (const auto& edit : edits_) sort_in(edit);
    if (problems_.empty())
      for (auto& [key, group] : groups_) judge(group);
    if (!problems_.empty()) return std::unexpected(std::move(problems_));
    context_.db.write(facility_, [this](store::Write& write) { result_ = write_all(write); });
    return result_;
  }

 private:
  void add_problem(Problem::Kind kind, Message message, std::string field, std::vector<std::string> args = {}) {
    problems_.push_back({kind, message, std::move(field), std::move(args)});
  }

  void sort_in(const YearlyEdit& edit) {
    const auto line = std::ranges::find(view_.lines, edit.key, &YearlyLine::key);
    if (line == view_.lines.end() || !keys_.insert(edit.key).second)
      return add_problem(Problem::Kind::NotFound, Msg::SasaranUnknown, edit.key);
    const auto standing = line->is_missing() ? std::nullopt : std::optional(line->numbers.front().moment);
    if (standing != edit.seen) return add_problem(Problem::Kind::Conflict, Msg::SasaranChanged, edit.key);
    if (trim(edit.value).empty()) return add_problem(Problem::Kind::Invalid, Msg::SasaranNoNumber, edit.key);
    check_origin(edit.set_by, edit.key + "/set_by", Msg::SasaranNoSetBy);
    check_origin(edit.source, edit.key + "/source", Msg::SasaranNoSource);
    const std::string source(trim(edit.source));
    auto& group = groups_[{line->version->version, line->unit, source}];
    group.version = line->version;
    group.unit = line->unit;
    group.source = source;
    group.edits.emplace_back(&*line, &edit);
  }

  void check_origin(std::string_view typed, std::string field, Message missing) {
    if (trim(typed).empty()) return add_problem(Problem::Kind::Invalid, missing, std::move(field));
    if (!is_utf8(typed)) return add_problem(Problem::Kind::Invalid, Msg::AnswerBadText, std::move(field));
    if (code_points(trim(typed)) > kLongestOrigin)
      add_problem(Problem::Kind::Invalid, Msg::SasaranOriginLong, std::move(field), {std::to_string(kLongestOrigin)});
  }

  void judge(YearlyGroup& group) {
    const auto at = moment_for(group);
    if (!at) return add_problem(Problem::Kind::Conflict, Msg::SasaranYearFull, group.edits.front().first->key());
    // A form is judged as of now, since nobody fills one in ahead of time; the record says from when its numbers count.
    EntryForm entry{make_uuid(now_), facility_, group.unit, group.version->version, std::min(*at, now_), {}};
    for (const auto& [line, edit] : group.edits) {
      const auto number = parse_yearly_number(edit->value, line->item->digits);
      entry.typed[line->item->key].values = {number ? text(*number) : std::string(trim(edit->value))};
    }
    auto judged = fill_yearly_form(context_, scope_, entry, group.version->form, group.source);
    if (!judged) return add_problems_of(group, judged.error());
    group.record = *std::move(judged);
    group.record.at = *at;
  }

  /// Beside the line where the problem is one of its number, else of the whole.
  void add_problems_of(const YearlyGroup& group, const Problems& problems) {
    bool more = false;
    for (auto problem : problems) {
      const auto at = std::ranges::find_if(group.edits, [&](const auto& one) { return one.first->item->key == problem.field; });
      if (at != group.edits.end()) {
        problem.field = at->first->key();
        problems_.push_back(std::move(problem));
      } else if (problem.field == "unit" || problem.field == "at") {
        problem.field = group.edits.front().first->key();
        problems_.push_back(std::move(problem));
      } else {
        more = true;
      }
    }
    if (more) add_problem(Problem::Kind::Invalid, Msg::SasaranAsksMore, group.edits.front().first->key(), {group.version->form.title.id});
  }

  /// Now, the last day of a year that is over, or the first of the next one; never the minute of the number that stood there, whose mean
  /// would count. Empty where that lies beyond the year.
  std::optional<Instant> moment_for(const YearlyGroup& group) const {
    const auto zone = view_.node().zone;
    const auto year = year_of(*make_day(view_.year, 1, 1));
    auto at = now_;
    if (view_.year < view_.running_year) at.micros = start_of({year.to.value - 1}, zone).micros + kNoonMinutes * kMinuteMicros;
    if (view_.year > view_.running_year) at = start_of(year.from, zone);
    for (const auto& [line, edit] : group.edits) {
      if (line->is_missing()) continue;
      const auto& last = line->numbers.front().moment;
      if (civil_day(at, zone) < last.day) at = {start_of(last.day, zone).micros};
      if (civil_day(at, zone) != last.day) continue;
      const auto behind = last.minute - report_minute(last.day, at);
      if (behind >= 0) at.micros += (behind + 1) * kMinuteMicros;
    }
    if (civil_day(at, zone) < year.from || year.to <= civil_day(at, zone)) return {};
    return at;
  }

  Result<std::size_t> write_all(store::Write& write) const {
    const auto reference = reference_for(context_, write);
    for (const auto& [key, group] : groups_) {
      if (is_taken(write.tx(), group)) return refuse(Problem::Kind::Conflict, Msg::SasaranChanged, group.edits.front().first->key());
      if (auto locked = check_period(context_, write, moment_of(group).day)) {
        locked->field = group.edits.front().first->key();
        return refuse(*std::move(locked));
      }
    }
    std::size_t saved = 0;
    for (const auto& [key, group] : groups_) {
      write_group(write, *reference, group);
      saved += group.edits.size();
    }
    write.audit({now_, scope_.actor(), "sasaran.set", "year:" + std::to_string(view_.year), R"({"added":)" + std::to_string(saved) + "}"});
    return saved;
  }

  /// Whether somebody set one of the group's numbers since the page was read.
  bool is_taken(store::Tx& tx, const YearlyGroup& group) const {
    const auto year = year_of(*make_day(view_.year, 1, 1));
    std::map<SeriesKey, std::optional<ReportMoment>> seen;
    for (const auto& item : yearly_items(*view_.kamus.reference))
      for (const auto& [line, edit] : group.edits)
        if (line->item == item.item)
          for (const auto series : item.reports) seen.emplace(series, edit->seen);
    std::vector<SeriesKey> keys;
    for (const auto& [series, moment] : seen) keys.push_back(series);
    bool newer = false;
    store::each_report(tx, facility_, keys, year, [&](const CellKey& key, const Cell&) {
      const ReportMoment moment{key.day, key.bucket};
      const auto& before = seen.at(key.series);
      if (key.unit == group.unit && year.from <= key.day && (!before || *before < moment)) newer = true;
    });
    return newer || is_said(tx, group);
  }

  /// A save of the same minute that waits to be written with this one has no report yet, but has said where its numbers come from.
  bool is_said(store::Tx& tx, const YearlyGroup& group) const {
    const auto moment = moment_of(group);
    const auto said = store::load_origins(tx, facility_, {moment.day, {moment.day.value + 1}});
    return std::ranges::any_of(said, [&](const store::StoredOrigin& one) {
      return one.instrument == group.version->instrument && one.unit == group.unit && one.minute == moment.minute &&
             std::ranges::any_of(group.edits, [&](const auto& edited) { return edited.first->item->key == one.item; });
    });
  }

  ReportMoment moment_of(const YearlyGroup& group) const {
    const auto day = civil_day(group.record.at, view_.node().zone);
    return {day, report_minute(day, group.record.at)};
  }

  void write_group(store::Write& write, const Reference& reference, const YearlyGroup& group) const {
    auto row = stored_form(reference, group.record, now_);
    const auto moment = moment_of(group);
    for (const auto& [line, edit] : group.edits) {
      const store::StoredOrigin origin{
          group.version->instrument,       line->item->key, group.unit, moment.day,    moment.minute, edit->kind,
          std::string(trim(edit->set_by)), group.source,    now_,       scope_.actor()};
      require(store::insert_origin(write.tx(), facility_, origin), "nothing was said of a new report");
    }
    row.changed = write.next_line();
    require(store::insert_record(write.tx(), row), "a new record has an id of its own");
    write.add(row.day, row.unit, deltas_of(reference, row, group.record.answers), +1);
    write.audit({now_, scope_.actor(), "record.add", "record:" + text(row.id), {}});
    store::insert_author(write.tx(), facility_, row.id, scope_.actor());
  }

  Context& context_;
  const Scope& scope_;
  const YearlyView& view_;
  std::span<const YearlyEdit> edits_;
  FacilityKey facility_;
  Instant now_;
  Problems problems_{};
  std::set<std::string> keys_{};  ///< a line is set once
  std::map<std::tuple<VersionKey, UnitKey, std::string>, YearlyGroup> groups_{};
  Result<std::size_t> result_ = std::size_t{0};
};

/// The units that the edits are of: one without numbers has no line else.
std::vector<UnitKey> units_of(std::span<const YearlyEdit> edits) {
  std::vector<UnitKey> units;
  for (const auto& edit : edits)
    if (const auto at = edit.key.rfind('/'); at != std::string::npos)
      if (const auto unit = parse_int(std::string_view(edit.key).substr(at + 1)); unit && *unit >= 0 && *unit <= INT32_MAX)
        units.push_back(UnitKey{static_cast<std::int32_t>(*unit)});
  return units;
}

}  // namespace

std::optional<Decimal> parse_yearly_number(std::string_view typed, int digits) {
  const auto plain = trim(typed);
  const auto comma = parse_number(plain, ','), point = parse_number(plain, '.');
  // Of a whole number both marks can only part groups, so the larger reading is meant.
  if (comma && point && digits == 0) return std::max(*comma, *point);
  return comma ? comma : point;
}

Result<std::size_t> save_yearly(Context& context, const Scope& scope, FacilityKey facility, int year, std::span<const YearlyEdit> edits) {
  const auto view = read_yearly(context, scope, {.facility = facility, .year = year, .all = true, .units = units_of(edits)});
  if (!view) return std::unexpected(view.error());
  if (!scope.may(Right::WriteRecords, view->kamus.reference->organisation, facility))
    return refuse(Problem::Kind::Forbidden, Msg::AccessMayNotWrite);
  if (edits.empty()) return std::size_t{0};
  return YearlySaving(context, scope, *view, edits).save();
}

Result<std::size_t> copy_last_year(Context& context, const Scope& scope, FacilityKey facility, int year, Lang lang) {
  const auto view = read_yearly(context, scope, {.facility = facility, .year = year});
  if (!view) return std::unexpected(view.error());
  std::vector<YearlyEdit> edits;
  for (const auto* line : view->copyable()) {
    const auto& last = *line->last_year;
    const auto before = std::to_string(year - 1);
    const auto set_by = last.origin ? last.origin->set_by : say(lang, Msg::SasaranCopiedBy, {before});
    edits.push_back({line->key(), {}, text(last.value), YearlyKind::Projected, set_by, say(lang, Msg::SasaranCopiedFrom, {before})});
  }
  return save_yearly(context, scope, facility, year, edits);
}

}  // namespace pilar::app
