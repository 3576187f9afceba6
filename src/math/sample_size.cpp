#include "math/sample_size.h"

#include <cmath>

#include "base/result.h"
#include "math/distribution.h"
#include "math/rational.h"

namespace pilar::math {
namespace {

/// The variance of one answer, p(1-p).
Rational spread(const Decimal& p) { return Rational(p) * (Rational(1) - Rational(p)); }

SampleSize whole(std::optional<std::int64_t> n, const Rational& unrounded) {
  require(n.has_value(), "a sample is not larger than its population");
  return {*n, unrounded.to_double()};
}

}  // namespace

SampleSize krejcie_morgan(std::int64_t population, const Decimal& error, const Decimal& p, const Decimal& chi_square) {
  const auto weight = Rational(chi_square) * spread(p);
  const auto size = weight * population / (Rational(error) * Rational(error) * Rational(population - 1) + weight);
  return whole(size.rounded(0)->scaled(0), size);
}

SampleSize slovin(std::int64_t population, const Decimal& error, const Decimal& p) {
  const auto size =
      Rational(population) / (Rational(1) + Rational(population) * Rational(error) * Rational(error) / (Rational(4) * spread(p)));
  return whole(size.ceiling(), size);
}

SampleSize cochran(std::optional<std::int64_t> population, double error, double p, double level) {
  const double z = normal_two_sided(level);
  double size = z * z * p * (1 - p) / (error * error);
  if (population) size /= 1 + (size - 1) / static_cast<double>(*population);
  return {static_cast<std::int64_t>(std::ceil(size)), size};
}

}  // namespace pilar::math
