#include "math/aggregate_loss.h"

#include <gtest/gtest.h>

#include <cmath>

#include "math/distribution.h"
#include "support/calc_call.h"

namespace pilar::aggregate_loss_test {

using namespace pilar::calc_call;

constexpr const char* kKaas =
    R"({"frequency":{"law":"poisson","mean":4},"lattice":[0,0.25,0.5,0.25],"levels":[0.5,0.95],"retentions":[0,1,2],"income":2})";

/// The parameters of Kaas, Goovaerts, Dhaene and Denuit, Modern Actuarial Risk Theory, section 3.5; by hand f(0) = f(1) = e^-4 and
/// f(2) = 5/2 e^-4.
TEST(AggregateLoss, FollowsTheRecursionByHand) {
  const auto loss = math::aggregate_loss(math::ClaimCount::poisson(4), {1, {0, 0.25, 0.5, 0.25}}, 1000);
  ASSERT_TRUE(loss);
  const double zero = std::exp(-4.0);
  EXPECT_NEAR(loss->total.mass[0], zero, 1e-15);
  EXPECT_NEAR(loss->total.mass[1], zero, 1e-15);
  EXPECT_NEAR(loss->total.mass[2], 2.5 * zero, 1e-15);
  EXPECT_NEAR(loss->total.mass[3], 19.0 / 6 * zero, 1e-15);
  const auto body = result("aggregate_loss", kKaas);
  EXPECT_NEAR(number(body, "mean"), 8, 1e-12);
  EXPECT_NEAR(number(body, "sd"), std::sqrt(4 * 4.5), 1e-12);
  EXPECT_NEAR(number(body, "p_zero"), 0.0183, 5e-5);
  EXPECT_NEAR(number(body, "p_exceeds_income"), 1 - 4.5 * zero, 1e-12);
  EXPECT_NEAR(body.find("stop_loss")->find("0")->to_double().value(), 8, 1e-9);
  EXPECT_NEAR(body.find("stop_loss")->find("1")->to_double().value(), 7 + zero, 1e-9);
  EXPECT_NEAR(body.find("stop_loss")->find("2")->to_double().value(), 6 + 3 * zero, 1e-9);
  EXPECT_EQ(shown(body, "simulation"), "null");
}

/// Claims of one rupiah: the sum is the number of claims.
TEST(AggregateLoss, IsTheCountWhereEveryClaimIsOne) {
  const math::Lattice one{1, {0, 1}};
  const auto poisson = math::aggregate_loss(math::ClaimCount::poisson(30), one, 1000);
  const auto binomial = math::aggregate_loss(math::ClaimCount::binomial(20, 0.3), one, 1000);
  for (const double k : {0.0, 10.0, 30.0, 45.0})
    EXPECT_NEAR(poisson->total.mass[static_cast<std::size_t>(k)], math::poisson_probability(k, 30), 1e-13) << k;
  for (const double k : {0.0, 6.0, 12.0})
    EXPECT_NEAR(binomial->total.mass[static_cast<std::size_t>(k)], math::binomial_probability(k, 20, 0.3), 1e-13) << k;
  EXPECT_NEAR(math::aggregate_loss(math::ClaimCount::poisson(8000), one, 20'000)->cdf(8000), math::poisson_cdf(8000, 8000), 1e-9)
      << "no underflow";
  EXPECT_FALSE(math::aggregate_loss(math::ClaimCount::poisson(20'000), one, 20'000)) << "not even in long double";
}

/// A geometric number of exponential claims: P(S > x) = beta / (1 + beta) exp(-x / (theta (1 + beta))), Klugman, Panjer and Willmot,
/// Loss Models, section 9.4; so quantiles, tail means and stop-loss premiums are known in closed form.
TEST(AggregateLoss, AgreesWithTheClosedFormOfGeometricAndExponential) {
  constexpr double kBeta = 2, kTheta = 100, kScale = kTheta * (1 + kBeta), kAtom = 1 / (1 + kBeta);
  const auto claim = math::discretise({math::ClaimLaw::Exponential, kTheta, 1}, 0.5, 20'000);
  ASSERT_TRUE(claim);
  const auto loss = math::aggregate_loss(math::ClaimCount::negative_binomial(1, kBeta), *claim, 20'000);
  ASSERT_TRUE(loss);
  EXPECT_NEAR(loss->mean, kBeta * kTheta, 0.001);
  EXPECT_NEAR(loss->sd, std::sqrt(kBeta * kTheta * kTheta + kBeta * (1 + kBeta) * kTheta * kTheta), 0.001);
  for (const double x : {100.0, 600.0, 2000.0}) {
    const double tail = (1 - kAtom) * std::exp(-x / kScale);
    EXPECT_NEAR(1 - loss->cdf(x), tail, 1e-3) << x;
    EXPECT_NEAR(loss->stop_loss(x), tail * kScale, 0.01) << x;
  }
  const double q95 = kScale * std::log((1 - kAtom) / 0.05);
  EXPECT_NEAR(*loss->quantile(0.95), q95, 0.5);
  EXPECT_NEAR(*loss->tail_mean(0.95), q95 + kScale, 0.5);
  EXPECT_EQ(loss->quantile(0.1), 0);
}

TEST(AggregateLoss, ClaimsOfEachLawKeepTheirMeanAndSpread) {
  for (const auto law : {math::ClaimLaw::Gamma, math::ClaimLaw::Lognormal}) {
    const auto claim = math::discretise({law, 50, 0.5}, 0.1, 20'000);
    ASSERT_TRUE(claim);
    const auto loss = math::aggregate_loss(math::ClaimCount::binomial(1, 0.5), *claim, 20'000);
    EXPECT_NEAR(loss->mean, 25, 0.01);
    EXPECT_NEAR(loss->sd, std::sqrt(0.5 * 625 + 0.25 * 2500), 0.01);
  }
  EXPECT_NEAR(math::claim_cdf({math::ClaimLaw::Gamma, 10, 1}, 10), 1 - std::exp(-1.0), 1e-12) << "a gamma of shape 1 is exponential";
  EXPECT_FALSE(math::discretise({math::ClaimLaw::Exponential, 1e6, 1}, 0.1, 1000));
}

TEST(AggregateLoss, TheSimulationAgreesWithinItsError) {
  const auto body = result("aggregate_loss", R"({"frequency":{"law":"negative_binomial","r":1,"beta":2},"severity":{"law":"exponential",
    "mean":100},"income":600,"draws":20000,"seed":7})");
  EXPECT_LT(std::abs(number(body, "simulation.mean") - number(body, "mean")), 4 * number(body, "simulation.mean_se"));
  EXPECT_LT(std::abs(number(body, "simulation.p_exceeds_income") - number(body, "p_exceeds_income")), 4 * number(body, "simulation.p_se"));
  EXPECT_GT(number(body, "simulation.mean_se"), 0);
  const auto again = result("aggregate_loss", R"({"frequency":{"law":"negative_binomial","r":1,"beta":2},"severity":{"law":"exponential",
    "mean":100},"income":600,"draws":20000,"seed":7})");
  EXPECT_EQ(json::print(body), json::print(again));
}

TEST(AggregateLoss, RefusesWhatMakesNoSense) {
  expect_refused("aggregate_loss", R"({"frequency":{"law":"poisson"},"lattice":[0,1]})", "field_missing", "frequency.mean");
  expect_refused("aggregate_loss", R"({"frequency":{"law":"poisson","mean":1}})", "field_missing", "severity");
  expect_refused("aggregate_loss", R"({"frequency":{"law":"poisson","mean":1},"lattice":[0,0.5]})", "range", "lattice");
  expect_refused("aggregate_loss", R"({"frequency":{"law":"poisson","mean":1},"lattice":[0,1],"severity":{"law":"exponential","mean":1}})",
                 "shape", "lattice");
  expect_refused("aggregate_loss", R"({"frequency":{"law":"poisson","mean":1},"severity":{"law":"gamma","mean":1}})", "field_missing",
                 "severity.cv");
  expect_refused("aggregate_loss", R"({"frequency":{"law":"poisson","mean":1},"severity":{"law":"exponential","mean":1e9}})", "too_large",
                 "step", 413);
  expect_refused("aggregate_loss", R"({"frequency":{"law":"binomial","n":3,"p":1},"lattice":[0,1]})", "range", "frequency.p");
}

}  // namespace pilar::aggregate_loss_test
