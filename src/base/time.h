#pragma once
#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace pilar {

/// A moment: microseconds since 1970-01-01 00:00 UTC.
struct Instant {
  std::int64_t micros = 0;
  auto operator<=>(const Instant&) const = default;
};

/// A civil day: days since 1970-01-01 in the facility's zone. Stored once with a record and never recomputed.
struct Day {
  std::int32_t value = 0;
  auto operator<=>(const Day&) const = default;
};

/// A civil month: months since January 1970.
struct Month {
  std::int32_t value = 0;
  auto operator<=>(const Month&) const = default;
};

/// Half-open [from, to).
struct Period {
  Day from, to;
  auto operator<=>(const Period&) const = default;
};

struct CivilDate {
  int year = 1970, month = 1, day = 1;
};

/// Indonesia has three fixed offsets and no daylight saving.
enum class Zone : std::uint8_t { Wib = 7, Wita = 8, Wit = 9 };

CivilDate civil(Day day);
/// Empty when there is no such date (31 April) or the year is outside 1900..2200.
std::optional<Day> make_day(int year, int month, int day);
Month month_of(Day day);
Day first_day(Month month);
Period period_of(Month month);
Day civil_day(Instant at, Zone zone);
Instant start_of(Day day, Zone zone);

/// "2026-11-21".
std::string iso(Day day);
/// "2026-11".
std::string iso(Month month);
/// "2026-11-21T08:15:00+07:00"; microseconds only where there are any.
std::string iso(Instant at, Zone zone);
std::optional<Day> parse_day(std::string_view text);      ///< only "YYYY-MM-DD"
std::optional<Month> parse_month(std::string_view text);  ///< only "YYYY-MM"
std::optional<Period> parse_month_or_day(std::string_view text);  ///< its days
/// RFC 3339 with zone: "2026-11-21T08:15:00+07:00", "...Z", fraction up to 6 digits.
std::optional<Instant> parse_instant(std::string_view text);
std::optional<Zone> parse_zone(std::string_view text);  ///< "WIB", "WITA", "WIT"
std::string_view name(Zone zone);

}  // namespace pilar
