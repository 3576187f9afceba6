#include "math/shrinkage.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <utility>

#include "math/distribution.h"

namespace pilar::math {
namespace {

/// Whether the groups vary more than binomially about the pooled proportion.
bool varies(std::span<const Trial> trials) {
  double x = 0, n = 0;
  for (const auto& trial : trials) {
    x += trial.x;
    n += trial.n;
  }
  const double p = x / n;
  if (p <= 0 || p >= 1) return false;
  double sum = 0;
  for (const auto& trial : trials) sum += (trial.x - trial.n * p) * (trial.x - trial.n * p) / (p * (1 - p));
  return sum > n;
}

double log_likelihood(std::span<const Trial> trials, const BetaPrior& prior) {
  const auto [a, b] = prior;
  double sum = 0;
  const auto rises = [](double from, double by) { return log_gamma(from + by) - log_gamma(from); };
  for (const auto& [x, n] : trials) sum += rises(a, x) + rises(b, n - x) - rises(a + b, n);
  return sum;
}

/// First and second derivatives of the log-likelihood.
struct Slope {
  double a = 0, b = 0, aa = 0, bb = 0, ab = 0;
};

Slope slope(std::span<const Trial> trials, const BetaPrior& prior) {
  const auto [a, b] = prior;
  Slope s;
  for (const auto& [x, n] : trials) {
    const double both = digamma(a + b) - digamma(a + b + n), both2 = trigamma(a + b) - trigamma(a + b + n);
    s.a += digamma(a + x) - digamma(a) + both;
    s.b += digamma(b + n - x) - digamma(b) + both;
    s.aa += trigamma(a + x) - trigamma(a) + both2;
    s.bb += trigamma(b + n - x) - trigamma(b) + both2;
    s.ab += both2;
  }
  return s;
}

/// Moments: the mean, and a spread that is not too far from likely.
BetaPrior start(std::span<const Trial> trials) {
  double x = 0, n = 0;
  for (const auto& trial : trials) {
    x += trial.x;
    n += trial.n;
  }
  const double p = x / n;
  BetaPrior best{p, 1 - p};
  double most = log_likelihood(trials, best);
  constexpr double kStep = 1.3;
  constexpr int kSteps = 80;
  double size = 0.01;
  for (int i = 0; i < kSteps; ++i, size *= kStep) {
    const BetaPrior here{p * size, (1 - p) * size};
    if (const double likelihood = log_likelihood(trials, here); likelihood > most) {
      most = likelihood;
      best = here;
    }
  }
  return best;
}

/// One step of Newton on the logarithms of alpha and beta, uphill and not longer than the likelihood grows.
std::optional<BetaPrior> improved(std::span<const Trial> trials, const BetaPrior& prior) {
  const auto s = slope(trials, prior);
  const double ga = s.a * prior.alpha, gb = s.b * prior.beta;
  const double haa = s.aa * prior.alpha * prior.alpha + ga, hbb = s.bb * prior.beta * prior.beta + gb,
               hab = s.ab * prior.alpha * prior.beta;
  const double determinant = haa * hbb - hab * hab;
  const bool peak = haa < 0 && determinant > 0;
  double da = peak ? -(hbb * ga - hab * gb) / determinant : ga, db = peak ? -(haa * gb - hab * ga) / determinant : gb;
  const double before = log_likelihood(trials, prior);
  constexpr double kFar = 2, kNear = 1e-13;
  const double length = std::max(std::abs(da), std::abs(db));
  if (length > kFar) {
    da *= kFar / length;
    db *= kFar / length;
  }
  for (double part = 1; part * length > kNear; part /= 2) {
    const BetaPrior next{prior.alpha * std::exp(part * da), prior.beta * std::exp(part * db)};
    if (log_likelihood(trials, next) >= before) return next;
  }
  return {};
}

/// Gauss-Legendre with 10 nodes on [from, to].
template <class Function>
double integral(const Function& function, double from, double to) {
  constexpr std::array<std::pair<double, double>, 5> kNodes{{{0.1488743389816312, 0.2955242247147529},
                                                             {0.4333953941292472, 0.2692667193099964},
                                                             {0.6794095682990244, 0.2190863625159820},
                                                             {0.8650633666889845, 0.1494513491505806},
                                                             {0.9739065285171717, 0.0666713443086881}}};
  const double middle = (from + to) / 2, half = (to - from) / 2;
  double sum = 0;
  for (const auto& [node, weight] : kNodes) sum += weight * (function(middle - half * node) + function(middle + half * node));
  return sum * half;
}

/// The same in ever smaller parts where the function bends.
template <class Function>
double refined(const Function& function, double from, double to, double whole, int depth) {
  constexpr double kGood = 1e-7;
  const double middle = (from + to) / 2, left = integral(function, from, middle), right = integral(function, middle, to);
  if (depth == 0 || std::abs(left + right - whole) < kGood) return left + right;
  return refined(function, from, middle, left, depth - 1) + refined(function, middle, to, right, depth - 1);
}

/// How much is left of what one comparison of groups may cost.
class Budget {
 public:
  explicit Budget(double work) : left_(work) {}
  bool is_spent() const { return left_ < 0; }
  void spend(double cost) { left_ -= cost; }

 private:
  double left_;
};

struct Posterior {
  double a, b, low, high;  ///< [low, high] holds all but nothing of it

  double above(double x, Budget& budget) const {
    if (x <= low) return 1;
    if (x >= high || budget.is_spent()) return 0;
    constexpr double kSlower = 25, kSlowest = 1e6;  // a continued fraction is about as long as the root of the shape
    budget.spend(1 + std::sqrt(std::min({a, b, kSlowest})) / kSlower);
    return beta_tail(x, a, b);
  }
};

/// P(own > other) of two groups that begin with the same prior; each trial that one of them sees moves it by one term.
/// Source: Cook (2003), Exact Calculation of Beta Inequalities, M. D. Anderson Cancer Center, UTMDABTR-005-05.
class Duel {
 public:
  explicit Duel(const BetaPrior& prior) : a_(prior.alpha), b_(prior.beta), c_(prior.alpha), d_(prior.beta) {
    const auto log_beta = [](double x, double y) { return log_gamma(x) + log_gamma(y) - log_gamma(x + y); };
    term_ = std::exp(log_beta(2 * a_, 2 * b_) - 2 * log_beta(a_, b_));
  }
  double chance() const { return std::clamp(chance_, 0.0, 1.0); }
  void own(const Trial& trial) {
    each(trial, [&](bool success) { success ? see(a_, c_, b_, 1) : see(b_, d_, a_, -1); });
  }
  void other(const Trial& trial) {
    each(trial, [&](bool success) { success ? see(c_, a_, d_, -1) : see(d_, b_, c_, 1); });
  }

 private:
  /// Successes and failures by turns, so that what lies between is no further from the other group than the end.
  template <class Visit>
  static void each(const Trial& trial, Visit visit) {
    for (double k = 1, before = 0; k <= trial.n; ++k) {
      const double now = std::floor(trial.x * k / trial.n);
      visit(now > before);
      before = now;
    }
  }
  /// `shape` grows by one; `facing` is the same shape of the other group, `beside` the other shape of the same group.
  void see(double& shape, double facing, double beside, double sign) {
    chance_ += sign * term_ / shape;
    term_ *= (shape + facing) / (a_ + b_ + c_ + d_) * (shape + beside) / shape;
    // Numbers below the least normal one are slow and no longer exact: what is left of the term weighs nothing.
    if (term_ < std::numeric_limits<double>::min()) term_ = 0;
    ++shape;
  }

  double a_, b_, c_, d_, chance_ = 0.5, term_ = 0;
};

/// Whether the groups are small enough to be counted out trial by trial.
bool may_duel(std::span<const Trial> trials) {
  constexpr double kMostSteps = 3e8;
  double n = 0;
  for (const auto& trial : trials) {
    if (trial.x != std::floor(trial.x) || trial.n != std::floor(trial.n)) return false;
    n += trial.n;
  }
  return n * static_cast<double>(trials.size()) <= kMostSteps;
}

std::vector<double> ranks_by_duel(std::span<const Trial> trials, const BetaPrior& prior) {
  std::vector<double> ranks(trials.size(), 1);
  for (std::size_t i = 0; i < trials.size(); ++i) {
    Duel begun(prior);
    begun.own(trials[i]);
    for (std::size_t j = 0; j < i; ++j) {
      auto duel = begun;
      duel.other(trials[j]);
      ranks[i] += 1 - duel.chance();
      ranks[j] += duel.chance();
    }
  }
  return ranks;
}

}  // namespace

std::optional<BetaPrior> beta_binomial_fit(std::span<const Trial> trials) {
  if (trials.size() < 2 || !varies(trials)) return {};
  auto prior = start(trials);
  constexpr int kMostSteps = 200;
  constexpr double kLeast = 1e-3;  // groups of all or nothing: the likelihood rises for ever towards 0
  for (int i = 0; i < kMostSteps && std::min(prior.alpha, prior.beta) > kLeast; ++i) {
    const auto next = improved(trials, prior);
    if (!next) break;
    prior = *next;
  }
  constexpr double kNoVariation = 1e9;  // trials in the prior: no group's own data weigh anything
  if (prior.alpha + prior.beta > kNoVariation) return {};
  return prior;
}

std::optional<std::vector<double>> expected_ranks(std::span<const Trial> trials, const BetaPrior& prior, double work) {
  if (may_duel(trials)) return ranks_by_duel(trials, prior);
  constexpr double kRest = 1e-11;
  std::vector<Posterior> posteriors;
  for (const auto& [x, n] : trials) {
    const double a = prior.alpha + x, b = prior.beta + n - x;
    posteriors.push_back({a, b, beta_quantile(kRest, a, b), 1 - beta_quantile(kRest, b, a)});
  }
  // Substituting the own quantile makes the density 1: rank = 1 + integral over u of sum P(other > quantile(u)).
  std::vector<double> ranks;
  Budget budget(work);
  for (const auto& own : posteriors) {
    const auto others = [&](double u) {
      const double x = beta_quantile(u, own.a, own.b);
      double sum = 0;
      for (const auto& other : posteriors)
        if (&other != &own) sum += other.above(x, budget);
      return sum;
    };
    constexpr std::array<double, 6> kPanels{0, 0.001, 0.1, 0.9, 0.999, 1};  // the quantile bends near the ends
    constexpr int kDeepest = 8;
    double rank = 1;
    for (std::size_t i = 0; i + 1 < kPanels.size(); ++i)
      rank += refined(others, kPanels[i], kPanels[i + 1], integral(others, kPanels[i], kPanels[i + 1]), kDeepest);
    ranks.push_back(rank);
    if (budget.is_spent()) return {};
  }
  return ranks;
}

}  // namespace pilar::math
