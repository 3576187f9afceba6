#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/decimal.h"
#include "base/time.h"

/// Numbers and times as people and their spreadsheets write them.
namespace pilar {

/// With the decimal mark `mark`, a point or a comma; the other one, a blank, a no-break blank or an apostrophe may part groups
/// of three digits. "Rp" may stand in front. "1.234,5" with a comma is 1234.5; "12.34" with a comma is no number.
std::optional<Decimal> parse_number(std::string_view text, char mark);

enum class DateOrder : std::uint8_t { DayFirst, MonthFirst };

/// A day, and the time of that day where there was one, by the clock on the wall.
struct LocalTime {
  Day day;
  std::optional<std::int32_t> second{};  ///< since midnight
  bool operator==(const LocalTime&) const = default;
};

/// "2026-12-31", "2026/12/31", "31/12/2026", "31-12-26", "31.12.2026" (by `order`), "31-Dec-26", "31 Desember 2026",
/// "Kamis, 31 Des 2026", "December 31, 2026"; behind a blank or a T a time as parse_clock reads it. Month names are Indonesian
/// or English, whole or cut to three letters and more. Two digits of a year are 1969 to 2068 (POSIX, strptime, %y).
std::optional<LocalTime> parse_local_time(std::string_view text, DateOrder order);

/// Seconds since midnight: "08:15", "08.15", "8:15:30", "8:15 PM", "08.15 WIB".
std::optional<std::int32_t> parse_clock(std::string_view text);

/// "2026-12-31", or "2026-12-31T08:15:00" where there is a time.
std::string iso(const LocalTime& time);

}  // namespace pilar
