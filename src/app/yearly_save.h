#pragma once
#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "app/yearly.h"
#include "i18n/lang.h"

namespace pilar::app {

/// One number as somebody typed it.
struct YearlyEdit {
  std::string key{};                        ///< YearlyLine::key()
  std::optional<ReportMoment> seen{};       ///< of the number that stood there; empty: there was none
  std::string value{};                      ///< "1250", "12,5"
  YearlyKind kind = YearlyKind::Projected;
  std::string set_by{}, source{};
};
inline constexpr std::size_t kLongestOrigin = 200;

/// "1.250" and "1,250" for a number without digits after the point; else the comma is the decimal mark, or a point that parts no groups
/// of three. Empty where it is no number.
std::optional<Decimal> parse_yearly_number(std::string_view typed, int digits);

/// Enters the numbers as records of their instruments, one an instrument, unit and source, and keeps where each comes from; all of it or
/// nothing. They count at once; earlier numbers stay in the history. Of a year that is over they are dated on its last day, of the next
/// year, which can be planned from newest_yearly() on, on its first. Returns how
/// many were saved. Problems: those of read_yearly; no right to write records of a unit; months that are locked; what is typed does not fit
/// the item; the instrument asks for more than numbers and a source; somebody was faster (Conflict). Fields: the line's key, with "/set_by"
/// or
/// "/source" behind it for those.
Result<std::size_t> save_yearly(Context& context, const Scope& scope, FacilityKey facility, int year, std::span<const YearlyEdit> edits);

/// Copies last year's numbers to the lines that have none, as projections that say where they come from. Returns how many.
Result<std::size_t> copy_last_year(Context& context, const Scope& scope, FacilityKey facility, int year, Lang lang);

}  // namespace pilar::app
