#include "math/describe.h"

#include <algorithm>
#include <cmath>
#include <vector>

#include "base/result.h"
#include "math/distribution.h"

namespace pilar::math {
namespace {

struct Weighted {
  double y = 0, weight = 1;
};

/// Type 7 on values in ascending order whose weights add up to n: between the order statistics at 1 + (n-1)p.
double quantile(std::span<const Weighted> sorted, double n, double p) {
  const double position = 1 + (n - 1) * p, below = std::max(1.0, std::floor(position)), fraction = position - below;
  // Cumulated weights carry rounding; a value whose weight just reaches the rank must count as reaching it.
  const double slack = 1e-9 * n;
  const auto at_rank = [&](double rank) {
    long double cumulated = 0;
    for (const auto& value : sorted) {
      cumulated += value.weight;
      if (cumulated >= rank - slack) return value.y;
    }
    return sorted.back().y;
  };
  const double low = at_rank(below);
  return fraction <= 0 ? low : low + fraction * (at_rank(std::min(below + 1, n)) - low);
}

std::vector<Weighted> sorted_values(std::span<const double> y, std::span<const double> weight) {
  require(weight.empty() || weight.size() == y.size(), "every value has its weight");
  std::vector<Weighted> values;
  values.reserve(y.size());
  for (std::size_t i = 0; i < y.size(); ++i) {
    const double w = weight.empty() ? 1 : weight[i];
    require(w >= 0, "a weight is not negative");
    if (w > 0) values.push_back({y[i], w});
  }
  std::sort(values.begin(), values.end(), [](const Weighted& a, const Weighted& b) { return a.y < b.y; });
  return values;
}

}  // namespace

Description describe(std::span<const double> y, std::span<const double> weight, WeightKind kind, double level) {
  auto values = sorted_values(y, weight);
  Description result;
  if (values.empty()) return result;
  long double total = 0;
  for (const auto& value : values) total += value.weight;
  const long double n = kind == WeightKind::Frequency ? total : static_cast<long double>(values.size());
  for (auto& value : values) value.weight = static_cast<double>(value.weight * (n / total));

  long double sum = 0;
  for (const auto& value : values) sum += static_cast<long double>(value.weight) * value.y;
  const long double mean = sum / n;
  long double squares = 0, weighted_squares = 0;
  for (const auto& [v, w] : values) {
    const long double deviation = v - mean;
    squares += w * deviation * deviation;
    weighted_squares += w * deviation * (w * deviation);
  }

  result.n = static_cast<double>(n);
  result.mean = static_cast<double>(mean);
  result.min = values.front().y;
  result.max = values.back().y;
  result.q25 = quantile(values, result.n, 0.25);
  result.median = quantile(values, result.n, 0.5);
  result.q75 = quantile(values, result.n, 0.75);
  if (n <= 1) return result;
  result.sd = static_cast<double>(std::sqrt(squares / (n - 1)));
  result.se =
      kind == WeightKind::Frequency ? *result.sd / std::sqrt(result.n) : static_cast<double>(std::sqrt(weighted_squares / (n * (n - 1))));
  const double half_width = t_two_sided(level, result.n - 1) * *result.se;
  result.ci = Interval{*result.mean - half_width, *result.mean + half_width};
  return result;
}

}  // namespace pilar::math
