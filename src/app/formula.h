#pragma once
#include <span>

#include "app/context.h"

/// Formulas of indicators: whether they fit what is installed, and how they begin to count.
namespace pilar::app {

/// What is wrong with how the profile gets its value: nothing or several things named, an unknown measure, instrument or indicator with
/// the nearest that exists, a fault in an expression, a sum of indicators that cannot be added up or that contains itself. `own`: entries
/// that the owner keeps for itself beside those of the reference.
Problems check_formula(const Reference& reference, std::span<const IndicatorEntry> own, const Indicator& profile);

/// The measure that gives the profile's value, its title and direction; empty for a sum of indicators, and where check_formula() finds
/// something.
std::optional<Measure> measure_of(const Reference& reference, const Indicator& profile);

/// Lets the profile's formula count the records of the owner's facilities from now on, and their earlier records in the background. Nothing
/// for a profile without such a formula, or whose formula counts there already.
void begin_to_count(store::Tx& tx, const Reference& reference, const Indicator& profile, FacilityKey owner);

/// How many facilities wait for their earlier records to be counted by the formula.
std::int64_t count_waiting(Context& context, const InstalledVersion& formula);

}  // namespace pilar::app
