#pragma once
#include <optional>

#include "domain/instrument.h"

namespace pilar {

/// The values that a measure can have, both ends included, in its own unit.
struct TargetRange {
  Decimal low, high;
  bool holds(const Decimal& target) const { return low <= target && target <= high; }
};

/// Of a share 0 to 100, of a rating the codes of its scale, of SKM those times 25. Empty where there is no upper end: sums, times, rates,
/// averages, and ratios, which may exceed 100 %. `scale`: the measure's first item; without it ratings and SKM have no range either.
std::optional<TargetRange> target_range(const Measure& measure, const Item* scale);

}  // namespace pilar
