#include "base/decimal.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <limits>

#include "base/int128.h"
#include "base/result.h"

namespace pilar {
namespace {

constexpr int kMaxDigits = 18;
constexpr int kQuotientDigits = 12;

constexpr auto kPowers = [] {
  std::array<std::int64_t, kMaxDigits + 1> powers{1};
  for (std::size_t i = 1; i < powers.size(); ++i) powers[i] = powers[i - 1] * 10;
  return powers;
}();

Int128 power_of_ten(int exponent) { return kPowers[static_cast<std::size_t>(exponent)]; }

/// unscaled x 10^-digits in lowest form; empty when it does not fit.
std::optional<Decimal> fit(Int128 unscaled, int digits) {
  while (digits > 0 && unscaled % 10 == 0) {
    unscaled /= 10;
    --digits;
  }
  if (digits > kMaxDigits || unscaled > std::numeric_limits<std::int64_t>::max() || unscaled < std::numeric_limits<std::int64_t>::min())
    return {};
  return Decimal::make(static_cast<std::int64_t>(unscaled), digits);
}

/// numerator / denominator (denominator > 0), half away from zero.
Int128 divide_rounded(Int128 numerator, Int128 denominator) {
  const auto quotient = numerator / denominator, rest = numerator % denominator;
  if (rest >= denominator - rest) return quotient + 1;
  if (-rest >= denominator + rest) return quotient - 1;
  return quotient;
}

/// Takes the leading digits off `text`.
std::string_view take_digits(std::string_view& text) {
  const auto end = std::min(text.find_first_not_of("0123456789"), text.size());
  const auto digits = text.substr(0, end);
  text.remove_prefix(end);
  return digits;
}

/// Reads "e-3", or nothing at all, to the end of the text. An exponent beyond all use becomes a large one.
std::optional<int> parse_exponent(std::string_view text) {
  if (text.empty()) return 0;
  if (text.front() != 'e' && text.front() != 'E') return {};
  text.remove_prefix(1);
  const bool negative = text.starts_with('-');
  if (negative || text.starts_with('+')) text.remove_prefix(1);
  const auto digits = take_digits(text);
  if (digits.empty() || !text.empty()) return {};
  constexpr int kBeyondUse = 1'000'000'000;
  int value = 0;
  if (std::from_chars(digits.data(), digits.data() + digits.size(), value).ec != std::errc{}) value = kBeyondUse;
  value = std::min(value, kBeyondUse);
  return negative ? -value : value;
}

}  // namespace

std::optional<Decimal> Decimal::make(std::int64_t unscaled, int digits) {
  if (digits < 0 || digits > kMaxDigits) return {};
  while (digits > 0 && unscaled % 10 == 0) {
    unscaled /= 10;
    --digits;
  }
  return Decimal(unscaled, digits);
}

Decimal Decimal::whole(std::int64_t value) { return {value, 0}; }

double Decimal::to_double() const {
  const auto digits = text(*this);
  double value = 0;
  std::from_chars(digits.data(), digits.data() + digits.size(), value);  // correctly rounded, which a division would not be
  return value;
}

std::optional<std::int64_t> Decimal::scaled(int digits) const {
  if (digits < digits_ || digits > kMaxDigits) return {};
  const auto value = unscaled_ * power_of_ten(digits - digits_);
  if (value > std::numeric_limits<std::int64_t>::max() || value < std::numeric_limits<std::int64_t>::min()) return {};
  return static_cast<std::int64_t>(value);
}

std::strong_ordering operator<=>(const Decimal& a, const Decimal& b) {
  const auto digits = std::max(a.digits_, b.digits_);
  const auto left = a.unscaled_ * power_of_ten(digits - a.digits_), right = b.unscaled_ * power_of_ten(digits - b.digits_);
  if (left == right) return std::strong_ordering::equal;
  return left < right ? std::strong_ordering::less : std::strong_ordering::greater;
}

std::optional<Decimal> add(const Decimal& a, const Decimal& b) {
  const auto digits = std::max(a.digits(), b.digits());
  return fit(a.unscaled() * power_of_ten(digits - a.digits()) + b.unscaled() * power_of_ten(digits - b.digits()), digits);
}

std::optional<Decimal> subtract(const Decimal& a, const Decimal& b) {
  const auto digits = std::max(a.digits(), b.digits());
  return fit(a.unscaled() * power_of_ten(digits - a.digits()) - b.unscaled() * power_of_ten(digits - b.digits()), digits);
}

std::optional<Decimal> multiply(const Decimal& a, const Decimal& b) {
  return fit(Int128{a.unscaled()} * b.unscaled(), a.digits() + b.digits());
}

std::optional<Decimal> divide(const Decimal& a, const Decimal& b) {
  if (b.unscaled() == 0) return {};
  const bool negative = (a.unscaled() < 0) != (b.unscaled() < 0);
  const auto magnitude = [](std::int64_t value) { return value < 0 ? -Int128{value} : Int128{value}; };
  const int shift = kQuotientDigits + b.digits() - a.digits();
  const auto denominator = magnitude(b.unscaled()) * (shift < 0 ? power_of_ten(-shift) : 1);
  auto quotient = magnitude(a.unscaled()) / denominator, rest = magnitude(a.unscaled()) % denominator;
  // Long division, one digit a step: the shifted numerator would not fit 128 bits.
  for (int i = 0; i < shift; ++i) {
    if (quotient > power_of_ten(kMaxDigits) * power_of_ten(kQuotientDigits)) return {};
    quotient = quotient * 10 + rest * 10 / denominator;
    rest = rest * 10 % denominator;
  }
  if (rest >= denominator - rest) ++quotient;
  return fit(negative ? -quotient : quotient, kQuotientDigits);
}

Decimal round(const Decimal& value, int digits) {
  require(digits >= 0, "a decimal is rounded to a place after the point");
  if (digits >= value.digits()) return value;
  const auto unscaled = divide_rounded(value.unscaled(), power_of_ten(value.digits() - digits));
  return *Decimal::make(static_cast<std::int64_t>(unscaled), digits);
}

std::string text(const Decimal& value) {
  auto out = std::to_string(value.unscaled());
  if (value.is_whole()) return out;
  const std::size_t sign = value.unscaled() < 0 ? 1 : 0, wanted = static_cast<std::size_t>(value.digits()) + 1;
  if (out.size() - sign < wanted) out.insert(sign, wanted - (out.size() - sign), '0');
  out.insert(out.size() - static_cast<std::size_t>(value.digits()), 1, '.');
  return out;
}

std::optional<Decimal> parse_decimal(std::string_view text) {
  const bool negative = text.starts_with('-');
  if (negative) text.remove_prefix(1);
  std::string digits(take_digits(text));
  if (digits.empty()) return {};
  std::int64_t places = 0;
  if (text.starts_with('.')) {
    text.remove_prefix(1);
    const auto fraction = take_digits(text);
    if (fraction.empty()) return {};
    digits += fraction;
    places = static_cast<std::int64_t>(fraction.size());
  }
  const auto exponent = parse_exponent(text);
  if (!exponent) return {};
  digits.erase(0, std::min(digits.find_first_not_of('0'), digits.size()));
  if (digits.empty()) return Decimal{};
  const auto last = digits.find_last_not_of('0') + 1;
  places -= *exponent + static_cast<std::int64_t>(digits.size() - last);
  digits.resize(last);
  if (digits.size() > kMaxDigits || places > kMaxDigits) return {};
  if (places < 0) {
    if (static_cast<std::int64_t>(digits.size()) - places > kMaxDigits + 1) return {};
    digits.append(static_cast<std::size_t>(-places), '0');
    places = 0;
  }
  std::int64_t unscaled = 0;
  if (std::from_chars(digits.data(), digits.data() + digits.size(), unscaled).ec != std::errc{}) return {};
  return Decimal::make(negative ? -unscaled : unscaled, static_cast<int>(places));
}

}  // namespace pilar
