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

/// Walks back from the last gap that has ended while the same signal holds.
void judge_gaps(GapChart& out) {
  bool judged = false;
  for (std::size_t i = out.gaps.size(); i-- > 0;) {
    if (out.gaps[i].open) continue;
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

GapChart gap_chart(math::SpcChart kind, math::SpcRules rules, const Measure& measure, std::vector<EventGap> gaps) {
  GapChart out{.kind = kind, .rules = rules, .gaps = std::move(gaps)};
  std::vector<math::SpcValue> values;
  for (const auto& gap : out.gaps) {
    values.push_back(value_of_gap(gap, kind));
    if (!gap.open) ++out.closed;
  }
  math::SpcOptions options{.chart = kind, .rules = rules};
  if (better_of(measure) != Better::Neither) options.improvement = math::Improvement::Increase;
  out.baseline = std::min(out.closed, math::kSpcFewest);
  options.freeze = out.baseline;
  if (!values.empty()) out.chart = math::spc(values, options);
  if (out.closed >= math::kSpcFewest) judge_gaps(out);
  return out;
}

}  // namespace pilar
