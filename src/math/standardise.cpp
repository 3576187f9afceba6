#include "math/standardise.h"

#include <algorithm>
#include <cmath>

#include "math/distribution.h"

namespace pilar::math {

bool is_computable(std::span<const Stratum> strata) {
  // Squares of the weights are taken; half the range of a double leaves room for sums.
  constexpr double kMost = 1e150, kLeast = 1e-150;
  return std::ranges::all_of(strata, [](const Stratum& one) {
    const double rate = std::max(one.count, 1.0) * std::max(one.standard, 1.0) / one.population;
    return one.population >= kLeast && rate <= kMost;
  });
}

DirectRate direct_rate(std::span<const Stratum> strata, double level) {
  double standard = 0, count = 0, population = 0;
  for (const auto& stratum : strata) {
    standard += stratum.standard;
    count += stratum.count;
    population += stratum.population;
  }
  double rate = 0, variance = 0, heaviest = 0;
  for (const auto& stratum : strata) {
    const double weight = stratum.standard / standard / stratum.population;
    rate += weight * stratum.count;
    variance += weight * weight * stratum.count;
    heaviest = std::max(heaviest, weight);
  }
  const double tail = (1 - level) / 2, above = rate + heaviest, above_variance = variance + heaviest * heaviest;
  DirectRate result{count / population, rate, {}};
  if (rate > 0) result.fay_feuer.low = gamma_quantile(tail, rate * rate / variance, variance / rate);
  if (above > 0) result.fay_feuer.high = gamma_quantile(1 - tail, above * above / above_variance, above_variance / above);
  return result;
}

StandardisedRatio standardised_ratio(double observed, double expected, double level) {
  const double z = normal_two_sided(level), tail = (1 - level) / 2;
  const auto byar = [&](double count, double sign) {
    return count * std::pow(std::max(0.0, 1 - 1 / (9 * count) + sign * z / (3 * std::sqrt(count))), 3) / expected;
  };
  StandardisedRatio result{observed / expected, {}, {}};
  if (observed > 0) {
    result.byar.low = byar(observed, -1);
    result.exact.low = chi_squared_quantile(tail, 2 * observed) / 2 / expected;
  }
  result.byar.high = byar(observed + 1, 1);
  result.exact.high = chi_squared_quantile(1 - tail, 2 * observed + 2) / 2 / expected;
  return result;
}

}  // namespace pilar::math
