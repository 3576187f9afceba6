#include "math/proportion.h"

#include <algorithm>
#include <cmath>

#include "base/result.h"
#include "math/distribution.h"

namespace pilar::math {
namespace {

void check(double x, double n, double level) {
  require(n > 0 && x >= 0 && x <= n && level > 0 && level < 1, "a proportion has 0 <= x <= n, n > 0 and a level in (0,1)");
}

Interval clipped(double centre, double half_width) { return {std::max(0.0, centre - half_width), std::min(1.0, centre + half_width)}; }

/// Beta quantiles with half of 1 - level in each tail; shapes are (x + a, n - x + b).
Interval beta_tails(double x, double n, double level, double low_shift, double high_shift) {
  const double tail = (1 - level) / 2;
  return {x == 0 ? 0 : beta_quantile(tail, x + low_shift, n - x + high_shift),
          // By symmetry from the other end, so that the tail is never 1 - something tiny.
          x == n ? 1 : 1 - beta_quantile(tail, n - x + low_shift, x + high_shift)};
}

}  // namespace

Interval wilson(double x, double n, double level) {
  check(x, n, level);
  const double z = normal_two_sided(level), p = x / n;
  const double centre = (x + z * z / 2) / (n + z * z), half_width = z * std::sqrt(n * p * (1 - p) + z * z / 4) / (n + z * z);
  auto interval = clipped(centre, half_width);
  if (x == 0) interval.low = 0;
  if (x == n) interval.high = 1;
  return interval;
}

Interval clopper_pearson(double x, double n, double level) {
  check(x, n, level);
  return beta_tails(x, n, level, 0, 1);
}

Interval jeffreys(double x, double n, double level) {
  check(x, n, level);
  return beta_tails(x, n, level, 0.5, 0.5);
}

Interval agresti_coull(double x, double n, double level) {
  check(x, n, level);
  const double z = normal_two_sided(level), trials = n + z * z, p = (x + z * z / 2) / trials;
  return clipped(p, z * std::sqrt(p * (1 - p) / trials));
}

Interval wald(double x, double n, double level) {
  check(x, n, level);
  const double p = x / n;
  return clipped(p, normal_two_sided(level) * std::sqrt(p * (1 - p) / n));
}

}  // namespace pilar::math
