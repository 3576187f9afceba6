#include "math/distribution.h"

#include <bit>
#include <boost/math/distributions/beta.hpp>
#include <boost/math/distributions/binomial.hpp>
#include <boost/math/distributions/chi_squared.hpp>
#include <boost/math/distributions/fisher_f.hpp>
#include <boost/math/distributions/gamma.hpp>
#include <boost/math/distributions/normal.hpp>
#include <boost/math/distributions/poisson.hpp>
#include <boost/math/distributions/students_t.hpp>
#include <boost/math/special_functions/digamma.hpp>
#include <boost/math/special_functions/gamma.hpp>
#include <boost/math/special_functions/trigamma.hpp>
#include <cmath>
#include <cstdint>
#include <string>

#include "base/result.h"

namespace pilar::math {
namespace {

namespace bm = boost::math;

// Overflow and underflow are answers here (infinity, zero); everything else that fails is a wrong argument.
using Policy = bm::policies::policy<bm::policies::overflow_error<bm::policies::ignore_error>,
                                    bm::policies::underflow_error<bm::policies::ignore_error>>;
using Normal = bm::normal_distribution<double, Policy>;
using StudentsT = bm::students_t_distribution<double, Policy>;
using ChiSquared = bm::chi_squared_distribution<double, Policy>;
using FisherF = bm::fisher_f_distribution<double, Policy>;
using Beta = bm::beta_distribution<double, Policy>;
using Gamma = bm::gamma_distribution<double, Policy>;
using Binomial = bm::binomial_distribution<double, Policy>;
using Poisson = bm::poisson_distribution<double, Policy>;

/// Where Boost.Math gives up on the gamma law, that of Wilson and Hilferty (1931, PNAS 17:684-688) has 15 digits of its quantiles.
constexpr double kLargeShape = 1e10;

/// The z of the normal law that belongs to x of a gamma law of scale 1.
double wilson_hilferty(double x, double shape) { return (std::cbrt(x / shape) - 1 + 1 / (9 * shape)) * 3 * std::sqrt(shape); }

/// Runs a Boost.Math call; its complaint becomes a Bug.
template <class Call>
double checked(Call call) {
  try {
    return call();
  } catch (const std::exception& error) { throw Bug(std::string("distribution: ") + error.what()); }
}

template <class Law, class... Parameters>
double cdf_of(double x, Parameters... parameters) {
  return checked([&] { return bm::cdf(Law(parameters...), x); });
}

template <class Law, class... Parameters>
double tail_of(double x, Parameters... parameters) {
  return checked([&] { return bm::cdf(bm::complement(Law(parameters...), x)); });
}

enum class Side : std::uint8_t { Lower, Upper };

/// The smallest x >= 0 whose probability on `side` reaches p, to the last bit: non-negative doubles are ordered as their bits.
template <class Law>
double bisected(const Law& law, double p, Side side) {
  auto below = std::bit_cast<std::int64_t>(0.0), reached = std::bit_cast<std::int64_t>(bm::support(law).second);
  while (reached - below > 1) {
    const auto middle = below + (reached - below) / 2;
    const auto x = std::bit_cast<double>(middle);
    const bool enough = side == Side::Lower ? bm::cdf(law, x) >= p : bm::cdf(bm::complement(law, x)) <= p;
    (enough ? reached : below) = middle;
  }
  return std::bit_cast<double>(reached);
}

/// Of a law on [0, ...), or of the right half of one on the whole line.
template <class Law, class... Parameters>
double quantile_of(double p, Side side, Parameters... parameters) {
  return checked([&] {
    const Law law(parameters...);
    try {
      return side == Side::Lower ? bm::quantile(law, p) : bm::quantile(bm::complement(law, p));
    } catch (const bm::evaluation_error&) {  // its root finder gives up on a few far tails, such as F(6, 1) at 3e-13
      return bisected(law, p, side);
    }
  });
}

}  // namespace

double normal_cdf(double z) { return cdf_of<Normal>(z); }
double normal_tail(double z) { return tail_of<Normal>(z); }
double normal_quantile(double p) { return quantile_of<Normal>(p, Side::Lower); }
double normal_two_sided(double level) { return quantile_of<Normal>((1 - level) / 2, Side::Upper); }

double t_cdf(double t, double df) { return cdf_of<StudentsT>(t, df); }
double t_tail(double t, double df) { return tail_of<StudentsT>(t, df); }
// By symmetry always from the right half.
double t_quantile(double p, double df) {
  return p < 0.5 ? -quantile_of<StudentsT>(p, Side::Upper, df) : quantile_of<StudentsT>(1 - p, Side::Upper, df);
}
double t_two_sided(double level, double df) { return quantile_of<StudentsT>((1 - level) / 2, Side::Upper, df); }

double chi_squared_cdf(double x, double df) { return cdf_of<ChiSquared>(x, df); }
double chi_squared_tail(double x, double df) { return tail_of<ChiSquared>(x, df); }
double chi_squared_quantile(double p, double df) { return gamma_quantile(p, df / 2, 2); }

double f_tail(double f, double df1, double df2) { return tail_of<FisherF>(f, df1, df2); }
double f_quantile(double p, double df1, double df2) { return quantile_of<FisherF>(p, Side::Lower, df1, df2); }

double beta_cdf(double x, double a, double b) { return cdf_of<Beta>(x, a, b); }
double beta_tail(double x, double a, double b) { return tail_of<Beta>(x, a, b); }
double beta_quantile(double p, double a, double b) { return quantile_of<Beta>(p, Side::Lower, a, b); }

double gamma_cdf(double x, double shape, double scale) {
  return shape >= kLargeShape ? normal_cdf(wilson_hilferty(x / scale, shape)) : cdf_of<Gamma>(x, shape, scale);
}
double gamma_tail(double x, double shape, double scale) {
  return shape >= kLargeShape ? normal_tail(wilson_hilferty(x / scale, shape)) : tail_of<Gamma>(x, shape, scale);
}
double gamma_quantile(double p, double shape, double scale) {
  if (!(shape >= kLargeShape)) return quantile_of<Gamma>(p, Side::Lower, shape, scale);
  const double third = 1 / (9 * shape);
  return scale * shape * std::pow(1 - third + normal_quantile(p) * std::sqrt(third), 3);
}

double binomial_cdf(double k, double n, double p) { return k < 0 ? 0 : cdf_of<Binomial>(k, n, p); }
double binomial_tail(double k, double n, double p) { return k < 0 ? 1 : tail_of<Binomial>(k, n, p); }
double binomial_probability(double k, double n, double p) {
  return checked([&] { return bm::pdf(Binomial(n, p), k); });
}

// The count is at most k where the gamma law of shape k + 1 is above the mean.
double poisson_cdf(double k, double mean) {
  if (k >= kLargeShape) return gamma_tail(mean, k + 1, 1);
  return k < 0 ? 0 : cdf_of<Poisson>(k, mean);
}
double poisson_tail(double k, double mean) {
  if (k >= kLargeShape) return gamma_cdf(mean, k + 1, 1);
  return k < 0 ? 1 : tail_of<Poisson>(k, mean);
}
double poisson_probability(double k, double mean) {
  return checked([&] { return bm::pdf(Poisson(mean), k); });
}

double log_gamma(double x) {
  return checked([&] { return bm::lgamma(x, Policy()); });
}
double digamma(double x) {
  return checked([&] { return bm::digamma(x, Policy()); });
}
double trigamma(double x) {
  return checked([&] { return bm::trigamma(x, Policy()); });
}

}  // namespace pilar::math
