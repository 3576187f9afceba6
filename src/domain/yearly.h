#pragma once
#include <cstdint>
#include <optional>
#include <span>

#include "base/decimal.h"
#include "domain/instrument.h"
#include "domain/reading.h"
#include "i18n/named.h"

/// Yearly targets (sasaran), and where a coverage over them should be in the course of the year.
namespace pilar {

/// What kind of number a sasaran is; the numbers are stored.
enum class YearlyKind : std::uint8_t {
  Projected = 1,  ///< computed from a census or from earlier years
  Counted = 2     ///< real: people were registered and counted
};
std::span<const NamedValue<YearlyKind>> yearly_kinds();

inline constexpr int kMonthsAYear = 12;

/// From this month on the sasaran of the next year may be entered: in the last quarter a Puskesmas draws up the plan of the next year
/// (RUK, Permenkes 44/2016; general knowledge, to be confirmed). What is entered then counts from 1 January on.
inline constexpr int kPlanningMonth = 10;
/// The newest year whose sasaran may be entered on that day. Worked example: 30 September 2026: 2026; 1 October 2026: 2027.
int newest_yearly(Day today);
/// The first day on which sasaran of the year after `year` may be entered.
Day planning_begins(int year);

/// What a coverage should have reached at the end of a month of the year (1 to 12), in the unit of the target: target * month / 12.
/// A line, as in the local monitoring of maternal and child health (PWS-KIA), which sets a month's goal at a twelfth of the year's.
/// It is a convention and no forecast: what comes in seasons, such as a school screening, is rightly off the line.
/// Worked example: target 100 %, end of June: 50 %; target 95 %, end of March: 23.75 %.
double expected_by(const Decimal& target, int month);

/// Whether the coverage is at or on the good side of expected_by(), compared exactly before any rounding. Empty where nobody is in the
/// denominator, and where no way is the good one. Worked example: 6,892 of 13,344 with a target of 100 % is 51.6 %: enough at the end
/// of June (50 %), too little at the end of July (58.3 %).
std::optional<bool> is_on_the_way(const Share& share, const Decimal& target, Better better, int month);

/// Whether more was reached than there are people in the target: one of the two numbers is wrong, usually a projection that is too low.
bool is_over(const Share& share);

}  // namespace pilar
