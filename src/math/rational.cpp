#include "math/rational.h"

#include <boost/multiprecision/cpp_int.hpp>
#include <limits>

#include "base/result.h"

namespace pilar::math {
namespace {

using boost::multiprecision::cpp_int;
using boost::multiprecision::cpp_rational;

std::optional<std::int64_t> narrowed(const cpp_int& value) {
  if (value > std::numeric_limits<std::int64_t>::max() || value < std::numeric_limits<std::int64_t>::min()) return {};
  return static_cast<std::int64_t>(value);
}

cpp_int power_of_ten(int digits) { return boost::multiprecision::pow(cpp_int(10), static_cast<unsigned>(digits)); }

}  // namespace

struct Rational::Fraction {
  cpp_rational value;
};

Rational::Rational() : Rational(std::int64_t{0}) {}
Rational::Rational(std::int64_t whole) : fraction_(new Fraction{cpp_rational(whole)}) {}
Rational::Rational(const Decimal& value) : fraction_(new Fraction{cpp_rational(cpp_int(value.unscaled()), power_of_ten(value.digits()))}) {}
Rational::Rational(std::unique_ptr<Fraction> fraction) : fraction_(std::move(fraction)) {}
Rational::Rational(const Rational& other) : fraction_(new Fraction(*other.fraction_)) {}
Rational::Rational(Rational&& other) noexcept = default;
Rational& Rational::operator=(Rational other) noexcept {
  fraction_ = std::move(other.fraction_);
  return *this;
}
Rational::~Rational() = default;

Rational operator+(const Rational& a, const Rational& b) {
  return Rational(std::make_unique<Rational::Fraction>(a.fraction_->value + b.fraction_->value));
}
Rational operator-(const Rational& a, const Rational& b) {
  return Rational(std::make_unique<Rational::Fraction>(a.fraction_->value - b.fraction_->value));
}
Rational operator*(const Rational& a, const Rational& b) {
  return Rational(std::make_unique<Rational::Fraction>(a.fraction_->value * b.fraction_->value));
}
Rational operator/(const Rational& a, const Rational& b) {
  require(b.fraction_->value != 0, "a fraction is not divided by zero");
  return Rational(std::make_unique<Rational::Fraction>(a.fraction_->value / b.fraction_->value));
}
bool operator==(const Rational& a, const Rational& b) { return a.fraction_->value == b.fraction_->value; }
std::strong_ordering operator<=>(const Rational& a, const Rational& b) { return a.fraction_->value.compare(b.fraction_->value) <=> 0; }

double Rational::to_double() const { return fraction_->value.convert_to<double>(); }

std::optional<Decimal> Rational::rounded(int digits) const {
  const cpp_rational shifted = abs(fraction_->value) * power_of_ten(digits) + cpp_rational(1, 2);
  const cpp_int magnitude = numerator(shifted) / denominator(shifted);
  const auto unscaled = narrowed(fraction_->value < 0 ? cpp_int(-magnitude) : magnitude);
  return unscaled ? Decimal::make(*unscaled, digits) : std::nullopt;
}

std::optional<std::int64_t> Rational::ceiling() const {
  const cpp_int above = numerator(fraction_->value), below = denominator(fraction_->value);
  const cpp_int truncated = above / below;
  return narrowed(above > 0 && above % below != 0 ? cpp_int(truncated + 1) : truncated);
}

}  // namespace pilar::math
