#include "math/reliability.h"

#include <cmath>

#include "math/distribution.h"

namespace pilar::math {
namespace {

using Real = long double;  // sums of squares of large values must not overflow

constexpr Real kRounding = 1e-24L;  // of a variance, relative to what was added up: rounding alone

/// Sums of products of the items about their means, n x covariance.
class Products {
 public:
  explicit Products(std::span<const std::vector<double>> rows) : k_(rows.empty() ? 0 : rows.front().size()), sums_(k_ * k_) {
    for (std::size_t i = 0; i < k_; ++i) means_.push_back(mean_of(rows, i));
    std::vector<Real> deviation(k_);
    for (const auto& row : rows) {
      for (std::size_t i = 0; i < k_; ++i) deviation[i] = row[i] - means_[i];
      for (std::size_t i = 0; i < k_; ++i)
        for (std::size_t j = 0; j <= i; ++j) sums_[i * k_ + j] += deviation[i] * deviation[j];
    }
  }
  std::size_t items() const { return k_; }
  Real mean(std::size_t item) const { return means_[item]; }
  Real operator()(std::size_t i, std::size_t j) const { return i >= j ? sums_[i * k_ + j] : sums_[j * k_ + i]; }
  Real with_total(std::size_t item) const {
    Real sum = 0;
    for (std::size_t j = 0; j < k_; ++j) sum += (*this)(item, j);
    return sum;
  }

 private:
  /// About the first value, so that a column of equal values has exactly that mean.
  static Real mean_of(std::span<const std::vector<double>> rows, std::size_t item) {
    const Real first = rows.front()[item];
    Real sum = 0;
    for (const auto& row : rows) sum += row[item] - first;
    return first + sum / static_cast<Real>(rows.size());
  }

  std::size_t k_;
  std::vector<Real> means_{}, sums_;
};

std::optional<double> correlation(Real product, Real square1, Real square2) {
  if (square1 <= 0 || square2 <= 0) return {};
  return static_cast<double>(product / std::sqrt(square1) / std::sqrt(square2));
}

/// `trace` is the sum of the items' own squares, `total` the square of their sum.
std::optional<double> alpha_of(std::size_t items, Real trace, Real total) {
  if (items < 2 || total <= kRounding * trace) return {};
  const auto k = static_cast<Real>(items);
  return static_cast<double>(k / (k - 1) * (1 - trace / total));
}

std::optional<double> average_correlation(const Products& products) {
  Real sum = 0;
  const auto k = products.items();
  for (std::size_t i = 0; i < k; ++i)
    for (std::size_t j = 0; j < i; ++j) {
      const auto r = correlation(products(i, j), products(i, i), products(j, j));
      if (!r) return {};
      sum += *r;
    }
  if (k < 2) return {};
  return static_cast<double>(sum / (static_cast<Real>(k * (k - 1)) / 2));
}

}  // namespace

Reliability reliability(std::span<const std::vector<double>> rows) {
  const Products products(rows);
  const auto k = products.items();
  Real trace = 0, total = 0;
  for (std::size_t i = 0; i < k; ++i) {
    trace += products(i, i);
    total += products.with_total(i);
  }
  Reliability result;
  result.alpha = alpha_of(k, trace, total);
  result.average_r = average_correlation(products);
  if (const double count = static_cast<double>(k), r = result.average_r.value_or(0); result.average_r && 1 + (count - 1) * r > 0)
    result.std_alpha = count * r / (1 + (count - 1) * r);
  for (std::size_t i = 0; i < k; ++i) {
    const Real own = products(i, i), with_total = products.with_total(i), rest = total - 2 * with_total + own;
    const Real rest_varies = rest > kRounding * trace ? rest : 0, total_varies = total > kRounding * trace ? total : 0;
    ItemReliability item{static_cast<double>(products.mean(i))};
    if (rows.size() > 1) item.sd = static_cast<double>(std::sqrt(own / static_cast<Real>(rows.size() - 1)));
    item.item_total_r = correlation(with_total, own, total_varies);
    item.corrected_item_total_r = correlation(with_total - own, own, rest_varies);
    item.alpha_if_deleted = alpha_of(k - 1, trace - own, rest_varies);
    result.items.push_back(item);
  }
  return result;
}

std::optional<double> critical_r(std::size_t n, double level) {
  if (n < 3) return {};
  const auto df = static_cast<double>(n - 2);
  const double t = t_two_sided(level, df);
  return t / std::sqrt(df + t * t);
}

}  // namespace pilar::math
