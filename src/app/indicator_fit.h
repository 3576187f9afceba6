#pragma once
#include <span>

#include "app/reference.h"

namespace pilar::app {

/// A target below 0, or outside of what the measure can come to (target_range). `form`: of the measure; null where it is computed by a
/// formula; without a measure anything from 0 up. More than everything is possible for ratios: staff present of those needed, people served
/// of those expected.
std::optional<Problem> check_indicator_target(const Instrument* form, const Measure* measure, const Decimal& target);
/// Everything in a profile that does not fit what is installed: how it gets its value (check_formula), an unknown tag, with the nearest
/// one, and a target its value can never have. `own`: entries that the owner keeps for itself.
Problems check_fit(const Reference& reference, std::span<const TagSet> sets, std::span<const IndicatorEntry> own, const Indicator& profile);

}  // namespace pilar::app
