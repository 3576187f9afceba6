#include "math/count_law.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "math/distribution.h"

namespace pilar::math {

double CountLaw::mean() const { return bounded_ ? n_ * parameter_ : parameter_; }
double CountLaw::variance() const { return bounded_ ? n_ * parameter_ * (1 - parameter_) : parameter_; }
double CountLaw::most() const { return bounded_ ? n_ : std::numeric_limits<double>::infinity(); }
bool CountLaw::certain() const { return variance() <= 0; }

double CountLaw::at_most(double k) const {
  k = std::floor(k);
  if (k < 0) return 0;
  if (k >= most()) return 1;
  if (certain()) return k >= mean() ? 1 : 0;
  return bounded_ ? binomial_cdf(k, n_, parameter_) : poisson_cdf(k, parameter_);
}

double CountLaw::at_least(double k) const {
  k = std::ceil(k);
  if (k <= 0) return 1;
  if (k > most()) return 0;
  if (certain()) return k <= mean() ? 1 : 0;
  return bounded_ ? binomial_tail(k - 1, n_, parameter_) : poisson_tail(k - 1, parameter_);
}

double CountLaw::probability(double k) const {
  if (certain()) return k == mean() ? 1 : 0;
  return bounded_ ? binomial_probability(k, n_, parameter_) : poisson_probability(k, parameter_);
}

double CountLaw::quantile(double p) const {
  // From where the normal law, corrected for skewness, would have it, in ever longer steps to both sides of it.
  const double z = normal_quantile(p), skewed = bounded_ ? 1 - 2 * parameter_ : 1;
  const double guess = std::floor(mean() + z * std::sqrt(variance()) + (z * z - 1) / 6 * skewed);
  double reached = std::clamp(guess, 0.0, most()), below = reached - 1;
  for (double step = 1; at_most(reached) < p; step *= 2) {
    below = reached;
    reached = std::min(most(), reached + step);
  }
  for (double step = 1; below >= 0 && at_most(below) >= p; step *= 2) {
    reached = below;
    below = std::max(-1.0, below - step);
  }
  while (reached - below > 1) {
    const double middle = std::floor(below + (reached - below) / 2);
    if (middle <= below || middle >= reached) break;  // beyond 2^53 not every whole number is a double
    (at_most(middle) >= p ? reached : below) = middle;
  }
  return reached;
}

double CountLaw::interpolated_quantile(double p) const {
  const double r = quantile(p), here = probability(r);
  return here > 0 ? std::max(0.0, r - (at_most(r) - p) / here) : r;
}

double CountLaw::as_rare_as(double x) const {
  if (certain()) return x == mean() ? 1 : 0;
  constexpr double kSlack = 1 + 1e-7;
  const double rare = probability(x) * kSlack;
  if (x < mean()) {  // the far side begins at the first count above the mean that is no likelier
    double likelier = std::ceil(mean()) - 1, reached = bounded_ ? std::floor(n_) + 1 : 2 * std::ceil(mean()) + 2;
    while (!bounded_ && probability(reached) > rare) reached *= 2;
    while (reached - likelier > 1) {
      const double middle = std::floor(likelier + (reached - likelier) / 2);
      (probability(middle) > rare ? likelier : reached) = middle;
    }
    return std::min(1.0, at_most(x) + at_least(reached));
  }
  if (x == mean()) return 1;
  double reached = -1, likelier = std::floor(mean()) + 1;
  while (likelier - reached > 1) {
    const double middle = std::floor(reached + (likelier - reached) / 2);
    (probability(middle) > rare ? likelier : reached) = middle;
  }
  return std::min(1.0, at_most(reached) + at_least(x));
}

}  // namespace pilar::math
