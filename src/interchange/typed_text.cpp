#include "interchange/typed_text.h"

#include <algorithm>
#include <array>
#include <vector>

#include "base/text.h"

namespace pilar {
namespace {

constexpr std::size_t kLongestNumber = 64, kLongestDate = 48;
constexpr std::int32_t kNoonHour = 12;

bool is_digit_char(char c) { return c >= '0' && c <= '9'; }
bool all_digits(std::string_view text) { return !text.empty() && std::ranges::all_of(text, is_digit_char); }

/// The text with one sign, `_`, for whatever parts groups of digits: `group` itself and the kinds of blanks.
std::string unify_groups(std::string_view text, char group) {
  constexpr std::string_view kBlanks[] = {"\xC2\xA0", "\xE2\x80\xAF", " ", "'", "\xE2\x80\x99"};
  std::string out;
  while (!text.empty()) {
    const auto blank = std::ranges::find_if(kBlanks, [&](std::string_view b) { return text.starts_with(b); });
    const bool is_group = blank != std::end(kBlanks) || text.front() == group;
    out += is_group ? '_' : text.front();
    text.remove_prefix(blank != std::end(kBlanks) ? blank->size() : 1);
  }
  return out;
}

/// "1_234_567" without its marks; empty when they do not part groups of three.
std::optional<std::string> join_groups(std::string_view text) {
  const auto parts = split(text, '_');
  std::string out(parts.front());
  if (parts.size() > 1 && (out.empty() || out.size() > 3)) return {};
  for (std::size_t i = 1; i < parts.size(); ++i) {
    if (parts[i].size() != 3) return {};
    out += parts[i];
  }
  return out;
}

std::string_view without_currency(std::string_view text) {
  if (!text.starts_with("Rp") && !text.starts_with("rp") && !text.starts_with("RP")) return text;
  text.remove_prefix(2);
  if (text.starts_with(".")) text.remove_prefix(1);
  return trim(text);
}

constexpr std::array<std::array<std::string_view, 2>, 12> kMonths{{{"januari", "january"},
                                                                   {"februari", "february"},
                                                                   {"maret", "march"},
                                                                   {"april", "april"},
                                                                   {"mei", "may"},
                                                                   {"juni", "june"},
                                                                   {"juli", "july"},
                                                                   {"agustus", "august"},
                                                                   {"september", "september"},
                                                                   {"oktober", "october"},
                                                                   {"november", "november"},
                                                                   {"desember", "december"}}};
/// Short forms that are not the beginning of the name.
constexpr std::array<std::pair<std::string_view, int>, 4> kShortMonths{{{"agt", 8}, {"ags", 8}, {"nop", 11}, {"nopember", 11}}};

/// 1..12; "jun" and "jul" are told apart by their third letter.
std::optional<int> month_of_name(std::string_view text) {
  const auto name = lower_ascii(text);
  for (const auto& [word, month] : kShortMonths)
    if (word == name) return month;
  if (name.size() < 3) return {};
  for (std::size_t i = 0; i < kMonths.size(); ++i)
    if (kMonths[i][0].starts_with(name) || kMonths[i][1].starts_with(name)) return static_cast<int>(i) + 1;
  return {};
}

std::optional<int> small_number(std::string_view text) {
  if (!all_digits(text) || text.size() > 4) return {};
  return static_cast<int>(*parse_int(text));
}

std::optional<int> year_of(std::string_view text) {
  const auto year = small_number(text);
  if (!year || (text.size() != 2 && text.size() != 4)) return {};
  if (text.size() == 4) return year;
  return *year < 69 ? 2000 + *year : 1900 + *year;
}

std::optional<Day> day_from(std::string_view year, std::string_view month, std::string_view day) {
  const auto y = year_of(year), d = small_number(day);
  const auto m = all_digits(month) ? small_number(month) : month_of_name(month);
  if (!y || !m || !d || day.size() > 2 || (all_digits(month) && month.size() > 2)) return {};
  return make_day(*y, *m, *d);
}

/// Words and numbers of a date: "31 Des. 2026" is three of them.
std::vector<std::string_view> date_parts(std::string_view text) {
  std::vector<std::string_view> parts;
  for (std::size_t at = 0; at < text.size();) {
    const auto end = std::min(text.find_first_of("/-. ,", at), text.size());
    if (end > at) parts.push_back(text.substr(at, end - at));
    at = end + 1;
  }
  return parts;
}

std::optional<Day> parse_any_day(std::string_view text, DateOrder order) {
  auto parts = date_parts(text);
  // The name of the weekday adds nothing.
  if (parts.size() == 4 && !all_digits(parts.front())) parts.erase(parts.begin());
  if (parts.size() != 3) return {};
  if (parts[0].size() == 4 && all_digits(parts[0])) return all_digits(parts[1]) ? day_from(parts[0], parts[1], parts[2]) : std::nullopt;
  if (!all_digits(parts[0])) return day_from(parts[2], parts[0], parts[1]);
  const bool month_first = order == DateOrder::MonthFirst && all_digits(parts[1]);
  return month_first ? day_from(parts[2], parts[0], parts[1]) : day_from(parts[2], parts[1], parts[0]);
}

/// Where the time begins behind a day: a T between digits, or the last blank with a clock's mark behind it.
std::size_t time_begin(std::string_view text) {
  if (text.size() > 10 && text[10] == 'T') return 10;
  const auto mark = text.find(':');
  if (mark != std::string_view::npos) return text.rfind(' ', mark);
  // "31/12/2026 08.15"
  const auto blank = text.find(' ');
  if (blank == std::string_view::npos || date_parts(text.substr(0, blank)).size() != 3) return std::string_view::npos;
  return blank;
}

/// What may stand behind a clock's digits.
enum class Half : std::uint8_t { None, Morning, Afternoon };

std::pair<std::string_view, Half> cut_half(std::string_view text) {
  const auto lower = lower_ascii(text);
  if (lower.ends_with("am")) return {trim(text.substr(0, text.size() - 2)), Half::Morning};
  if (lower.ends_with("pm")) return {trim(text.substr(0, text.size() - 2)), Half::Afternoon};
  for (const std::string_view zone : {"wib", "wita", "wit"})
    if (lower.ends_with(zone)) return {trim(text.substr(0, text.size() - zone.size())), Half::None};
  return {text, Half::None};
}

/// The digits of a fraction of a second are passed over.
std::string_view without_fraction(std::string_view text) {
  const auto point = text.rfind('.');
  return std::ranges::count(text, ':') == 2 && point != std::string_view::npos && all_digits(text.substr(point + 1)) ? text.substr(0, point)
                                                                                                                     : text;
}

}  // namespace

std::optional<Decimal> parse_number(std::string_view text, char mark) {
  text = without_currency(trim(text));
  if (text.empty() || text.size() > kLongestNumber) return {};
  const bool negative = text.front() == '-';
  if (negative || text.front() == '+') text.remove_prefix(1);
  text = without_currency(text);
  const auto unified = unify_groups(text, mark == ',' ? '.' : ',');
  const auto at = unified.find(mark);
  const auto whole = join_groups(std::string_view(unified).substr(0, at));
  if (!whole || whole->empty() || !is_digit_char(whole->front())) return {};
  std::string plain = (negative ? "-" : "") + *whole;
  if (at != std::string::npos) {
    const auto fraction = unified.substr(at + 1);
    if (fraction.empty() || !is_digit_char(fraction.front())) return {};
    plain += "." + fraction;
  }
  return parse_decimal(plain);
}

std::optional<std::int32_t> parse_clock(std::string_view text) {
  const auto [bare, half] = cut_half(trim(text));
  const auto clock = without_fraction(bare);
  const auto parts = split(clock, clock.find(':') == std::string_view::npos ? '.' : ':');
  if (parts.size() < 2 || parts.size() > 3) return {};
  std::array<std::int32_t, 3> value{};
  for (std::size_t i = 0; i < parts.size(); ++i) {
    const auto number = small_number(parts[i]);
    if (!number || parts[i].size() > 2 || (i > 0 && parts[i].size() != 2) || *number > (i == 0 ? 23 : 59)) return {};
    value[i] = *number;
  }
  if (half != Half::None && (value[0] < 1 || value[0] > kNoonHour)) return {};
  if (half != Half::None) value[0] = value[0] % kNoonHour + (half == Half::Afternoon ? kNoonHour : 0);
  return (value[0] * 60 + value[1]) * 60 + value[2];
}

std::optional<LocalTime> parse_local_time(std::string_view text, DateOrder order) {
  text = trim(text);
  if (text.size() < 6 || text.size() > kLongestDate) return {};
  if (const auto day = parse_any_day(text, order)) return LocalTime{*day, {}};
  const auto at = time_begin(text);
  if (at == std::string_view::npos) return {};
  const auto day = parse_any_day(trim(text.substr(0, at)), order);
  const auto second = parse_clock(text.substr(at + 1));
  if (!day || !second) return {};
  return LocalTime{*day, second};
}

std::string iso(const LocalTime& time) {
  if (!time.second) return iso(time.day);
  // WIB stands for the wall's clock; its offset is cut off.
  const Instant at{start_of(time.day, Zone::Wib).micros + std::int64_t{*time.second} * 1'000'000};
  return iso(at, Zone::Wib).substr(0, 19);
}

}  // namespace pilar
