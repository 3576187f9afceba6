#pragma once
#include <span>

#include "app/reference.h"

namespace pilar::app {

/// Whether more than everything is possible: staff present of those needed, people served of those expected.
bool may_exceed(const Measure& measure);
/// Everything in a profile that does not fit what is installed: an unknown measure or tag, with the nearest one, and a target its
/// measure can never have.
Problems check_fit(const Reference& reference, std::span<const TagSet> sets, const Indicator& profile);

}  // namespace pilar::app
