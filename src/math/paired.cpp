#include "math/paired.h"

#include <algorithm>
#include <cmath>
#include <vector>

#include "math/describe.h"
#include "math/distribution.h"

namespace pilar::math {
namespace {

struct SignedRanks {
  double v = 0, n = 0, ties = 0;  ///< ties: sum of t^3 - t over groups of equal sizes
};

SignedRanks signed_ranks(std::span<const double> differences) {
  std::vector<double> left;
  for (const double one : differences)
    if (one != 0) left.push_back(one);
  std::sort(left.begin(), left.end(), [](double a, double b) { return std::abs(a) < std::abs(b); });
  SignedRanks ranks;
  ranks.n = static_cast<double>(left.size());
  for (std::size_t first = 0; first < left.size();) {
    auto last = first;
    while (last + 1 < left.size() && std::abs(left[last + 1]) == std::abs(left[first])) ++last;
    const auto size = static_cast<double>(last - first + 1);
    const double rank = static_cast<double>(first + last) / 2 + 1;
    for (auto i = first; i <= last; ++i) ranks.v += left[i] > 0 ? rank : 0;
    ranks.ties += size * size * size - size;
    first = last + 1;
  }
  return ranks;
}

double signed_rank_p(const SignedRanks& ranks) {
  const auto [v, n, ties] = ranks;
  const double away = v - n * (n + 1) / 4, sigma = std::sqrt(n * (n + 1) * (2 * n + 1) / 24 - ties / 48);
  const double corrected = std::abs(away) - (away == 0 ? 0 : 0.5);
  return std::min(1.0, 2 * normal_tail(corrected / sigma));
}

}  // namespace

Paired paired(std::span<const double> differences, double level) {
  const auto summary = describe(differences, {}, WeightKind::Sampling, level);
  Paired result{differences.size(), summary.mean, summary.sd, {}, {}, summary.ci, {}, {}};
  if (summary.se && *summary.se > 0) {
    result.t = *summary.mean / *summary.se;
    result.p = 2 * t_tail(std::abs(*result.t), static_cast<double>(differences.size() - 1));
  }
  const auto ranks = signed_ranks(differences);
  if (ranks.n > 0) {
    result.wilcoxon_v = ranks.v;
    result.wilcoxon_p = signed_rank_p(ranks);
  }
  return result;
}

}  // namespace pilar::math
