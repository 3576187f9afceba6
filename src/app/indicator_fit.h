#pragma once
#include <span>

#include "app/reference.h"

namespace pilar::app {

/// Whether more than everything is possible: staff present of those needed, people served of those expected.
bool may_exceed(const Measure& measure);
/// Everything in a profile that does not fit what is installed: how it gets its value (check_formula), an unknown tag, with the nearest
/// one, and a target its value can never have. `own`: entries that the owner keeps for itself.
Problems check_fit(const Reference& reference, std::span<const TagSet> sets, std::span<const IndicatorEntry> own, const Indicator& profile);

}  // namespace pilar::app
