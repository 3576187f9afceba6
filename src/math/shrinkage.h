#pragma once
#include <optional>
#include <span>
#include <vector>

#include "math/interval.h"

/// Small groups judged with what all groups teach (empirical Bayes).
namespace pilar::math {

/// x of n, 0 <= x <= n, n > 0.
struct Trial {
  double x = 0, n = 0;
};

/// The beta law of the groups' true proportions.
struct BetaPrior {
  double alpha = 0, beta = 0;
};

/// Maximum likelihood of the beta-binomial law; empty when the groups vary no more than chance alone makes them (Tarone's sum is not
/// above its expectation), or when there is no variation to learn from.
/// Sources: Skellam (1948), J. R. Stat. Soc. B 10:257-261; Tarone (1979), Biometrika 66:585-590.
std::optional<BetaPrior> beta_binomial_fit(std::span<const Trial> trials);

inline constexpr double kRankWork = 3e6;  ///< some seconds
/// Mean rank of each group, 1 the highest proportion, over the posteriors Beta(alpha + x, beta + n - x):
/// 1 + sum over the others of P(theirs > own), trial by trial where whole numbers of them are not too many, else by Gauss-Legendre
/// quadrature. Empty where that takes more than `work`, counted in tails of beta laws with small shapes: many groups of many cases each.
std::optional<std::vector<double>> expected_ranks(std::span<const Trial> trials, const BetaPrior& prior, double work = kRankWork);

}  // namespace pilar::math
