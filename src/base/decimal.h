#pragma once
#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace pilar {

/// An exact decimal number: unscaled x 10^-digits, digits 0..18. Values are kept in lowest form (no trailing zero
/// after the point), so that equal numbers are equal values.
class Decimal {
 public:
  constexpr Decimal() = default;
  /// Empty when digits is outside 0..18.
  static std::optional<Decimal> make(std::int64_t unscaled, int digits);
  static Decimal whole(std::int64_t value);

  std::int64_t unscaled() const { return unscaled_; }
  int digits() const { return digits_; }
  bool is_whole() const { return digits_ == 0; }
  double to_double() const;
  /// This number x 10^digits as an integer; empty when it has more digits after the point or does not fit 64 bits.
  std::optional<std::int64_t> scaled(int digits) const;

  friend bool operator==(const Decimal&, const Decimal&) = default;
  friend std::strong_ordering operator<=>(const Decimal& a, const Decimal& b);

 private:
  constexpr Decimal(std::int64_t unscaled, int digits) : unscaled_(unscaled), digits_(digits) {}
  std::int64_t unscaled_ = 0;
  int digits_ = 0;
};

// Exact; empty on overflow.
std::optional<Decimal> add(const Decimal& a, const Decimal& b);
std::optional<Decimal> subtract(const Decimal& a, const Decimal& b);
std::optional<Decimal> multiply(const Decimal& a, const Decimal& b);
/// a / b rounded half away from zero to 12 digits after the point; empty when b is 0 or on overflow.
std::optional<Decimal> divide(const Decimal& a, const Decimal& b);
/// Rounded half away from zero.
Decimal round(const Decimal& value, int digits);

/// "12.5", "-0.05", "3": the shortest form, always with a point.
std::string text(const Decimal& value);
/// Reads "12.5", "-3", "1e3"; no blanks, no thousands separators, no locale. Empty when it is no number or has more
/// than 18 significant digits.
std::optional<Decimal> parse_decimal(std::string_view text);

}  // namespace pilar
