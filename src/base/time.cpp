#include "base/time.h"

#include <chrono>

#include "base/text.h"

namespace pilar {
namespace {

constexpr std::int64_t kMicrosPerHour = 3'600'000'000;
constexpr std::int64_t kMicrosPerDay = 24 * kMicrosPerHour;

std::int64_t floor_div(std::int64_t a, std::int64_t b) { return a / b - ((a % b != 0 && (a < 0) != (b < 0)) ? 1 : 0); }

/// Reads exactly `width` digits at `at`.
std::optional<int> digits(std::string_view text, std::size_t at, std::size_t width) {
  if (at + width > text.size()) return {};
  int value = 0;
  for (std::size_t i = at; i < at + width; ++i) {
    if (text[i] < '0' || text[i] > '9') return {};
    value = value * 10 + (text[i] - '0');
  }
  return value;
}

/// At least `width` digits, zeros in front.
std::string padded(int value, std::size_t width) {
  auto out = std::to_string(value);
  return out.size() < width ? std::string(width - out.size(), '0') + out : out;
}

/// The fraction after the dot, in microseconds; empty when it is not 1 to 6 digits.
std::optional<std::int64_t> fraction_micros(std::string_view text) {
  if (text.empty() || text.size() > 6) return {};
  const auto value = digits(text, 0, text.size());
  if (!value) return {};
  std::int64_t micros = *value;
  for (auto i = text.size(); i < 6; ++i) micros *= 10;
  return micros;
}

/// "Z" or "+07:00", in minutes east.
std::optional<int> offset_minutes(std::string_view text) {
  if (text == "Z" || text == "z") return 0;
  if (text.size() != 6 || (text[0] != '+' && text[0] != '-') || text[3] != ':') return {};
  const auto h = digits(text, 1, 2), m = digits(text, 4, 2);
  if (!h || !m || *h > 14 || *m > 59) return {};
  return (text[0] == '-' ? -1 : 1) * (*h * 60 + *m);
}

}  // namespace

CivilDate civil(Day day) {
  const std::chrono::year_month_day ymd{std::chrono::sys_days{std::chrono::days{day.value}}};
  return {static_cast<int>(ymd.year()), static_cast<int>(static_cast<unsigned>(ymd.month())),
          static_cast<int>(static_cast<unsigned>(ymd.day()))};
}

std::optional<Day> make_day(int year, int month, int day) {
  if (year < 1900 || year > 2200 || month < 1 || month > 12 || day < 1 || day > 31) return {};
  const std::chrono::year_month_day ymd{std::chrono::year{year}, std::chrono::month{static_cast<unsigned>(month)},
                                        std::chrono::day{static_cast<unsigned>(day)}};
  if (!ymd.ok()) return {};
  return Day{static_cast<std::int32_t>(std::chrono::sys_days{ymd}.time_since_epoch().count())};
}

Month month_of(Day day) {
  const auto date = civil(day);
  return {(date.year - 1970) * 12 + date.month - 1};
}

Day first_day(Month month) {
  const auto years = static_cast<int>(floor_div(month.value, 12));
  const std::chrono::year_month_day ymd{std::chrono::year{1970 + years},
                                        std::chrono::month{static_cast<unsigned>(month.value - years * 12 + 1)}, std::chrono::day{1}};
  return {static_cast<std::int32_t>(std::chrono::sys_days{ymd}.time_since_epoch().count())};
}

Period period_of(Month month) { return {first_day(month), first_day({month.value + 1})}; }

Day civil_day(Instant at, Zone zone) {
  return {static_cast<std::int32_t>(floor_div(at.micros + static_cast<int>(zone) * kMicrosPerHour, kMicrosPerDay))};
}

Instant start_of(Day day, Zone zone) { return {day.value * kMicrosPerDay - static_cast<int>(zone) * kMicrosPerHour}; }

std::string iso(Day day) {
  const auto date = civil(day);
  return padded(date.year, 4) + "-" + padded(date.month, 2) + "-" + padded(date.day, 2);
}

std::string iso(Month month) { return iso(first_day(month)).substr(0, 7); }

std::string iso(Instant at, Zone zone) {
  const auto day = civil_day(at, zone);
  const auto micros = at.micros - start_of(day, zone).micros;
  const auto seconds = static_cast<int>(micros / 1'000'000), rest = static_cast<int>(micros % 1'000'000);
  auto out = iso(day) + "T" + padded(seconds / 3600, 2) + ":" + padded(seconds / 60 % 60, 2) + ":" + padded(seconds % 60, 2);
  if (rest != 0) out += "." + padded(rest, 6);
  return out + "+" + padded(static_cast<int>(zone), 2) + ":00";
}

std::optional<Day> parse_day(std::string_view text) {
  if (text.size() != 10 || text[4] != '-' || text[7] != '-') return {};
  const auto y = digits(text, 0, 4), m = digits(text, 5, 2), d = digits(text, 8, 2);
  if (!y || !m || !d) return {};
  return make_day(*y, *m, *d);
}

std::optional<Month> parse_month(std::string_view text) {
  if (text.size() != 7) return {};
  const auto day = parse_day(std::string(text) + "-01");
  if (!day) return {};
  return month_of(*day);
}

std::optional<Period> parse_month_or_day(std::string_view text) {
  if (const auto month = parse_month(text)) return period_of(*month);
  if (const auto day = parse_day(text)) return Period{*day, {day->value + 1}};
  return {};
}

std::optional<Instant> parse_instant(std::string_view text) {
  if (text.size() < 20 || (text[10] != 'T' && text[10] != 't') || text[13] != ':' || text[16] != ':') return {};
  const auto day = parse_day(text.substr(0, 10));
  const auto h = digits(text, 11, 2), m = digits(text, 14, 2), s = digits(text, 17, 2);
  if (!day || !h || !m || !s || *h > 23 || *m > 59 || *s > 59) return {};
  std::size_t rest = 19;
  std::int64_t micros = 0;
  if (text[rest] == '.') {
    const auto end = text.find_first_not_of("0123456789", rest + 1);
    if (end == std::string_view::npos) return {};
    const auto fraction = fraction_micros(text.substr(rest + 1, end - rest - 1));
    if (!fraction) return {};
    micros = *fraction;
    rest = end;
  }
  const auto offset = offset_minutes(text.substr(rest));
  if (!offset) return {};
  const std::int64_t second_of_day = *h * 3600 + *m * 60 + *s - *offset * 60;
  return Instant{(std::int64_t{day->value} * 86'400 + second_of_day) * 1'000'000 + micros};
}

std::optional<Zone> parse_zone(std::string_view text) {
  if (text == "WIB") return Zone::Wib;
  if (text == "WITA") return Zone::Wita;
  if (text == "WIT") return Zone::Wit;
  return {};
}

std::string_view name(Zone zone) {
  switch (zone) {
    case Zone::Wib:
      return "WIB";
    case Zone::Wita:
      return "WITA";
    case Zone::Wit:
      return "WIT";
  }
  return "WIB";
}

}  // namespace pilar
