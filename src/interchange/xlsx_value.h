#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "interchange/typed_text.h"

/// What the values of a worksheet's cells mean. Source of all of it: ECMA-376, part 1 (SpreadsheetML).
namespace pilar::xlsx {

/// What a number is shown as.
enum class NumberKind : std::uint8_t { Plain, Date, Moment, Clock, Elapsed };

/// Of a number format without a code of its own (18.8.30).
NumberKind kind_of_format(std::int64_t id);
/// Of a format code: "dd/mm/yyyy hh:mm" is a Moment, "[h]:mm" is Elapsed.
NumberKind kind_of_format(std::string_view code);

/// Where days begin to be counted: 1 is 1900-01-01 (with a 1900-02-29 that never was, 60), or 0 is 1904-01-01.
enum class DaySystem : std::uint8_t { From1900, From1904 };

/// The value as text: a number in its shortest decimal form, of at most 15 digits as a spreadsheet shows it; a Date as
/// "2026-12-31", a Moment as "2026-12-31T08:15:00", a Clock as "08:15" or "08:15:30", Elapsed time as "27:15". What is no such
/// thing (a day before 1900, 60 itself) stays the number it is; text that is no number stays as it is.
std::string text_of_number(std::string_view value, NumberKind kind, DaySystem system);

/// The day or moment that a number counts, where its cell has lost the format of dates: "45961" is 31 October 2025, "45961.34375"
/// a quarter past eight on it. Nothing outside 1955 to 2119, where a number is rather a number.
std::optional<LocalTime> time_of_serial(std::string_view value, DaySystem system);

/// A text with its escapes resolved: "_x000D_" is a carriage return (22.9.2.19).
std::string unescape(std::string_view text);

}  // namespace pilar::xlsx
