#include "math/aggregate_loss.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <random>

#include "math/distribution.h"

namespace pilar::math {
namespace {

constexpr double kLeftOver = 1e-12, kDone = 1e-10;
constexpr long double kSmallestLog = -11'000;  // of a long double: exp(-11355) is still normal

/// Mean and variance of a lattice law.
std::pair<double, double> moments(const Lattice& law) {
  long double mean = 0, square = 0;
  for (std::size_t i = 0; i < law.mass.size(); ++i) {
    const auto x = static_cast<long double>(i) * law.step;
    mean += x * law.mass[i];
    square += x * x * law.mass[i];
  }
  return {static_cast<double>(mean), static_cast<double>(square - mean * mean)};
}

/// A number in [0,1) with 53 bits, the same on every machine.
double uniform(std::mt19937_64& engine) { return static_cast<double>(engine() >> 11U) * 0x1p-53; }

/// Running sums, to draw by inversion.
std::vector<double> cumulative(const std::vector<double>& mass) {
  std::vector<double> out(mass.size());
  std::partial_sum(mass.begin(), mass.end(), out.begin());
  return out;
}

std::size_t draw_index(const std::vector<double>& sums, double u) {
  const auto at = std::ranges::upper_bound(sums, u * sums.back());
  return static_cast<std::size_t>(std::min(at, sums.end() - 1) - sums.begin());
}

/// P(N = 0), P(N = 1) ... until next to nothing is left; empty where that takes more than kMostCounts of them.
std::vector<double> count_masses(const ClaimCount& count) {
  std::vector<double> out;
  long double mass = std::exp(static_cast<long double>(count.log_generating(0))), sum = 0;
  for (double k = 1; sum < 1 - kLeftOver || k <= count.mean(); ++k) {
    if (out.size() == kMostCounts) return {};
    out.push_back(static_cast<double>(mass));
    sum += mass;
    const auto before = mass;
    mass *= std::max(0.0, count.a() + count.b() / k);
    if (mass == 0 || (mass == before && k > count.mean())) break;
  }
  return out;
}

}  // namespace

ClaimCount::ClaimCount(Law law, double first, double second) : law_(law), first_(first), second_(second) {}

ClaimCount ClaimCount::poisson(double mean) {
  ClaimCount out(Law::Poisson, mean, 0);
  out.b_ = out.mean_ = out.variance_ = mean;
  return out;
}

ClaimCount ClaimCount::binomial(double trials, double p) {
  ClaimCount out(Law::Binomial, trials, p);
  out.a_ = -p / (1 - p);
  out.b_ = (trials + 1) * p / (1 - p);
  out.mean_ = trials * p;
  out.variance_ = trials * p * (1 - p);
  return out;
}

ClaimCount ClaimCount::negative_binomial(double r, double beta) {
  ClaimCount out(Law::NegativeBinomial, r, beta);
  out.a_ = beta / (1 + beta);
  out.b_ = (r - 1) * beta / (1 + beta);
  out.mean_ = r * beta;
  out.variance_ = r * beta * (1 + beta);
  return out;
}

double ClaimCount::log_generating(double z) const {
  switch (law_) {
    case Law::Poisson:
      return first_ * (z - 1);
    case Law::Binomial:
      return first_ * std::log1p(second_ * (z - 1));
    case Law::NegativeBinomial:
      break;
  }
  return -first_ * std::log1p(second_ * (1 - z));
}

double claim_cdf(const ClaimSize& size, double x) {
  if (x <= 0) return 0;
  switch (size.law) {
    case ClaimLaw::Exponential:
      return -std::expm1(-x / size.mean);
    case ClaimLaw::Gamma: {
      const double shape = 1 / (size.cv * size.cv);
      return gamma_cdf(x, shape, size.mean / shape);
    }
    case ClaimLaw::Lognormal:
      break;
  }
  const double variance = std::log1p(size.cv * size.cv);
  return normal_cdf((std::log(x / size.mean) + variance / 2) / std::sqrt(variance));
}

std::optional<Lattice> discretise(const ClaimSize& size, double step, std::size_t most) {
  Lattice out{step, {}};
  double below = 0;
  while (1 - below > kLeftOver) {
    if (out.mass.size() == most) return {};
    const double up_to = claim_cdf(size, (static_cast<double>(out.mass.size()) + 0.5) * step);
    out.mass.push_back(up_to - below);
    below = up_to;
  }
  out.mass.back() += 1 - below;
  return out;
}

double AggregateLoss::cdf(double x) const {
  if (x < 0) return 0;
  const double points = std::min(std::floor(x / total.step * (1 + 1e-14)) + 1, static_cast<double>(total.mass.size()));
  return std::min(1.0, std::accumulate(total.mass.begin(), total.mass.begin() + static_cast<std::ptrdiff_t>(points), 0.0));
}

std::optional<double> AggregateLoss::quantile(double p) const {
  long double sum = 0;
  for (std::size_t i = 0; i < total.mass.size(); ++i) {
    sum += total.mass[i];
    if (sum >= static_cast<long double>(p) * (1 - 1e-15L)) return static_cast<double>(i) * total.step;
  }
  return {};
}

std::optional<double> AggregateLoss::tail_mean(double p) const {
  const auto value = quantile(p);
  if (!value) return {};
  return *value + stop_loss(*value) / (1 - p);
}

double AggregateLoss::stop_loss(double retention) const {
  long double kept = 0;  // E[(retention - S)+]
  for (std::size_t i = 0; i < total.mass.size(); ++i) {
    const auto x = static_cast<long double>(i) * total.step;
    if (x >= retention) break;
    kept += (retention - x) * total.mass[i];
  }
  return std::max(0.0, static_cast<double>(mean - retention + kept));
}

std::optional<AggregateLoss> aggregate_loss(const ClaimCount& count, const Lattice& claim, std::size_t most) {
  const long double log_zero = count.log_generating(claim.mass.front());
  if (log_zero < kSmallestLog) return {};
  const auto [size, spread] = moments(claim);
  AggregateLoss out{{claim.step, {}}, count.mean() * size, std::sqrt(count.mean() * spread + count.variance() * size * size), 0};
  std::vector<long double> mass{std::exp(log_zero)};
  const long double a = count.a(), b = count.b(), scale = 1 / (1 - a * claim.mass.front());
  long double sum = mass.front();
  while (1 - sum > kDone && mass.size() < most) {
    const auto s = mass.size();
    long double next = 0;
    for (std::size_t j = 1; j <= std::min(s, claim.mass.size() - 1); ++j)
      next += (a + b * static_cast<long double>(j) / static_cast<long double>(s)) * claim.mass[j] * mass[s - j];
    mass.push_back(std::max(0.0L, next * scale));
    sum += mass.back();
  }
  out.total.mass.assign(mass.begin(), mass.end());
  out.mass_beyond = std::max(0.0, static_cast<double>(1 - sum));
  return out;
}

std::optional<SimulatedLoss> simulate_loss(const ClaimCount& count, const Lattice& claim, double limit, std::size_t draws,
                                           std::uint64_t seed) {
  const auto counts = cumulative(count_masses(count)), sizes = cumulative(claim.mass);
  if (counts.empty()) return {};
  std::mt19937_64 engine(seed);
  long double sum = 0, squares = 0, above = 0;
  for (std::size_t i = 0; i < draws; ++i) {
    std::size_t points = 0;
    for (auto claims = draw_index(counts, uniform(engine)); claims > 0; --claims) points += draw_index(sizes, uniform(engine));
    const auto total = static_cast<long double>(points) * claim.step;
    sum += total;
    squares += total * total;
    above += total > limit ? 1 : 0;
  }
  const auto n = static_cast<long double>(draws), mean = sum / n, share = above / n;
  const auto variance = draws > 1 ? std::max(0.0L, (squares - n * mean * mean) / (n - 1)) : 0;
  return SimulatedLoss{static_cast<double>(mean), static_cast<double>(std::sqrt(variance / n)), static_cast<double>(share),
                       static_cast<double>(std::sqrt(share * (1 - share) / n))};
}

}  // namespace pilar::math
