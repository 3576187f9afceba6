#pragma once
#include <optional>
#include <span>

#include "math/interval.h"

namespace pilar::math {

/// Differences of pairs (second less first), each from one person.
struct Paired {
  std::size_t n = 0;
  std::optional<double> mean{}, sd{};                       ///< sd: divisor n - 1
  std::optional<double> t{}, p{};                           ///< t with n - 1 degrees of freedom, two-sided; empty when all differ alike
  std::optional<Interval> ci{};                             ///< of the mean
  std::optional<double> wilcoxon_v{}, wilcoxon_p{};         ///< sum of the ranks of positive differences; empty when all are 0
};

/// Student's t and Wilcoxon's signed ranks with zeros dropped, mid-ranks, the normal law with continuity and tie corrections.
/// level in (0,1). Source: as t.test and wilcox.test(exact = FALSE) of R.
/// Worked example: 1 2 3 -1 0.5 -> mean 1.1, t 1.6228; V 13.5.
Paired paired(std::span<const double> differences, double level);

}  // namespace pilar::math
