#include "domain/event_gap.h"

#include <algorithm>
#include <array>

namespace pilar {
namespace {

constexpr std::array kShareGaps{math::SpcChart::G, math::SpcChart::T};
constexpr std::array kSumGaps{math::SpcChart::T};

std::optional<std::int64_t> whole_count(const std::optional<Decimal>& total) {
  if (!total) return {};
  const double value = total->to_double();
  const auto whole = static_cast<std::int64_t>(value);
  if (value < 0 || static_cast<double>(whole) != value) return {};
  return whole;
}

math::SpcValue value_of_gap(const EventGap& gap, math::SpcChart kind) {
  math::SpcValue out;
  const double value = kind == math::SpcChart::G ? static_cast<double>(gap.cases) : static_cast<double>(gap.days);
  if (kind == math::SpcChart::G || value > 0) out.value = value;
  out.excluded = gap.open;
  return out;
}

/// Which way the label speaks.
GapChart::Turn turn_of_gap(const math::SpcPoint& point) {
  if (!point.type || *point.type == math::SpcPointType::CommonCause) return GapChart::Turn::Ordinary;
  return point.y && point.cl && *point.y < *point.cl ? GapChart::Turn::Shorter : GapChart::Turn::Longer;
}

std::int32_t begin_of(const EventGap& gap) { return gap.day.value - gap.days; }

/// The first gap of each phase, and one past the last. A phase has at least one gap that has ended; the open one is the last.
std::vector<std::size_t> phases_of_gaps(const GapChart& chart, std::span<const Month> starts) {
  std::vector<std::size_t> out{0};
  for (const auto start : starts) {
    const auto at = std::ranges::find_if(chart.gaps, [&](const EventGap& gap) { return first_day(start).value <= begin_of(gap); });
    const auto index = static_cast<std::size_t>(at - chart.gaps.begin());
    if (index > out.back() && index < chart.closed) out.push_back(index);
  }
  out.push_back(chart.gaps.size());
  return out;
}

/// The gaps that ended within the months, as places among all gaps.
math::SpcBaseline ended_within(std::span<const EventGap> gaps, const MonthRange& months) {
  math::SpcBaseline out;
  for (std::size_t i = 0; i < gaps.size(); ++i) {
    const auto month = month_of(gaps[i].day);
    if (gaps[i].open || month < months.first || months.last < month) continue;
    if (out.count == 0) out.skip = i;
    ++out.count;
  }
  return out;
}

/// Of the phase [first, end); notes on the chart what its lines come from.
math::SpcBaseline baseline_of_gaps(GapChart& chart, std::size_t first, std::size_t end, std::span<const MonthRange> frozen) {
  const auto closed = std::min(end, chart.closed) - first;
  chart.since_start = closed;
  chart.frozen = chart.frozen_too_small = false;
  for (const auto& months : frozen) {
    const auto within = ended_within(chart.gaps, months);
    if (within.count == 0 || within.skip < first || within.skip >= end) continue;
    const auto count = std::min(within.count, closed - (within.skip - first));
    chart.frozen_too_small = count < math::kSpcFewest;
    if (chart.frozen_too_small) continue;
    chart.frozen = true;
    chart.baseline = count;
    return {within.skip - first, count};
  }
  chart.baseline = std::min(closed, math::kSpcFewest);
  return {0, chart.baseline};
}

/// Walks back from the last gap that has ended while the same signal holds, no further than the lines in force.
void judge_gaps(GapChart& out, std::size_t begin) {
  bool judged = false;
  for (std::size_t i = out.closed; i-- > begin;) {
    const auto turn = turn_of_gap(out.chart.points[i]);
    if (!judged) out.turn = turn;
    judged = true;
    if (turn != out.turn || turn == GapChart::Turn::Ordinary) return;
    out.since = out.gaps[i].day;
  }
}

}  // namespace

bool has_events(const Measure& measure) { return !gap_kinds(measure).empty(); }

std::span<const math::SpcChart> gap_kinds(const Measure& measure) {
  if (is_share(measure)) return kShareGaps;
  if (measure.kind == MeasureKind::Sum) return kSumGaps;
  return {};
}

std::optional<EventDay> event_day(Day day, const MeasureReading& reading) {
  const auto& measure = *reading.measure;
  if (measure.kind == MeasureKind::Sum) {
    const auto events = whole_count(reading.total);
    return events ? std::optional(EventDay{day, *events, 0}) : std::nullopt;
  }
  const auto& share = reading.share;
  if (!is_share(measure) || share.denominator <= 0 || share.numerator < 0 || share.numerator > share.denominator) return {};
  const bool unwanted = better_of(measure) != Better::Higher;
  return EventDay{day, unwanted ? share.numerator : share.denominator - share.numerator, share.denominator};
}

std::vector<EventGap> event_gaps(std::span<const EventDay> days, Day today) {
  std::vector<EventGap> out;
  std::optional<Day> last;
  std::int64_t cases = 0;
  for (const auto& day : days) {
    cases += day.cases - std::min(day.cases, day.events);
    if (day.events <= 0) continue;
    if (last) out.push_back({day.day, cases, day.day.value - last->value, false});
    last = day.day;
    cases = 0;
  }
  if (last && *last < today) out.push_back({today, cases, today.value - last->value, true});
  return out;
}

bool GapChart::is_judged(std::size_t gap) const {
  if (gaps[gap].open) return false;
  for (const auto& phase : chart.phases)
    if (phase.first <= gap && gap < phase.first + phase.count)
      return std::min(phase.first + phase.count, closed) - phase.first >= math::kSpcFewest;
  return false;
}

GapChart gap_chart(math::SpcChart kind, const Measure& measure, std::vector<EventGap> gaps, const ControlChoice& choice) {
  GapChart out{.kind = kind, .rules = choice.rules, .gaps = std::move(gaps)};
  std::vector<math::SpcValue> values;
  for (const auto& gap : out.gaps) {
    values.push_back(value_of_gap(gap, kind));
    if (!gap.open) ++out.closed;
  }
  if (values.empty()) return out;
  math::SpcOptions options{.chart = kind, .rules = choice.rules};
  if (better_of(measure) != Better::Neither) options.improvement = math::Improvement::Increase;
  const auto ends = phases_of_gaps(out, choice.starts);
  for (std::size_t phase = 0; phase + 1 < ends.size(); ++phase) {
    if (phase > 0) options.split_after.push_back(ends[phase]);
    options.baselines.push_back(baseline_of_gaps(out, ends[phase], ends[phase + 1], choice.baselines));
  }
  const auto begin = ends[ends.size() - 2];
  if (begin > 0) out.start = month_of(Day{begin_of(out.gaps[begin])});
  out.chart = math::spc(values, options);
  if (out.since_start >= math::kSpcFewest) judge_gaps(out, begin);
  return out;
}

}  // namespace pilar
