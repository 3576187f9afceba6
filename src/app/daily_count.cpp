#include "app/daily_count.h"

#include <algorithm>
#include <set>

#include "app/record_parts.h"
#include "i18n/words/answer.h"
#include "i18n/words/formula.h"
#include "i18n/words/indicator.h"
#include "i18n/words/result.h"
#include "store/record_store.h"

namespace pilar::app {
namespace {

/// Positions of the items of one version of the daily count.
struct CountItems {
  std::size_t indicator = 0, numerator = 0, denominator = 0;
};

std::optional<CountItems> count_items(const Instrument& form) {
  const auto indicator = form.index_of(kCountIndicator), numerator = form.index_of(kCountNumerator),
             denominator = form.index_of(kCountDenominator);
  if (!indicator || !numerator || !denominator) return {};
  return CountItems{*indicator, *numerator, *denominator};
}

std::optional<std::int64_t> whole(const Answer& answer) {
  const auto* number = std::get_if<Decimal>(&answer);
  return number == nullptr ? std::nullopt : number->scaled(0);
}

/// The month's counts of one unit, put with their indicators.
class CountReader {
 public:
  CountReader(const Reference& reference, DailyCounts& out) : reference_(reference), out_(out) {}

  void read(store::Tx& tx, InstrumentKey instrument, FacilityKey facility) {
    const auto month = period_of(month_of(out_.day));
    store::each_record(tx, facility, instrument, month.from, Day{out_.day.value + 1}, [&](const store::StoredRecord& record) {
      if (record.unit == out_.unit) add(record);
    });
  }

 private:
  void add(const store::StoredRecord& record) {
    const auto& form = version_of(reference_, record.version).form;
    const auto items = count_items(form);
    if (!items) return;
    const auto answers = from_canonical(record.answers);
    const auto* name = std::get_if<std::string>(&answers[items->indicator]);
    const auto at = name == nullptr
                        ? out_.lines.end()
                        : std::ranges::find_if(out_.lines, [&](const CountLine& line) { return line.line->entry->key() == *name; });
    if (at == out_.lines.end()) return;
    const bool today = record.day == out_.day;
    if (record.state == RecordState::Voided) {
      at->taken_back += today ? 1 : 0;
      return;
    }
    const auto numerator = whole(answers[items->numerator]), denominator = whole(answers[items->denominator]);
    at->month_numerator += numerator.value_or(0);
    at->month_denominator += denominator.value_or(0);
    if (days_.emplace(at->line, record.day).second) ++at->month_days;
    if (!today) return;
    at->numerator = numerator;
    at->denominator = denominator;
    at->record = record.id;
    at->revision = record.revision;
  }

  const Reference& reference_;
  DailyCounts& out_;
  std::set<std::pair<const KamusLine*, Day>> days_{};
};

std::optional<Problem> check_count_place(const KamusView& kamus, const Scope& scope, UnitKey unit) {
  if (!kamus.is_of_facility()) return Problem{Problem::Kind::Invalid, Msg::IndicatorNotFacility, "facility", {}};
  if (unit.value != 0 && kamus.reference->organisation.find_unit(kamus.node->key, unit) == nullptr)
    return Problem{Problem::Kind::NotFound, Msg::ResultUnknownUnit, "unit", {}};
  return check_may(*kamus.reference, scope, Right::WriteRecords, kamus.node->key, unit);
}

RawAnswers typed_daily_count(const CountEntry& entry) {
  RawAnswers raw;
  raw[std::string(kCountIndicator)].values = {entry.indicator};
  raw[std::string(kCountNumerator)].values = {std::to_string(entry.numerator)};
  raw[std::string(kCountDenominator)].values = {std::to_string(entry.denominator)};
  return raw;
}

std::optional<Problem> check_counted(const CountEntry& entry) {
  const std::vector<std::string> counts{std::to_string(entry.numerator), std::to_string(entry.denominator)};
  if (entry.numerator <= entry.denominator) return {};
  if (entry.denominator == 0) return Problem{Problem::Kind::Invalid, Msg::CountNoCases, entry.indicator, counts};
  if (!entry.above) return Problem{Problem::Kind::Invalid, Msg::CountAbove, entry.indicator, counts};
  return {};
}

/// The same for whoever counts the same indicator, unit and day, so that it is counted once.
Uuid count_id(const DailyCounts& day, const CountLine& line) {
  return hashed_uuid({}, sha256("count|" + std::to_string(day.kamus.node->key.value) + "|" + std::to_string(day.unit.value) + "|" +
                                std::to_string(day.day.value) + "|" + line.line->entry->key() + "|" + std::to_string(line.taken_back)));
}

}  // namespace

const CountLine* DailyCounts::find(std::string_view indicator) const {
  const auto at = std::ranges::find_if(lines, [&](const CountLine& line) { return line.line->entry->key() == indicator; });
  return at == lines.end() ? nullptr : &*at;
}

Result<DailyCounts> read_daily_counts(Context& context, const Scope& scope, FacilityKey facility, UnitKey unit, Day day) {
  auto kamus = read_kamus_of(context, scope, facility);
  if (!kamus) return std::unexpected(std::move(kamus.error()));
  if (auto problem = check_count_place(*kamus, scope, unit)) return refuse(*std::move(problem));
  DailyCounts out;
  out.kamus = *std::move(kamus);
  out.unit = unit;
  out.day = day;
  for (const auto& line : out.kamus.lines)
    if (line.used && line.profile().tally) out.lines.push_back({.line = &line});
  const auto* form = out.kamus.reference->latest(kDailyCount);
  if (form == nullptr || out.lines.empty()) return out;
  context.db.read([&](store::Tx& tx) { CountReader(*out.kamus.reference, out).read(tx, form->instrument, facility); });
  return out;
}

Result<Saved> save_daily_count(Context& context, const Scope& scope, const DailyCounts& day, const CountEntry& entry,
                               const std::string& reason) {
  const auto* line = day.find(entry.indicator);
  const auto* form = day.kamus.reference->latest(kDailyCount);
  if (line == nullptr || form == nullptr) return refuse(Problem::Kind::NotFound, Msg::IndicatorNotInUse, entry.indicator);
  if (entry.seen != line->revision)
    return refuse(Problem::Kind::Conflict, Msg::RecordChanged, entry.indicator, {std::to_string(line->revision)});
  if (auto problem = check_counted(entry)) return refuse(*std::move(problem));
  const auto& node = *day.kamus.node;
  const auto at = start_of(day.day, node.zone);
  if (auto problem = check_time(at, context.clock.now(), node.zone)) return refuse(*std::move(problem));
  auto answers = check_answers(form->form, typed_daily_count(entry), day.kamus.today, /*forgiving=*/false);
  if (!answers) return std::unexpected(std::move(answers.error()));
  if (line->record)
    return correct_record(context, scope,
                          {node.key, *line->record, line->revision, day.unit, form->version, at, *std::move(answers), reason});
  return save_record(context, scope, {count_id(day, *line), node.key, day.unit, form->version, at, Channel::Staff, *std::move(answers)});
}

}  // namespace pilar::app
