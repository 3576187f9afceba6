#include "web/result_words.h"

#include <algorithm>
#include <cmath>

#include "domain/yearly.h"
#include "i18n/format.h"
#include "i18n/messages.h"
#include "i18n/words/result.h"

namespace pilar::web {
namespace {

constexpr int kSkmDigits = 2;

std::string interval_words(Lang lang, const math::Interval& reach, int digits, const std::string& behind) {
  const auto low = format::number(lang, reach.low, digits), high = format::number(lang, reach.high, digits) + behind;
  return say(lang, Msg::ResultInterval, {format::range(low, high)});
}

Told tell_rating(Lang lang, const Instrument& form, const MeasureReading& reading) {
  const auto& rating = reading.rating;
  Told out{.cases = records_words(lang, form, rating.n), .point = rating.mean, .reach = rating.interval, .n = rating.n};
  // The sum is whole, so that the quotient is rounded exactly and not from a double.
  const auto sum = rating.mean ? std::llround(*rating.mean * static_cast<double>(rating.n)) : 0;
  out.value = format::ratio(lang, sum, rating.n, 1);
  if (out.reach) out.interval = interval_words(lang, *out.reach, 1, "");
  return out;
}

Told tell_skm(Lang lang, const Instrument& form, const MeasureReading& reading) {
  Told out{.cases = records_words(lang, form, reading.respondents), .n = reading.respondents};
  const auto& skm = reading.skm;
  out.value = skm && skm->ikm_2dec ? format::number(lang, *skm->ikm_2dec, kSkmDigits) : std::string(format::kNone);
  if (skm) out.point = skm->ikm;
  return out;
}

/// Answers of one person to several items hang together, so that an interval for single answers would be too short.
bool has_interval(const Measure& measure) { return measure.kind == MeasureKind::Ratio || measure.items.size() == 1; }

std::string cases_words(Lang lang, const Share& share, Message message = Msg::ResultOf) {
  if (share.denominator == 0) return std::string(say(lang, Msg::ResultNoCases));
  return say(lang, message, {format::number(lang, share.numerator), format::number(lang, share.denominator)});
}

Told tell_share(Lang lang, const MeasureReading& reading) {
  const auto& share = reading.share;
  Told out{.value = format::percent(lang, share.numerator, share.denominator), .n = share.denominator, .over = is_over(share)};
  // Above 100 % is never cut off, and never passes without a word either.
  out.cases = cases_words(lang, share, out.over ? Msg::ResultOfOver : Msg::ResultOf);
  if (const auto value = share.value()) out.point = *value * 100;
  if (const auto reach = share.interval(); reach && has_interval(*reading.measure)) {
    out.reach = math::Interval{reach->low * 100, reach->high * 100};
    out.interval = interval_words(lang, *out.reach, 1, "%");
  }
  return out;
}

/// A rate or an average: what stands above the line for each of what stands below, times `per`.
Told tell_rate(Lang lang, const Instrument& form, const MeasureReading& reading) {
  const auto& share = reading.share;
  const auto unit = unit_of(form, *reading.measure);
  Told out{.value = std::string(format::kNone), .cases = cases_words(lang, share), .n = share.denominator};
  if (const auto value = share.value()) out.point = *value * reading.measure->per;
  if (out.point) out.value = format::number(lang, *out.point, unit.digits) + unit.behind;
  return out;
}

Told tell_sum(Lang lang, const Instrument& form, const MeasureReading& reading) {
  Told out{.value = total_words(lang, reading.total), .cases = records_words(lang, form, reading.respondents), .n = reading.respondents};
  const auto kind = first_item(form, *reading.measure).aggregation;
  if (is_kept(kind)) {
    out.n = reading.reports;
    out.cases =
        say(lang, kind == Aggregation::State ? Msg::ResultStateCases : Msg::ResultYearlyCases, {format::number(lang, reading.reports)});
  }
  if (reading.total) out.point = reading.total->to_double();
  return out;
}

Told tell_duration(Lang lang, const Instrument& form, const MeasureReading& reading) {
  const auto& item = first_item(form, *reading.measure);
  const auto& duration = reading.duration;
  auto out = reading.measure->within ? tell_share(lang, reading) : Told{.value = duration_words(lang, item, duration.median)};
  out.n = duration.n;
  if (!reading.measure->within) {
    out.point = duration.median;
    out.cases = duration.n == 0 ? std::string(say(lang, Msg::ResultNoCases)) : records_words(lang, form, duration.n);
  }
  if (duration.n > 0)
    out.also = say(lang, Msg::ResultDurationAlso, {duration_words(lang, item, duration.median), duration_words(lang, item, duration.p90)});
  return out;
}

/// 1, 2 or 5 times a power of ten, not below `value`.
double round_up(double value) {
  if (!(value > 0)) return 1;
  const double power = std::pow(10.0, std::floor(std::log10(value)));
  for (const double step : {1.0, 2.0, 5.0})
    if (value <= step * power) return step * power;
  return 10 * power;
}

/// "menit", "per 1000 hari rawat".
ValueFormat unit_of_rate(const Measure& measure) {
  constexpr int kAverageDigits = 2;
  const auto unit = measure.unit.empty() ? std::string() : " " + measure.unit;
  if (measure.per == 1) return {unit, kAverageDigits};
  return {" per " + std::to_string(measure.per) + unit, 1};
}

}  // namespace

Told tell(Lang lang, const Instrument& form, const MeasureReading& reading) {
  switch (reading.measure->kind) {
    case MeasureKind::Rating:
      return tell_rating(lang, form, reading);
    case MeasureKind::Skm:
      return tell_skm(lang, form, reading);
    case MeasureKind::Sum:
      return tell_sum(lang, form, reading);
    case MeasureKind::Duration:
      return tell_duration(lang, form, reading);
    case MeasureKind::Ratio:
      if (!is_share(*reading.measure)) return tell_rate(lang, form, reading);
      break;
    case MeasureKind::Share:
      break;
  }
  return tell_share(lang, reading);
}

ValueFormat unit_of(const Instrument& form, const Measure& measure) {
  switch (measure.kind) {
    case MeasureKind::Rating:
      return {"", 1};
    case MeasureKind::Skm:
      return {"", kSkmDigits};
    case MeasureKind::Sum:
      return {"", first_item(form, measure).digits};
    case MeasureKind::Duration:
      if (!measure.within) return {" " + first_item(form, measure).unit, 1};
      break;
    case MeasureKind::Ratio:
      if (!is_share(measure)) return unit_of_rate(measure);
      break;
    case MeasureKind::Share:
      break;
  }
  return {"%", 1};
}

std::string target_words(Lang lang, const Instrument& form, const Measure& measure) {
  return (better_of(measure) == Better::Lower ? "≤ " : "≥ ") + format::number(lang, *measure.target) + unit_of(form, measure).behind;
}

bool is_open_ended(const Measure& measure) {
  if (has_share(measure)) return !is_share(measure);
  return measure.kind == MeasureKind::Sum || measure.kind == MeasureKind::Duration;
}

Axis axis_of(const Instrument& form, const Measure& measure, double highest) {
  if (measure.kind == MeasureKind::Skm) return {25, 100};
  if (is_open_ended(measure)) return {0, round_up(highest)};
  if (measure.kind != MeasureKind::Rating) return {0, 100};
  Axis axis{1, 5};
  const auto& options = first_item(form, measure).options;
  if (options.empty()) return axis;
  const auto [low, high] = std::ranges::minmax(options, {}, &pilar::Option::code);
  return {static_cast<double>(low.code), static_cast<double>(high.code)};
}

NeedTold tell(Lang lang, const Need& need) {
  using State = Need::State;
  const auto answers = format::number(lang, need.answers);
  const auto visits = need.visits ? format::number(lang, *need.visits) : std::string();
  const auto required = need.required ? format::number(lang, *need.required) : std::string();
  const auto words = [&](Message message) { return say(lang, message, {answers, visits, required}); };
  switch (need.state) {
    case State::VisitsUnknown:
      return {Mark::Open, words(Msg::ResultNeedUnknown), words(Msg::ResultNeedUnknownNote)};
    case State::NoVisits:
      return {Mark::None, words(Msg::ResultNeedNoVisits), words(Msg::ResultNeedNoVisitsNote)};
    case State::NoMinimum:
      return {Mark::None, words(Msg::ResultNeedNoMinimum), words(Msg::ResultNeedNoMinimumNote)};
    case State::Short:
      return {Mark::Open, words(Msg::ResultNeedShort), words(Msg::ResultNeedShortNote)};
    case State::Met:
      return {Mark::Done, words(Msg::ResultNeedMet), words(Msg::ResultNeedMetNote)};
    case State::MoreThanVisits:
      break;
  }
  return {Mark::Concern, words(Msg::ResultNeedError), words(Msg::ResultNeedErrorNote)};
}

std::string name_of(Lang lang, const Measure* measure, const Item& item) {
  const bool is_unsur = measure != nullptr && measure->kind == MeasureKind::Skm && !item.hint.empty();
  return (is_unsur ? item.hint : item.label).in(lang);
}

std::string form_href(const Instrument& form) { return "/instrumen/" + (form.over.empty() ? form.key : form.over); }

std::string version_words(Lang lang, const Instrument& form) {
  return say(lang, Msg::ResultVersionOf, {form.title.in(lang), format::number(lang, form.version)});
}

bool is_whole_months(Period period) { return app::span_of(period).edges.empty(); }

std::pair<std::string, std::string> period_ends(Period period) {
  const Day last{period.to.value - 1};
  if (is_whole_months(period)) return {iso(month_of(period.from)), iso(month_of(last))};
  return {iso(period.from), iso(last)};
}

std::string period_words(Lang lang, Period period) {
  const Day last{period.to.value - 1};
  if (is_whole_months(period)) return format::range(lang, month_of(period.from), month_of(last));
  return format::range(lang, period.from, last);
}

std::string records_words(Lang lang, const Instrument& form, std::int64_t count) {
  return say(lang, form.is_public ? Msg::ResultAnswers : Msg::ResultRecords, {format::number(lang, count)});
}

std::string grade_words(Lang lang, math::SkmGrade grade) {
  constexpr Message kWords[] = {Msg::ResultGradeD, Msg::ResultGradeC, Msg::ResultGradeB, Msg::ResultGradeA};
  return std::string(math::name(grade)) + ", " + std::string(say(lang, kWords[static_cast<std::size_t>(grade)]));
}

std::vector<std::size_t> priorities(const math::Skm& skm) {
  constexpr std::size_t kPriorities = 3;
  std::vector<double> means;
  for (const auto& unsur : skm.unsur)
    if (unsur) means.push_back(unsur->nrr);
  if (means.empty()) return {};
  std::ranges::sort(means);
  if (means.front() == means.back()) return {};
  const double worst = means[std::min(kPriorities, means.size()) - 1];
  std::vector<std::size_t> out;
  for (std::size_t i = 0; i < skm.unsur.size(); ++i)
    if (skm.unsur[i] && skm.unsur[i]->nrr <= worst && skm.unsur[i]->nrr < means.back()) out.push_back(i);
  return out;
}

const Item& first_item(const Instrument& form, const Measure& measure) {
  const auto* item = measure.items.empty() ? nullptr : form.find(measure.items.front());
  require(item != nullptr, "a measure names items of its instrument");
  return *item;
}

std::string duration_words(Lang lang, const Item& item, const std::optional<double>& value) {
  if (!value) return std::string(format::kNone);
  return format::number(lang, *value, 1) + (item.unit.empty() ? "" : " " + item.unit);
}

std::string within_words(Lang lang, const Instrument& form, const Measure& measure) {
  require(measure.within.has_value(), "a measure with a limit");
  const auto& unit = first_item(form, measure).unit;
  return say(lang, Msg::ResultWithin, {format::number(lang, *measure.within) + (unit.empty() ? "" : " " + unit)});
}

std::string total_words(Lang lang, const std::optional<Decimal>& total) {
  return total ? format::number(lang, *total) : std::string(format::kNone);
}

}  // namespace pilar::web
