#pragma once
#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

/// What many claims cost together: the sum of a random number of claims of random size, on a lattice.
namespace pilar::math {

/// The number of claims: the class whose probabilities follow p(k) = p(k-1) (a + b / k). Source: Panjer (1981), ASTIN Bulletin 12:22-26.
class ClaimCount {
 public:
  static ClaimCount poisson(double mean);                    ///< mean > 0
  static ClaimCount binomial(double trials, double p);       ///< trials >= 1, p in (0,1)
  static ClaimCount negative_binomial(double r, double beta);  ///< r > 0, beta > 0: mean r beta, variance r beta (1 + beta)

  double a() const { return a_; }
  double b() const { return b_; }
  double mean() const { return mean_; }
  double variance() const { return variance_; }
  /// log of E[z^N], z in [0,1]
  double log_generating(double z) const;

 private:
  enum class Law : unsigned char { Poisson, Binomial, NegativeBinomial };
  ClaimCount(Law law, double first, double second);
  Law law_;
  double first_, second_, a_ = 0, b_ = 0, mean_ = 0, variance_ = 0;
};

/// Probabilities of 0, step, 2 step ...; they add up to 1.
struct Lattice {
  double step = 1;
  std::vector<double> mass{};
};

enum class ClaimLaw : unsigned char { Exponential, Gamma, Lognormal };
/// A continuous claim by its mean and coefficient of variation (of an exponential always 1).
struct ClaimSize {
  ClaimLaw law = ClaimLaw::Exponential;
  double mean = 1, cv = 1;  ///< > 0
};
double claim_cdf(const ClaimSize& size, double x);
/// Rounded to the lattice: each point takes the mass from half a step below to half a step above. The last point takes what is left
/// where that is below 1e-12; empty where more than `most` points would be needed.
std::optional<Lattice> discretise(const ClaimSize& size, double step, std::size_t most);

/// The distribution of the sum on the lattice of the claims.
struct AggregateLoss {
  Lattice total{};
  double mean = 0, sd = 0;    ///< exact for the lattice claims
  double mass_beyond = 0;     ///< probability of sums beyond the last point

  double cdf(double x) const;          ///< P(S <= x)
  std::optional<double> quantile(double p) const;  ///< least lattice point with P(S <= x) >= p; empty beyond the last point
  std::optional<double> tail_mean(double p) const; ///< mean of the worst 1 - p; empty where the quantile is
  double stop_loss(double retention) const;        ///< E[(S - retention)+], 0 <= retention
};
/// Panjer's recursion, in long double so that P(S = 0) may be as small as 1e-4900. Goes on until all but 1e-10 of the mass is there, at
/// most `most` points. Empty where P(S = 0) is smaller still.
std::optional<AggregateLoss> aggregate_loss(const ClaimCount& count, const Lattice& claim, std::size_t most);

/// A check by simulation: the same claims drawn `draws` times. `seed` makes it the same everywhere.
struct SimulatedLoss {
  double mean = 0, mean_se = 0;
  double exceeds = 0, exceeds_se = 0;  ///< share of draws above `limit`
};
/// Numbers of claims that a simulation tells apart.
inline constexpr std::size_t kMostCounts = 2'000'000;
/// Empty where the number of claims may reach kMostCounts with more than 1e-12 of the probability.
std::optional<SimulatedLoss> simulate_loss(const ClaimCount& count, const Lattice& claim, double limit, std::size_t draws,
                                           std::uint64_t seed);

}  // namespace pilar::math
