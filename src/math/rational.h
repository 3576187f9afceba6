#pragma once
#include <compare>
#include <cstdint>
#include <memory>
#include <optional>

#include "base/decimal.h"

namespace pilar::math {

/// An exact fraction of whole numbers of any size, for results that are decided at a threshold.
class Rational {
 public:
  Rational();
  Rational(std::int64_t whole);    // NOLINT(google-explicit-constructor): a whole number is a fraction
  Rational(const Decimal& value);  // NOLINT(google-explicit-constructor): so is a decimal
  Rational(const Rational& other);
  Rational(Rational&& other) noexcept;
  Rational& operator=(Rational other) noexcept;
  ~Rational();

  friend Rational operator+(const Rational& a, const Rational& b);
  friend Rational operator-(const Rational& a, const Rational& b);
  friend Rational operator*(const Rational& a, const Rational& b);
  friend Rational operator/(const Rational& a, const Rational& b);  ///< dividing by zero is a Bug
  friend bool operator==(const Rational& a, const Rational& b);
  friend std::strong_ordering operator<=>(const Rational& a, const Rational& b);

  double to_double() const;
  /// Rounded half away from zero to `digits` 0..18 after the point; empty when that does not fit a Decimal.
  std::optional<Decimal> rounded(int digits) const;
  /// The least whole number that is not below this; empty when it does not fit.
  std::optional<std::int64_t> ceiling() const;

 private:
  struct Fraction;
  explicit Rational(std::unique_ptr<Fraction> fraction);
  std::unique_ptr<Fraction> fraction_;
};

}  // namespace pilar::math
