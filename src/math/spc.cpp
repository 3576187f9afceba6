#include "math/spc.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "base/result.h"
#include "math/spc_lines.h"
#include "math/spc_signals.h"

namespace pilar::math {
namespace {

/// Values that differ by rounding alone are equal: a point on a line stays on it.
constexpr double kSame = 1e-12;

/// 1 when y is above the line, -1 when below, 0 when on it.
std::int8_t against(double y, double line) {
  if (std::abs(y - line) <= kSame * std::max(std::abs(y), std::abs(line))) return 0;
  return y > line ? 1 : -1;
}

std::int8_t beyond(double y, const SpcLines& lines, std::size_t sigmas) {
  if (!lines.limits) return 0;
  if (lines.tails) {
    if (lines.tails->high < kSigmaTails[sigmas - 1]) return 1;
    return lines.tails->low < kSigmaTails[sigmas - 1] ? -1 : 0;
  }
  if (against(y, lines.high[sigmas - 1]) > 0) return 1;
  return against(y, lines.low[sigmas - 1]) < 0 ? -1 : 0;
}

SpcPlace place_of(double y, const SpcLines& lines) {
  return {y, against(y, *lines.centre), beyond(y, lines, 1), beyond(y, lines, 2), beyond(y, lines, 3), lines.limits};
}

/// Whether the signal speaks of high or low values; 0 when it speaks of neither.
int direction(SpecialCause cause, int side) {
  switch (cause) {
    case SpecialCause::OutsideHigh:
    case SpecialCause::TrendUp:
    case SpecialCause::TwoOfThreeHigh:
    case SpecialCause::ShiftHigh:
      return 1;
    case SpecialCause::OutsideLow:
    case SpecialCause::TrendDown:
    case SpecialCause::TwoOfThreeLow:
    case SpecialCause::ShiftLow:
      return -1;
    case SpecialCause::FourteenAlternating:
    case SpecialCause::FifteenWithin1Sigma:
    case SpecialCause::Common:
      return 0;
    default:
      return side;
  }
}

SpcPointType type_of(SpecialCause cause, int side, Improvement improvement) {
  if (cause == SpecialCause::Common) return SpcPointType::CommonCause;
  const int way = direction(cause, side);
  if (improvement == Improvement::Neutral || way == 0) return SpcPointType::Neutral;
  return (way > 0) == (improvement == Improvement::Increase) ? SpcPointType::Improvement : SpcPointType::Concern;
}

SpcPoint drawn(const std::optional<double>& y, const SpcLines& lines, double multiply) {
  SpcPoint point;
  if (lines.centre) point.cl = *lines.centre * multiply;
  if (!y) return point;
  point.y = *y * multiply;
  if (!lines.limits) return point;
  point.lcl = lines.low[2] * multiply;
  point.ucl = lines.high[2] * multiply;
  point.lcl_2sigma = lines.low[1] * multiply;
  point.ucl_2sigma = lines.high[1] * multiply;
  return point;
}

/// Moving ranges share a value with their neighbours, so that runs of them mean nothing.
void take_runs(SpcPhase& phase, const SpcRuns& runs, SpcChart chart) {
  phase.n_useful = runs.useful;
  if (runs.useful == 0) return;
  phase.longest_run = runs.longest;
  phase.longest_run_max = runs.longest_max;
  phase.n_crossings = runs.crossings;
  phase.n_crossings_min = runs.crossings_min;
  phase.runs_signal = chart != SpcChart::Mr && (runs.longest > runs.longest_max || runs.crossings < runs.crossings_min);
}

/// The phase of points [first, first + values.size()), whose points are appended to `chart`.
void add_phase(Spc& chart, std::span<const SpcValue> values, SpcBaseline baseline, const SpcOptions& options) {
  const auto lines = spc_lines(values, baseline, options);
  SpcPhase phase{chart.points.size(), values.size()};
  std::vector<SpcPlace> places;
  std::vector<std::size_t> where;
  std::size_t with_value = 0;
  for (std::size_t i = 0; i < values.size(); ++i) {
    auto& point = chart.points.emplace_back(drawn(lines.y[i], lines.lines[i], options.multiply));
    with_value += lines.y[i] ? 1U : 0U;
    phase.n_obs += values[i].excluded ? 0U : 1U;
    if (!lines.y[i] || !lines.lines[i].centre || values[i].weak) continue;
    const auto place = place_of(*lines.y[i], lines.lines[i]);
    point.sigma_signal = place.beyond3 != 0;
    point.exact = lines.lines[i].tails.has_value();
    if (values[i].excluded || point.exact) {
      point.cause = spc_outside(place, options.rules);
      point.type = type_of(*point.cause, place.side, options.improvement);
    } else {
      places.push_back(place);
      where.push_back(phase.first + i);
    }
  }
  const auto runs = spc_runs(places);
  const auto causes = spc_signals(places, options, runs.longest_max);
  for (std::size_t i = 0; i < where.size(); ++i) {
    chart.points[where[i]].cause = causes[i];
    chart.points[where[i]].type = type_of(causes[i], places[i].side, options.improvement);
  }
  if (!values.empty() && lines.lines.front().centre) phase.cl = *lines.lines.front().centre * options.multiply;
  if (lines.sigma) phase.sigma = *lines.sigma * (options.chart == SpcChart::T ? 1 : options.multiply);
  phase.sigma_z = lines.sigma_z;
  phase.kept_unscreened = lines.kept_unscreened;
  phase.short_series = with_value < kSpcFewest;
  take_runs(phase, runs, options.chart);
  chart.phases.push_back(phase);
}

/// The last point that has a value and is not excluded.
const SpcPoint* last_point(const Spc& chart, std::span<const SpcValue> values) {
  for (auto i = values.size(); i-- > 0;)
    if (chart.points[i].cause && !values[i].excluded) return &chart.points[i];
  return nullptr;
}

std::optional<SpcAssurance> assurance_of(const SpcPoint* last, const SpcOptions& options) {
  if (!options.target) return SpcAssurance::NoTarget;
  if (last == nullptr || !last->lcl || !last->ucl || options.improvement == Improvement::Neutral) return {};
  const bool above = against(*options.target, *last->ucl) > 0, below = against(*options.target, *last->lcl) < 0;
  if (!above && !below) return SpcAssurance::Inconsistent;
  return above == (options.improvement == Improvement::Increase) ? SpcAssurance::ConsistentlyFailing : SpcAssurance::ConsistentlyPassing;
}

}  // namespace

Spc spc(std::span<const SpcValue> values, const SpcOptions& options) {
  Spc chart;
  chart.points.reserve(values.size());
  std::size_t first = 0;
  const auto close = [&](std::size_t end) {
    require(end > first && end <= values.size(), "phases split the points in ascending order");
    const auto count = end - first;
    const auto phase = chart.phases.size();
    SpcBaseline baseline{0, phase == 0 ? options.freeze : 0};
    if (phase < options.baselines.size()) baseline = options.baselines[phase];
    add_phase(chart, values.subspan(first, count), baseline, options);
    first = end;
  };
  for (const auto end : options.split_after) close(end);
  if (first < values.size()) close(values.size());
  const auto* last = last_point(chart, values);
  if (last != nullptr) chart.variation = last->type;
  chart.assurance = assurance_of(last, options);
  return chart;
}

std::string_view name(SpecialCause cause) {
  constexpr std::array<std::string_view, 17> kNames{"common",
                                                    "outside_high",
                                                    "outside_low",
                                                    "trend_up",
                                                    "trend_down",
                                                    "two_of_three_high",
                                                    "two_of_three_low",
                                                    "shift_high",
                                                    "shift_low",
                                                    "beyond_3_sigma",
                                                    "two_of_three_2_sigma",
                                                    "four_of_five_1_sigma",
                                                    "eight_one_side",
                                                    "six_trend",
                                                    "fourteen_alternating",
                                                    "fifteen_within_1_sigma",
                                                    "eight_beyond_1_sigma"};
  return kNames[static_cast<std::size_t>(cause)];
}

std::string_view point_name(SpcPointType type) {
  constexpr std::array<std::string_view, 4> kNames{"common", "special_improvement", "special_concern", "special_neutral"};
  return kNames[static_cast<std::size_t>(type)];
}

std::string_view variation_name(SpcPointType type) {
  constexpr std::array<std::string_view, 4> kNames{"common_cause", "improvement", "concern", "neutral"};
  return kNames[static_cast<std::size_t>(type)];
}

std::string_view name(SpcAssurance assurance) {
  constexpr std::array<std::string_view, 4> kNames{"no_target", "consistently_passing", "inconsistent", "consistently_failing"};
  return kNames[static_cast<std::size_t>(assurance)];
}

}  // namespace pilar::math
