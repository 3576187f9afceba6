#include "math/plausibility.h"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <vector>

#include "base/result.h"
#include "math/distribution.h"

namespace pilar::math {
namespace {

constexpr double kRoundShare = 0.2;
constexpr std::int64_t kSmallestFigure = 10, kFewestForChiSquare = 50;
/// Makes the median absolute deviation an estimate of the standard deviation of a normal law.
constexpr double kNormalMad = 1.4826;

double log_choose(double n, double k) { return log_gamma(n + 1) - log_gamma(k + 1) - log_gamma(n - k + 1); }

double median_of(std::vector<double> values) {
  const auto half = values.size() / 2;
  std::ranges::nth_element(values, values.begin() + static_cast<std::ptrdiff_t>(half));
  const auto upper = values[half];
  if (values.size() % 2 == 1) return upper;
  return (*std::ranges::max_element(values.begin(), values.begin() + static_cast<std::ptrdiff_t>(half)) + upper) / 2;
}

}  // namespace

double fisher_upper(Share first, Share second) {
  require(0 <= first.x && first.x <= first.n && 0 <= second.x && second.x <= second.n, "a share has no more cases than its denominator");
  const auto hits = first.x + second.x;
  const auto most = std::min(first.n, hits);
  const auto d = [](std::int64_t value) { return static_cast<double>(value); };
  // The probability of the first table, then each next one by the ratio of neighbours.
  double term =
      std::exp(log_choose(d(first.n), d(first.x)) + log_choose(d(second.n), d(second.x)) - log_choose(d(first.n + second.n), d(hits)));
  double sum = term;
  for (auto x = first.x; x < most; ++x) {
    term *= d(first.n - x) * d(hits - x) / (d(x + 1) * d(second.n - hits + x + 1));
    sum += term;
  }
  return std::min(1.0, sum);
}

double at_least(std::int64_t k, std::int64_t n, double p) {
  if (k <= 0) return 1;
  return binomial_tail(static_cast<double>(k - 1), static_cast<double>(n), p);
}

double agreement(double variance) {
  if (!(variance > 0)) return 1;
  return std::min(1.0, 1 / (2 * std::sqrt(std::numbers::pi * variance)));
}

std::optional<double> successive_variance(std::span<const double> values) {
  if (values.size() < 2) return {};
  double sum = 0;
  for (std::size_t i = 1; i < values.size(); ++i) sum += (values[i] - values[i - 1]) * (values[i] - values[i - 1]);
  return sum / static_cast<double>(values.size() - 1) / 2;
}

LastDigits last_digits(std::span<const std::int64_t> figures) {
  LastDigits out;
  for (const auto figure : figures) {
    if (-kSmallestFigure < figure && figure < kSmallestFigure) continue;
    ++out.n;
    ++out.counts.at(static_cast<std::size_t>(std::abs(figure % kSmallestFigure)));
  }
  if (out.n == 0) return out;
  out.heaping = at_least(out.round(), out.n, kRoundShare);
  if (out.n < kFewestForChiSquare) return out;
  const double expected = static_cast<double>(out.n) / static_cast<double>(out.counts.size());
  double chi = 0;
  for (const auto count : out.counts) chi += (static_cast<double>(count) - expected) * (static_cast<double>(count) - expected) / expected;
  out.uneven = chi_squared_tail(chi, static_cast<double>(out.counts.size() - 1));
  return out;
}

std::optional<RobustSpread> robust_spread(std::span<const double> values) {
  if (values.empty()) return {};
  RobustSpread out;
  out.median = median_of({values.begin(), values.end()});
  std::vector<double> away;
  for (const auto value : values) away.push_back(std::abs(value - out.median));
  out.deviation = kNormalMad * median_of(std::move(away));
  return out;
}

}  // namespace pilar::math
