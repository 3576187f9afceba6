#include "i18n/format.h"

#include <array>
#include <charconv>
#include <cmath>

#include "base/int128.h"
#include "base/result.h"

namespace pilar::format {
namespace {

constexpr std::array<std::array<std::string_view, 2>, 12> kMonths{{{"Januari", "January"},
                                                                   {"Februari", "February"},
                                                                   {"Maret", "March"},
                                                                   {"April", "April"},
                                                                   {"Mei", "May"},
                                                                   {"Juni", "June"},
                                                                   {"Juli", "July"},
                                                                   {"Agustus", "August"},
                                                                   {"September", "September"},
                                                                   {"Oktober", "October"},
                                                                   {"November", "November"},
                                                                   {"Desember", "December"}}};
constexpr std::array<std::array<std::string_view, 2>, 12> kShortMonths{{{"Jan", "Jan"},
                                                                        {"Feb", "Feb"},
                                                                        {"Mar", "Mar"},
                                                                        {"Apr", "Apr"},
                                                                        {"Mei", "May"},
                                                                        {"Jun", "Jun"},
                                                                        {"Jul", "Jul"},
                                                                        {"Agu", "Aug"},
                                                                        {"Sep", "Sep"},
                                                                        {"Okt", "Oct"},
                                                                        {"Nov", "Nov"},
                                                                        {"Des", "Dec"}}};
constexpr std::array<std::array<std::string_view, 2>, 7> kWeekdays{{{"Senin", "Monday"},
                                                                    {"Selasa", "Tuesday"},
                                                                    {"Rabu", "Wednesday"},
                                                                    {"Kamis", "Thursday"},
                                                                    {"Jumat", "Friday"},
                                                                    {"Sabtu", "Saturday"},
                                                                    {"Minggu", "Sunday"}}};
constexpr std::string_view kMinus = "−", kDash = "–";

std::size_t column(Lang lang) { return lang == Lang::Id ? 0 : 1; }

Int128 power_of_ten(int exponent) {
  Int128 power = 1;
  for (int i = 0; i < exponent; ++i) power *= 10;
  return power;
}

/// a / b, half away from zero; b > 0.
Int128 divide_rounded(Int128 a, Int128 b) {
  const Int128 whole = a / b, rest = a % b;
  if (rest < 0) return -rest >= b + rest ? whole - 1 : whole;
  return rest >= b - rest ? whole + 1 : whole;
}

std::string plain(Int128 value) {
  std::string out;
  do {
    out.insert(out.begin(), static_cast<char>('0' + static_cast<int>(value % 10)));
    value /= 10;
  } while (value != 0);
  return out;
}

/// Digits without sign or mark, grouped by thousands.
std::string grouped(Lang lang, std::string_view digits) {
  std::string out;
  for (std::size_t i = 0; i < digits.size(); ++i) {
    if (i != 0 && (digits.size() - i) % 3 == 0) out += lang == Lang::Id ? '.' : ',';
    out += digits[i];
  }
  return out;
}

/// Digits of |value|, then the fraction if there is any.
std::string joined(Lang lang, bool negative, std::string_view whole, std::string_view fraction) {
  const bool zero = whole.find_first_not_of('0') == std::string_view::npos && fraction.find_first_not_of('0') == std::string_view::npos;
  std::string out{negative && !zero ? kMinus : ""};
  out += grouped(lang, whole);
  if (!fraction.empty()) out += (lang == Lang::Id ? "," : ".") + std::string(fraction);
  return out;
}

/// unscaled x 10^-digits.
std::string scaled(Lang lang, Int128 unscaled, int digits) {
  auto text = plain(unscaled < 0 ? -unscaled : unscaled);
  const auto places = static_cast<std::size_t>(digits);
  if (text.size() <= places) text.insert(0, places + 1 - text.size(), '0');
  const auto whole = std::string_view(text).substr(0, text.size() - places);
  return joined(lang, unscaled < 0, whole, std::string_view(text).substr(whole.size()));
}

/// part x factor / whole, shown with `digits`.
std::string quotient(Lang lang, std::int64_t part, std::int64_t whole, int factor, int digits) {
  require(digits >= 0 && digits <= 9, "a ratio is shown with 0 to 9 digits");
  Int128 a = static_cast<Int128>(part) * factor * power_of_ten(digits), b = whole;
  if (b < 0) a = -a, b = -b;
  return scaled(lang, divide_rounded(a, b), digits);
}

std::string two_digits(std::int64_t value) { return (value < 10 ? "0" : "") + std::to_string(value); }

}  // namespace

std::string number(Lang lang, std::int64_t value) { return scaled(lang, value, 0); }

std::string number(Lang lang, const Decimal& value) { return scaled(lang, value.unscaled(), value.digits()); }

std::string number(Lang lang, const Decimal& value, int digits) {
  require(digits >= 0 && digits <= 18, "a decimal is shown with 0 to 18 digits");
  const Int128 unscaled = value.unscaled();
  if (digits >= value.digits()) return scaled(lang, unscaled * power_of_ten(digits - value.digits()), digits);
  return scaled(lang, divide_rounded(unscaled, power_of_ten(value.digits() - digits)), digits);
}

std::string number(Lang lang, double value, int digits) {
  require(digits >= 0 && digits <= 18, "a number is shown with 0 to 18 digits");
  if (!std::isfinite(value) || std::abs(value) >= 1e18) return std::string(kNone);
  // The shortest text that reads back is rounded, not the binary value: 0.15 means 0.15 and becomes 0.2.
  char buffer[400];  // the smallest double has 324 zeros
  const auto end = std::to_chars(buffer, buffer + sizeof buffer, std::abs(value), std::chars_format::fixed).ptr;
  const std::string_view text(buffer, static_cast<std::size_t>(end - buffer));
  const auto point = text.find('.');
  std::string whole(text.substr(0, point)), fraction(point == std::string_view::npos ? "" : text.substr(point + 1));
  const auto places = static_cast<std::size_t>(digits);
  const bool up = fraction.size() > places && fraction[places] >= '5';
  fraction.resize(places, '0');
  auto all = whole + fraction;
  if (up) {
    auto at = all.size();
    while (at > 0 && all[at - 1] == '9') all[--at] = '0';
    if (at > 0)
      ++all[at - 1];
    else
      all.insert(all.begin(), '1');
  }
  return joined(lang, value < 0, std::string_view(all).substr(0, all.size() - places), std::string_view(all).substr(all.size() - places));
}

std::string ratio(Lang lang, std::int64_t part, std::int64_t whole, int digits) {
  return whole == 0 ? std::string(kNone) : quotient(lang, part, whole, 1, digits);
}

std::string percent(Lang lang, std::int64_t part, std::int64_t whole, int digits) {
  return whole == 0 ? std::string(kNone) : quotient(lang, part, whole, 100, digits) + "%";
}

std::string share(Lang lang, double value, int digits) {
  auto text = number(lang, value * 100, digits);
  return text == kNone ? text : text + "%";
}

std::string rupiah(Lang lang, std::int64_t amount) {
  const auto text = number(lang, amount);
  return amount < 0 ? std::string(kMinus) + "Rp " + text.substr(kMinus.size()) : "Rp " + text;
}

std::string_view month_name(Lang lang, int month) {
  require(month >= 1 && month <= 12, "a month is 1 to 12");
  return kMonths[static_cast<std::size_t>(month - 1)][column(lang)];
}

std::string date(Lang lang, Day day) { return std::to_string(civil(day).day) + " " + month(lang, month_of(day)); }

std::string short_date(Lang lang, Day day) { return std::to_string(civil(day).day) + " " + short_month(lang, month_of(day)); }

std::string weekday(Lang lang, Day day) {
  const auto since_monday = ((day.value + 3) % 7 + 7) % 7;  // 1 January 1970 was a Thursday
  return std::string(kWeekdays[static_cast<std::size_t>(since_monday)][column(lang)]);
}

std::string month(Lang lang, Month month) {
  const auto day = civil(first_day(month));
  return std::string(month_name(lang, day.month)) + " " + std::to_string(day.year);
}

std::string short_month(Lang lang, Month month) {
  const auto day = civil(first_day(month));
  return std::string(kShortMonths[static_cast<std::size_t>(day.month - 1)][column(lang)]) + " " + std::to_string(day.year);
}

std::string time(Lang lang, Instant at, Zone zone) {
  const auto minutes = (at.micros - start_of(civil_day(at, zone), zone).micros) / 60'000'000;
  return two_digits(minutes / 60) + (lang == Lang::Id ? "." : ":") + two_digits(minutes % 60) + " " + std::string(name(zone));
}

std::string moment(Lang lang, Instant at, Zone zone) { return date(lang, civil_day(at, zone)) + " " + time(lang, at, zone); }

std::string range(std::string_view from, std::string_view to) { return std::string(from) + std::string(kDash) + std::string(to); }

std::string range(Lang lang, Day first, Day last) {
  if (first == last) return date(lang, first);
  const auto a = civil(first), b = civil(last);
  if (a.year != b.year) return range(date(lang, first), date(lang, last));
  if (a.month == b.month) return range(std::to_string(a.day), date(lang, last));
  return range(std::to_string(a.day) + " " + std::string(month_name(lang, a.month)), date(lang, last));
}

std::string range(Lang lang, Month first, Month last) {
  if (first == last) return month(lang, first);
  const auto a = civil(first_day(first)), b = civil(first_day(last));
  return range(a.year == b.year ? std::string(month_name(lang, a.month)) : month(lang, first), month(lang, last));
}

}  // namespace pilar::format
