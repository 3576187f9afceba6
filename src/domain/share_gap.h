#pragma once
#include <optional>

#include "domain/reading.h"

namespace pilar {

/// How far two groups of cases lie apart.
struct ShareGap {
  double difference = 0;     ///< first - second, in [-1,1]
  math::Interval interval{};  ///< 95 % of the difference
  double p = 1;              ///< two-sided, in [0,1]

  /// Rarer than one in twenty where both groups are alike.
  bool is_beyond_chance() const { return p < kRare; }
  static constexpr double kRare = 0.05;
};

/// Of shares in which each case counts once: one question, or durations within a limit. Empty where a group has no case, and for measures
/// in which one case may count several times or not be part of its denominator (several questions, ratios, means): the test would take
/// what hangs together as independent.
/// Source: interval of Newcombe (1998), method 10; Fisher's exact test (math/two_proportions.h).
/// Worked example: 56 of 70 against 48 of 80 -> 0.2 [0.0524, 0.3339], p = 0.0125.
std::optional<ShareGap> gap_between(const MeasureReading& first, const MeasureReading& second);

}  // namespace pilar
