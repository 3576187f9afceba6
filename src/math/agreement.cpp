#include "math/agreement.h"

#include <algorithm>
#include <cmath>
#include <vector>

#include "base/result.h"
#include "math/distribution.h"

namespace pilar::math {
namespace {

struct Margins {
  std::vector<double> rows, columns;  ///< shares
};

Margins margins_of(std::span<const std::int64_t> table, std::size_t k, double n) {
  Margins out{std::vector<double>(k), std::vector<double>(k)};
  for (std::size_t i = 0; i < k; ++i)
    for (std::size_t j = 0; j < k; ++j) {
      const auto share = static_cast<double>(table[i * k + j]) / n;
      out.rows[i] += share;
      out.columns[j] += share;
    }
  return out;
}

/// Variance of kappa times n, as in formula 13 of Fleiss, Cohen and Everitt.
double spread_of(std::span<const std::int64_t> table, std::size_t k, double n, const Margins& margins, const Agreement& of) {
  const double kappa = *of.kappa, rest = 1 - kappa;
  double same = 0, other = 0;
  for (std::size_t i = 0; i < k; ++i)
    for (std::size_t j = 0; j < k; ++j) {
      const auto share = static_cast<double>(table[i * k + j]) / n;
      const auto both = margins.columns[i] + margins.rows[j];
      if (i == j)
        same += share * std::pow(1 - both * rest, 2);
      else
        other += share * both * both;
    }
  const auto middle = kappa - of.expected * rest;
  return (same + rest * rest * other - middle * middle) / std::pow(1 - of.expected, 2);
}

}  // namespace

Agreement agreement(std::span<const std::int64_t> table, std::size_t k, double level) {
  require(k > 0 && table.size() == k * k, "a table of agreement is square");
  Agreement out;
  std::int64_t same = 0;
  for (std::size_t i = 0; i < k; ++i) {
    same += table[i * k + i];
    for (std::size_t j = 0; j < k; ++j) out.n += table[i * k + j];
  }
  if (out.n == 0) return out;
  const auto n = static_cast<double>(out.n);
  const auto margins = margins_of(table, k, n);
  out.observed = static_cast<double>(same) / n;
  std::size_t used = 0;
  for (std::size_t i = 0; i < k; ++i) {
    out.expected += margins.rows[i] * margins.columns[i];
    if (margins.rows[i] > 0 || margins.columns[i] > 0) ++used;
  }
  if (used < 2) return out;  // nothing could have differed
  out.kappa = (out.observed - out.expected) / (1 - out.expected);
  out.se = std::sqrt(std::max(0.0, spread_of(table, k, n, margins, out)) / n);
  if (same == out.n) return out;
  const auto reach = normal_two_sided(level) * *out.se;
  out.ci = Interval{std::max(-1.0, *out.kappa - reach), std::min(1.0, *out.kappa + reach)};
  return out;
}

}  // namespace pilar::math
