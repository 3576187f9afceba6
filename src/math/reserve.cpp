#include "math/reserve.h"

#include <algorithm>
#include <cmath>

namespace pilar::math {
namespace {

/// What is known of the step from period k to k + 1.
struct Step {
  double before = 0, after = 0;  ///< claims of the years that went on
  std::size_t years = 0;
  std::optional<double> variance{};  ///< Mack's sigma squared

  double factor() const { return after / before; }
};

std::vector<Step> steps_of(const Triangle& triangle, std::size_t periods) {
  std::vector<Step> steps(periods > 0 ? periods - 1 : 0);
  for (std::size_t k = 0; k < steps.size(); ++k) {
    auto& step = steps[k];
    for (const auto& row : triangle) {
      if (row.size() <= k + 1) continue;
      step.before += row[k];
      step.after += row[k + 1];
      ++step.years;
    }
    if (step.years < 2 || step.before <= 0) continue;
    double sum = 0;
    for (const auto& row : triangle)
      if (row.size() > k + 1 && row[k] > 0) sum += (row[k + 1] - step.factor() * row[k]) * (row[k + 1] - step.factor() * row[k]) / row[k];
    step.variance = sum / static_cast<double>(step.years - 1);
  }
  return steps;
}

std::optional<double> by_mack(const std::vector<Step>& steps, std::size_t k) {
  if (k < 2 || !steps[k - 1].variance || !steps[k - 2].variance) return {};
  const double one = *steps[k - 1].variance, two = *steps[k - 2].variance;
  return two > 0 ? std::min({one * one / two, one, two}) : 0;
}

/// exp of the line through (k, log sigma), squared.
std::optional<double> by_line(const std::vector<Step>& steps, std::size_t at) {
  double n = 0, x = 0, y = 0, xx = 0, xy = 0;
  for (std::size_t k = 0; k < steps.size(); ++k) {
    if (!steps[k].variance || *steps[k].variance <= 0) continue;
    const auto position = static_cast<double>(k);
    const double log_sigma = std::log(*steps[k].variance) / 2;
    ++n;
    x += position;
    y += log_sigma;
    xx += position * position;
    xy += position * log_sigma;
  }
  if (n < 2) return {};
  const double rise = (n * xy - x * y) / (n * xx - x * x), start = (y - rise * x) / n;
  return std::exp(2 * (start + rise * static_cast<double>(at)));
}

void guess_variances(std::vector<Step>& steps, SigmaRule rule) {
  const auto known = steps;
  for (std::size_t k = 0; k < steps.size(); ++k)
    if (!steps[k].variance) steps[k].variance = rule == SigmaRule::Mack ? by_mack(steps, k) : by_line(known, k);
}

/// Of one year and of all: the sum over the steps to come of variance / factor^2 x (1 / claims + 1 / claims before).
void fill_errors(ChainLadder& result, const Triangle& triangle, const std::vector<Step>& steps) {
  double total = 0;
  bool known = true;
  for (std::size_t i = 0; i < triangle.size(); ++i) {
    double claims = result.latest[i], own = 0, shared = 0, later = 0;
    bool row_known = true;
    for (std::size_t k = triangle[i].size() - 1; k < steps.size(); ++k) {
      if (!steps[k].variance || claims <= 0) {
        row_known = steps[k].variance.has_value();
        break;
      }
      const double relative = *steps[k].variance / (steps[k].factor() * steps[k].factor());
      own += relative * (1 / claims + 1 / steps[k].before);
      shared += 2 * relative / steps[k].before;
      claims *= steps[k].factor();
    }
    for (std::size_t j = i + 1; j < triangle.size(); ++j) later += result.ultimate[j];
    result.se.push_back(row_known ? std::optional(result.ultimate[i] * std::sqrt(own)) : std::nullopt);
    known = known && row_known;
    total += result.ultimate[i] * (result.ultimate[i] * own + later * shared);
  }
  if (known) result.total_se = std::sqrt(total);
}

}  // namespace

std::optional<ChainLadder> chain_ladder(const Triangle& triangle, std::size_t periods, SigmaRule rule) {
  auto steps = steps_of(triangle, periods);
  ChainLadder result;
  for (const auto& step : steps) {
    if (step.before <= 0 || step.after <= 0) return {};
    result.factors.push_back(step.factor());
  }
  guess_variances(steps, rule);
  for (const auto& row : triangle) {
    double ultimate = row.back();
    for (std::size_t k = row.size() - 1; k < result.factors.size(); ++k) ultimate *= result.factors[k];
    result.latest.push_back(row.back());
    result.ultimate.push_back(ultimate);
    result.reserve.push_back(ultimate - row.back());
    result.total_reserve += ultimate - row.back();
  }
  fill_errors(result, triangle, steps);
  return result;
}

std::vector<double> bornhuetter_ferguson(const Triangle& triangle, std::span<const double> factors, std::span<const double> expected) {
  std::vector<double> reserves;
  for (std::size_t i = 0; i < triangle.size(); ++i) {
    double to_come = 1;
    for (std::size_t k = triangle[i].size() - 1; k < factors.size(); ++k) to_come *= factors[k];
    reserves.push_back(expected[i] * (1 - 1 / to_come));
  }
  return reserves;
}

}  // namespace pilar::math
