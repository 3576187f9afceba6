#include "interchange/xlsx_value.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <optional>

#include "base/text.h"
#include "base/time.h"

namespace pilar::xlsx {
namespace {

constexpr int kShownDigits = 15, kWholeDigits = 18;
constexpr std::int64_t kDaySeconds = 86'400;
constexpr double kMostSerial = 2'958'465;  // 9999-12-31

struct FormatRange {
  std::int64_t from, to;
  NumberKind kind;
};
constexpr FormatRange kBuiltIn[] = {
    {14, 17, NumberKind::Date},  {18, 21, NumberKind::Clock}, {22, 22, NumberKind::Moment}, {27, 31, NumberKind::Date},
    {32, 35, NumberKind::Clock}, {36, 36, NumberKind::Date},  {45, 45, NumberKind::Clock},  {46, 46, NumberKind::Elapsed},
    {47, 47, NumberKind::Clock}, {50, 54, NumberKind::Date},  {55, 56, NumberKind::Clock},  {57, 58, NumberKind::Date},
};

constexpr char kElapsedMark = '\x01';

/// The letters of the first section that mean something, in lower case, without what is quoted; "[h]" leaves kElapsedMark.
std::string format_letters(std::string_view code) {
  std::string out;
  for (std::size_t i = 0; i < code.size() && code[i] != ';'; ++i) {
    const char c = code[i];
    if (c == '\\' || c == '_' || c == '*') {
      ++i;
    } else if (c == '"') {
      i = std::min(code.find('"', i + 1), code.size());
    } else if (c == '[') {
      const auto inside = code.substr(i + 1, std::min(code.find(']', i), code.size()) - i - 1);
      if (!inside.empty() && inside.find_first_not_of("hHmMsS") == std::string_view::npos) out += kElapsedMark;
      i = std::min(code.find(']', i), code.size());
    } else {
      out += c;
    }
  }
  return lower_ascii(out);
}

std::string two_digits(std::int64_t n) { return (n < 10 ? "0" : "") + std::to_string(n); }

std::string clock_text(std::int64_t seconds) {
  const auto out = two_digits(seconds / 3600) + ":" + two_digits(seconds / 60 % 60);
  return seconds % 60 == 0 ? out : out + ":" + two_digits(seconds % 60);
}

/// The day a serial number names; nothing for one that names none.
std::optional<Day> day_of(std::int64_t serial, DaySystem system) {
  constexpr std::int32_t k1904 = -24'107, k1900 = -25'567;  // 1904-01-01 and 1900-01-01 as days since 1970
  if (system == DaySystem::From1904) return Day{static_cast<std::int32_t>(serial + k1904)};
  if (serial < 1 || serial == 60) return {};
  return Day{static_cast<std::int32_t>(serial + k1900 - (serial < 60 ? 1 : 2))};
}

/// A number as a spreadsheet shows it: 0.30000000000000004 is 0.3.
std::string shortest(std::string_view value, double number) {
  const auto digits = std::ranges::count_if(value, [](char c) { return c >= '0' && c <= '9'; });
  const bool is_whole = value.find('.') == std::string_view::npos;
  if (value.find_first_of("eE+") == std::string_view::npos && digits <= (is_whole ? kWholeDigits : kShownDigits)) return std::string(value);
  char shown[64];
  const auto rounded = std::to_chars(std::begin(shown), std::end(shown), number, std::chars_format::scientific, kShownDigits - 1);
  const auto back = parse_double({shown, rounded.ptr}).value_or(number);
  const bool is_common = std::abs(back) < 1e15 && (back == 0 || std::abs(back) >= 1e-7);
  const auto last =
      std::to_chars(std::begin(shown), std::end(shown), back, is_common ? std::chars_format::fixed : std::chars_format::general);
  return {shown, last.ptr};
}

std::optional<std::string> text_of_time(double number, NumberKind kind, DaySystem system) {
  if (number < 0 || number > kMostSerial) return {};
  const auto seconds = std::llround(number * static_cast<double>(kDaySeconds));
  if (kind == NumberKind::Elapsed) return clock_text(seconds);
  if (kind == NumberKind::Clock) return clock_text(seconds % kDaySeconds);
  const auto day = day_of(kind == NumberKind::Date ? static_cast<std::int64_t>(number) : seconds / kDaySeconds, system);
  if (!day) return {};
  if (kind == NumberKind::Date) return iso(*day);
  return iso(LocalTime{*day, static_cast<std::int32_t>(seconds % kDaySeconds)});
}

}  // namespace

NumberKind kind_of_format(std::int64_t id) {
  const auto* found = std::ranges::find_if(kBuiltIn, [&](const FormatRange& range) { return range.from <= id && id <= range.to; });
  return found == std::end(kBuiltIn) ? NumberKind::Plain : found->kind;
}

NumberKind kind_of_format(std::string_view code) {
  const auto letters = format_letters(code);
  const auto has = [&](std::string_view any) { return letters.find_first_of(any) != std::string::npos; };
  if (letters.find(kElapsedMark) != std::string::npos) return NumberKind::Elapsed;
  const bool is_time = has("hs"), is_date = has("dy") || (has("m") && !is_time);
  if (is_date) return is_time ? NumberKind::Moment : NumberKind::Date;
  return is_time ? NumberKind::Clock : NumberKind::Plain;
}

std::string text_of_number(std::string_view value, NumberKind kind, DaySystem system) {
  value = trim(value);
  const auto number = parse_double(value);
  if (!number) return std::string(value);
  if (kind != NumberKind::Plain)
    if (auto time = text_of_time(*number, kind, system)) return *std::move(time);
  return shortest(value, *number);
}

std::optional<LocalTime> time_of_serial(std::string_view value, DaySystem system) {
  constexpr Day kFirst{-5'479}, kLast{54'786};  // 1955-01-01, 2120-01-01
  const auto number = parse_double(trim(value));
  if (!number) return {};
  const auto text = text_of_time(*number, *number == std::floor(*number) ? NumberKind::Date : NumberKind::Moment, system);
  const auto time = text ? parse_local_time(*text, DateOrder::DayFirst) : std::nullopt;
  return time && time->day >= kFirst && time->day < kLast ? time : std::nullopt;
}

std::string unescape(std::string_view text) {
  constexpr std::size_t kEscape = 7;
  std::string out;
  while (!text.empty()) {
    unsigned unit = 0;
    const auto digits = text.substr(0, kEscape);
    const bool has_shape = digits.size() == kEscape && digits.starts_with("_x") && digits.ends_with('_');
    const auto* first = digits.data() + 2;
    if (has_shape && std::from_chars(first, first + 4, unit, 16).ptr == first + 4 && unit > 0 && unit < 0x80) {
      out += static_cast<char>(unit);
      text.remove_prefix(kEscape);
    } else {
      out += text.front();
      text.remove_prefix(1);
    }
  }
  return out;
}

}  // namespace pilar::xlsx
