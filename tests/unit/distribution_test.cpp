#include "math/distribution.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "base/result.h"

namespace pilar::distribution_test {

using namespace pilar::math;

void expect_close(double found, double expected, const char* what) {
  EXPECT_LE(std::fabs(found - expected), 1e-12 * std::fabs(expected)) << what << ": " << found << " instead of " << expected;
}

// Every expected value was printed by R 4.2.2 with 17 digits; the call is the third argument.
TEST(Distribution, AgreesWithR) {
  expect_close(normal_quantile(0.975), 1.9599639845400536, "qnorm(.975)");
  expect_close(normal_quantile(1e-300), -37.047096299361201, "qnorm(1e-300)");
  expect_close(normal_two_sided(0.99), 2.5758293035488999, "qnorm(.995)");
  expect_close(normal_cdf(-8), 6.2209605742717849e-16, "pnorm(-8)");
  expect_close(normal_tail(1.5), 0.066807201268858071, "pnorm(1.5, lower=F)");
  expect_close(t_two_sided(0.95, 299), 1.9679296690656691, "qt(.975, 299)");
  expect_close(t_quantile(0.975, 1), 12.706204736174694, "qt(.975, 1)");
  expect_close(t_cdf(2.1, 7.5), 0.96438146427096094, "pt(2.1, 7.5)");
  expect_close(t_tail(40, 3), 1.719034039457927e-05, "pt(-40, 3)");
  expect_close(t_quantile(0.995, 2.5), 7.1637281389488026, "qt(.995, 2.5)");
  expect_close(chi_squared_tail(3.841, 1), 0.050013683763956873, "pchisq(3.841, 1, lower=F)");
  expect_close(chi_squared_quantile(0.95, 7), 14.067140449340167, "qchisq(.95, 7)");
  expect_close(chi_squared_tail(300, 10), 1.5546747543803181e-58, "pchisq(300, 10, lower=F)");
  expect_close(f_tail(4, 3, 20), 0.022076999662362429, "pf(4, 3, 20, lower=F)");
  expect_close(f_quantile(0.95, 5, 2.5), 12.162789079910977, "qf(.95, 5, 2.5)");
  // Far enough out for the fallback: 45 x^2 = p.
  expect_close(beta_quantile(1e-300, 2, 9), 1.4907119849998705e-151, "qbeta(1e-300, 2, 9)");
  expect_close(beta_cdf(0.3, 2.5, 7), 0.64122246297172114, "pbeta(.3, 2.5, 7)");
  expect_close(beta_quantile(0.025, 81, 183), 0.25273674558527115, "qbeta(.025, 81, 183)");
  expect_close(beta_quantile(0.025, 0.5, 20.5), 2.4246478459242726e-05, "qbeta(.025, .5, 20.5)");
  expect_close(gamma_cdf(3, 2.5, 1.5), 0.45058404864721979, "pgamma(3, 2.5, scale=1.5)");
  expect_close(gamma_quantile(0.9, 0.3, 2), 1.7696215467204881, "qgamma(.9, .3, scale=2)");
  expect_close(binomial_cdf(7, 20, 0.4), 0.41589293755753542, "pbinom(7, 20, .4)");
  expect_close(binomial_tail(15, 20, 0.4), 0.00031703112116863026, "pbinom(15, 20, .4, lower=F)");
  expect_close(poisson_cdf(3, 7.5), 0.059145459832683982, "ppois(3, 7.5)");
  expect_close(poisson_tail(20, 7.5), 3.8656641087208612e-05, "ppois(20, 7.5, lower=F)");
}

TEST(Distribution, QuantilesInvertCdfs) {
  for (const double p : {1e-10, 0.003, 0.2, 0.5, 0.9, 0.9999}) {
    EXPECT_NEAR(normal_cdf(normal_quantile(p)), p, 1e-13);
    EXPECT_NEAR(t_cdf(t_quantile(p, 4), 4), p, 1e-12);
    EXPECT_NEAR(chi_squared_cdf(chi_squared_quantile(p, 3), 3), p, 1e-12);
    EXPECT_NEAR(beta_cdf(beta_quantile(p, 0.5, 3), 0.5, 3), p, 1e-12);
    EXPECT_NEAR(gamma_cdf(gamma_quantile(p, 2, 5), 2, 5), p, 1e-12);
    EXPECT_NEAR(f_tail(f_quantile(p, 3, 9), 3, 9), 1 - p, 1e-12);
  }
}

// Cornish-Fisher: k + z sqrt(k) + (z^2 - 1) / 3, whose next term is below 1e-6 here.
TEST(Distribution, GammaOfVeryLargeShape) {
  EXPECT_NEAR(gamma_quantile(0.975, 1e12, 1), 1e12 + 1959964.9316930, 1e-2);
  EXPECT_NEAR(gamma_quantile(0.025, 1e12, 1), 1e12 - 1959963.0373871, 1e-2);
  EXPECT_NEAR(chi_squared_quantile(0.975, 2e12) / 2, gamma_quantile(0.975, 1e12, 1), 1e-2);
  EXPECT_NEAR(gamma_quantile(0.9, 0.99999e10, 1) / gamma_quantile(0.9, 1.00001e10, 1), 0.99998, 1e-9) << "both ways meet";
  for (const double z : {-6.0, -1.5, 0.0, 2.0, 5.5}) {
    const double k = std::floor(1e10 + z * 1e5);
    EXPECT_NEAR(poisson_cdf(k, 1e10) / poisson_cdf(k * (1 - 1e-9), 1e10 * (1 - 1e-9)), 1, 1e-3) << z << ": both ways meet";
    EXPECT_NEAR(poisson_cdf(k, 1e10) + poisson_tail(k, 1e10), 1, 1e-14);
  }
}

TEST(Distribution, CdfAndTailAddUpToOne) {
  EXPECT_NEAR(beta_cdf(0.4, 2, 3) + beta_tail(0.4, 2, 3), 1, 1e-15);
  EXPECT_NEAR(gamma_cdf(4, 2, 3) + gamma_tail(4, 2, 3), 1, 1e-15);
  double total = 0;
  for (int k = 0; k <= 12; ++k) total += binomial_probability(k, 12, 0.3);
  EXPECT_NEAR(total, 1, 1e-14);
  EXPECT_EQ(binomial_cdf(-1, 5, 0.5), 0);
  EXPECT_EQ(poisson_tail(-1, 5), 1);
  EXPECT_NEAR(poisson_probability(0, 2), std::exp(-2), 1e-15);
}

TEST(Distribution, AnArgumentOutOfRangeIsABug) {
  EXPECT_THROW((void)normal_quantile(1.5), Bug);
  EXPECT_THROW((void)beta_quantile(0.5, -1, 2), Bug);
  EXPECT_THROW((void)t_cdf(1, 0), Bug);
  EXPECT_THROW((void)normal_cdf(std::numeric_limits<double>::quiet_NaN()), Bug);
}

}  // namespace pilar::distribution_test
