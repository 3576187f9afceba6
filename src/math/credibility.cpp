#include "math/credibility.h"

#include "base/result.h"

namespace pilar::math {
namespace {

struct ClassTotal {
  double weight = 0, mean = 0, squares = 0;
};

ClassTotal total_of(const std::vector<ClassYear>& years) {
  ClassTotal total;
  for (const auto& [ratio, weight] : years) {
    total.weight += weight;
    total.mean += weight * ratio;
  }
  total.mean /= total.weight;
  for (const auto& [ratio, weight] : years) total.squares += weight * (ratio - total.mean) * (ratio - total.mean);
  return total;
}

}  // namespace

Credibility credibility(const std::vector<std::vector<ClassYear>>& classes) {
  double weight = 0, weight_squares = 0, mean = 0, squares = 0, degrees = 0;
  std::vector<ClassTotal> totals;
  for (const auto& years : classes) {
    require(!years.empty(), "a class has an observation");
    const auto& total = totals.emplace_back(total_of(years));
    weight += total.weight;
    weight_squares += total.weight * total.weight;
    mean += total.weight * total.mean;
    squares += total.squares;
    degrees += static_cast<double>(years.size() - 1);
  }
  require(classes.size() >= 2 && degrees > 0, "credibility compares classes that were observed repeatedly");
  mean /= weight;
  Credibility result;
  result.within_variance = squares / degrees;
  double spread = 0;
  for (const auto& total : totals) spread += total.weight * (total.mean - mean) * (total.mean - mean);
  const double between =
      weight / (weight * weight - weight_squares) * (spread - static_cast<double>(classes.size() - 1) * result.within_variance);
  result.cut_at_zero = between < 0;
  result.between_variance = between > 0 ? between : 0;
  double factors = 0, weighted = 0;
  for (const auto& total : totals) {
    const double grown = result.between_variance * total.weight;
    const double z = grown > 0 ? grown / (grown + result.within_variance) : 0;
    result.credibility.push_back(z);
    result.individual_means.push_back(total.mean);
    factors += z;
    weighted += z * total.mean;
  }
  result.collective = factors > 0 ? weighted / factors : mean;
  for (std::size_t i = 0; i < totals.size(); ++i)
    result.premium.push_back(result.collective + result.credibility[i] * (totals[i].mean - result.collective));
  return result;
}

}  // namespace pilar::math
