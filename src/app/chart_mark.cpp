#include "app/chart_mark.h"

#include <algorithm>
#include <set>

#include "base/text.h"
#include "i18n/words/access.h"
#include "i18n/words/mark.h"
#include "i18n/words/result.h"
#include "store/chart_mark_store.h"
#include "store/facility_head.h"
#include "store/indicator_store.h"

namespace pilar::app {
namespace {

std::vector<MarkHistory> histories_of(const std::vector<store::StoredChartMark>& stored) {
  std::vector<MarkHistory> out;
  for (const auto& one : stored) {
    if (out.empty() || out.back().last().mark.number != one.mark.number) out.emplace_back();
    out.back().revisions.push_back({one.mark, one.stands, one.at, one.actor, one.reason});
  }
  return out;
}

std::vector<ChartMark> standing_of(const std::vector<MarkHistory>& marks) {
  std::vector<ChartMark> out;
  for (const auto& one : marks)
    if (one.last().stands) out.push_back(one.last().mark);
  return out;
}

/// Those that stand on the chart of this mark.
std::vector<ChartMark> beside(const std::vector<MarkHistory>& all, const ChartMark& mark) {
  auto out = standing_of(all);
  std::erase_if(out, [&](const ChartMark& one) {
    const bool shared = one.unit == UnitKey{} && is_event(one.kind);
    return one.formula != mark.formula || (one.unit != mark.unit && !shared);
  });
  return out;
}

/// Whether new lines that stand rest on this action.
bool is_needed(const std::vector<MarkHistory>& all, std::int32_t action) {
  return std::ranges::any_of(standing_of(all),
                             [&](const ChartMark& one) { return one.kind == ChartMarkKind::Rebase && one.action == action; });
}

/// One change of a facility's marks, inside its transaction.
class MarkChange {
 public:
  MarkChange(Context& context, store::Tx& tx, const Scope& scope, const Node& node)
      : tx_(tx),
        scope_(scope),
        node_(node),
        now_(context.clock.now()),
        stored_(store::load_chart_marks(tx, node.key)),
        all_(histories_of(stored_)) {}

  const std::vector<MarkHistory>& all() const { return all_; }
  const MarkHistory* find(std::int32_t number) const {
    const auto at = std::ranges::find_if(all_, [&](const MarkHistory& one) { return one.last().mark.number == number; });
    return at == all_.end() ? nullptr : &*at;
  }
  Problems check(const ChartMark& mark) const { return check_chart_mark(mark, beside(all_, mark), civil_day(now_, node_.zone)); }

  std::int32_t write(ChartMark mark, bool stands, const char* action, const std::string& reason) {
    const auto* before = find(mark.number);
    if (before == nullptr) mark.number = all_.empty() ? 1 : all_.back().last().mark.number + 1;
    const auto revision = before == nullptr ? 1 : static_cast<std::int32_t>(before->revisions.size()) + 1;
    store::insert_chart_mark(tx_, node_.key, {mark, revision, stands, now_, scope_.actor(), reason});
    store::append_audit(tx_, node_.key, {now_, scope_.actor(), action, "mark:" + std::to_string(mark.number), ""});
    return mark.number;
  }

 private:
  store::Tx& tx_;
  const Scope& scope_;
  const Node& node_;
  Instant now_;
  std::vector<store::StoredChartMark> stored_;
  std::vector<MarkHistory> all_;
};

Problems marked_wrong(Problem::Kind kind, Message message, const char* field = "") { return {{kind, message, field, {}}}; }

/// Lets `body` judge and write within one transaction, for who may.
template <class Body>
Result<void> change_marks(Context& context, const Scope& scope, FacilityKey facility, Body&& body) {
  const auto reference = context.reference.get();
  const auto* node = reference->organisation.find(facility);
  if (node == nullptr || node->kind != NodeKind::Facility) return refuse(Problem::Kind::NotFound, Msg::ResultUnknownPlace);
  if (!may_mark_charts(scope, reference->organisation, facility)) return refuse(Problem::Kind::Forbidden, Msg::MarkMayNot);
  Problems wrong;
  context.db.shared([&](store::Tx& tx) {
    MarkChange change(context, tx, scope, *node);
    wrong = body(change, *reference);
  });
  if (!wrong.empty()) return std::unexpected(std::move(wrong));
  return {};
}

/// The measure of "instrument/measure" in the newest version of the instrument.
struct FoundMeasure {
  const InstalledVersion* version = nullptr;
  const Measure* measure = nullptr;
};
FoundMeasure find_formula(const Reference& reference, std::string_view formula) {
  const auto slash = formula.find('/');
  if (slash == std::string_view::npos) return {};
  const auto* version = reference.with_results(formula.substr(0, slash));
  if (version == nullptr) return {};
  const auto at = std::ranges::find(version->form.measures, formula.substr(slash + 1), &Measure::key);
  if (at == version->form.measures.end()) return {};
  return {version, &*at};
}

bool is_published(const IndicatorVersion& version) { return version.published; }

/// Later versions of the entry that were published.
void add_breaks(std::vector<ProfileBreak>& out, const IndicatorEntry& entry) {
  const IndicatorVersion* before = nullptr;
  for (const auto& version : entry.versions) {
    if (!is_published(version)) continue;
    if (before != nullptr && version.profile.valid_from)
      out.push_back({version.profile.path(), *version.profile.valid_from, version.profile.version, version.profile.title,
                     changes_meaning(before->profile, version.profile)});
    before = &version;
  }
}

bool has_later_version(const IndicatorEntry& entry) { return std::ranges::count_if(entry.versions, is_published) > 1; }

/// Entries with more than one version that this facility could use; whether it does is asked only where there are any.
std::vector<const IndicatorEntry*> changed_entries(const Reference& reference, const Node& facility, std::span<const IndicatorEntry> own) {
  std::vector<const IndicatorEntry*> out;
  const auto add = [&](const IndicatorEntry& entry) {
    if (has_later_version(entry) && is_for(entry.published()->profile, facility.facility_type)) out.push_back(&entry);
  };
  for (const auto& entry : reference.indicators)
    if (entry.owner == kEverywhere || reference.organisation.is_under(facility.key, entry.owner)) add(entry);
  std::ranges::for_each(own, add);
  return out;
}

}  // namespace

std::vector<ChartMark> MarkList::standing() const { return standing_of(marks); }

const MarkHistory* MarkList::find(std::int32_t number) const {
  const auto at = std::ranges::find_if(marks, [&](const MarkHistory& one) { return one.last().mark.number == number; });
  return at == marks.end() ? nullptr : &*at;
}

bool may_mark_charts(const Scope& scope, const Organisation& organisation, FacilityKey facility) {
  return scope.may(Right::ManageIndicators, organisation, facility);
}

Result<MarkList> read_chart_marks(Context& context, const Scope& scope, FacilityKey facility, UnitKey unit, std::string_view formula) {
  MarkList out{.reference = context.reference.get(), .formula = std::string(formula)};
  const auto& organisation = out.reference->organisation;
  out.node = organisation.find(facility);
  if (out.node == nullptr) return refuse(Problem::Kind::NotFound, Msg::ResultUnknownPlace, "tempat");
  if (!scope.may(Right::ReadResults, organisation, facility)) return refuse(Problem::Kind::Forbidden, Msg::AccessMayNotRead, "tempat");
  if (out.node->kind != NodeKind::Facility) return refuse(Problem::Kind::Invalid, Msg::MarkOnlyFacility, "tempat");
  if (unit != UnitKey{}) {
    out.unit = organisation.find_unit(facility, unit);
    if (out.unit == nullptr) return refuse(Problem::Kind::NotFound, Msg::ResultUnknownUnit, "unit");
  }
  const auto [version, measure] = find_formula(*out.reference, formula);
  if (measure == nullptr) return refuse(Problem::Kind::NotFound, Msg::ResultUnknownMeasure, "ukuran", {std::string(formula)});
  out.version = version;
  out.measure = measure;
  out.today = civil_day(context.clock.now(), out.node->zone);
  out.may_change = may_mark_charts(scope, organisation, facility);
  std::vector<store::StoredChartMark> stored;
  context.db.read([&](store::Tx& tx) { stored = store::load_chart_marks(tx, facility); });
  out.marks = histories_of(stored);
  std::erase_if(out.marks, [&](const MarkHistory& one) {
    const auto& mark = one.last().mark;
    return mark.formula != formula || (mark.unit != unit && (mark.unit != UnitKey{} || !is_event(mark.kind)));
  });
  std::ranges::stable_sort(out.marks, {}, [](const MarkHistory& one) { return one.last().mark.day; });
  return out;
}

namespace {

/// What is wrong with putting the mark in place of what stood there.
Problems check_before(const MarkChange& change, const MarkHistory* before, const ChartMark& mark, std::optional<std::size_t> seen) {
  if (before == nullptr || !before->last().stands) return marked_wrong(Problem::Kind::NotFound, Msg::MarkUnknown);
  if (seen && *seen != before->revisions.size()) return marked_wrong(Problem::Kind::Conflict, Msg::MarkChangedSince);
  const auto& was = before->last().mark;
  // A mark stays on its chart, and what decides lines does not become an event.
  if (was.formula != mark.formula || was.unit != mark.unit || is_event(was.kind) != is_event(mark.kind))
    return marked_wrong(Problem::Kind::Invalid, Msg::MarkUnknown);
  if (was.kind == ChartMarkKind::Action && mark.kind != was.kind && is_needed(change.all(), was.number))
    return marked_wrong(Problem::Kind::Conflict, Msg::MarkIsNeeded, "kind");
  return {};
}

}  // namespace

Result<std::int32_t> save_chart_mark(Context& context, const Scope& scope, FacilityKey facility, const ChartMark& wanted,
                                     std::optional<std::size_t> seen) {
  std::int32_t number = 0;
  const auto saved = change_marks(context, scope, facility, [&](MarkChange& change, const Reference& reference) {
    auto mark = wanted;
    mark.text = trim(mark.text);
    mark.link = trim(mark.link);
    if (find_formula(reference, mark.formula).measure == nullptr)
      return marked_wrong(Problem::Kind::NotFound, Msg::ResultUnknownMeasure, "ukuran");
    if (mark.unit != UnitKey{} && reference.organisation.find_unit(facility, mark.unit) == nullptr)
      return marked_wrong(Problem::Kind::NotFound, Msg::ResultUnknownUnit, "unit");
    const auto* before = change.find(mark.number);
    if (mark.number != 0)
      if (auto wrong = check_before(change, before, mark, seen); !wrong.empty()) return wrong;
    if (auto wrong = change.check(mark); !wrong.empty()) return wrong;
    number = change.write(mark, true, before == nullptr ? "mark.add" : "mark.change", "");
    return Problems{};
  });
  if (!saved) return std::unexpected(saved.error());
  return number;
}

Result<void> remove_chart_mark(Context& context, const Scope& scope, FacilityKey facility, std::int32_t number, const std::string& reason) {
  return change_marks(context, scope, facility, [&](MarkChange& change, const Reference&) {
    const auto* found = change.find(number);
    if (found == nullptr || !found->last().stands) return marked_wrong(Problem::Kind::NotFound, Msg::MarkUnknown);
    if (is_needed(change.all(), number)) return marked_wrong(Problem::Kind::Conflict, Msg::MarkIsNeeded);
    change.write(found->last().mark, false, "mark.remove", std::string(trim(reason)));
    return Problems{};
  });
}

Result<void> restore_chart_mark(Context& context, const Scope& scope, FacilityKey facility, std::int32_t number) {
  return change_marks(context, scope, facility, [&](MarkChange& change, const Reference&) {
    const auto* found = change.find(number);
    if (found == nullptr) return marked_wrong(Problem::Kind::NotFound, Msg::MarkUnknown);
    if (found->last().stands) return marked_wrong(Problem::Kind::Conflict, Msg::MarkStands);
    if (auto wrong = change.check(found->last().mark); !wrong.empty()) return wrong;
    change.write(found->last().mark, true, "mark.restore", "");
    return Problems{};
  });
}

ChartMarks load_chart_setup(store::Tx& tx, const Reference& reference, const Node& facility, UnitKey unit) {
  ChartMarks out;
  out.marks = marks_for(standing_of(histories_of(store::load_chart_marks(tx, facility.key))), unit);
  const auto own = load_own_indicators(tx, facility.key);
  const auto changed = changed_entries(reference, facility, own);
  if (changed.empty()) return out;
  std::set<IndicatorKey> used;
  for (const auto& use : store::load_uses(tx, facility.key))
    if (!use.to) used.insert(use.indicator);
  for (const auto* entry : changed)
    if (entry->published()->profile.mandatory || used.contains(entry->id)) add_breaks(out.breaks, *entry);
  std::ranges::stable_sort(out.breaks, {}, &ProfileBreak::day);
  return out;
}

}  // namespace pilar::app
