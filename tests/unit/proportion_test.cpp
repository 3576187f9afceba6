#include "math/proportion.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "base/result.h"
#include "math/nps.h"

namespace pilar::proportion_test {

using namespace pilar::math;

void expect_interval(Interval found, double low, double high, double tolerance = 1e-12) {
  EXPECT_NEAR(found.low, low, tolerance);
  EXPECT_NEAR(found.high, high, tolerance);
}

// Newcombe RG, Statistics in Medicine 1998; 17: 857-872, table I, method 3; rounded as printed.
TEST(Proportion, WilsonAsPrintedByNewcombe) {
  expect_interval(wilson(81, 263, 0.95), 0.2553, 0.3662, 5e-5);
  expect_interval(wilson(15, 148, 0.95), 0.0624, 0.1605, 5e-5);
  expect_interval(wilson(0, 20, 0.95), 0, 0.1611, 5e-5);
  expect_interval(wilson(1, 29, 0.95), 0.0061, 0.1718, 5e-5);
}

// R 4.2.2: prop.test(correct = FALSE), binom.test, qbeta(x + .5, n - x + .5), and the textbook formulas with qnorm(.975).
TEST(Proportion, AgreesWithR) {
  expect_interval(wilson(81, 263, 0.95), 0.25528851987827428, 0.36620957698280016);
  expect_interval(clopper_pearson(81, 263, 0.95), 0.25273674558527121, 0.3676219226013514);
  expect_interval(jeffreys(81, 263, 0.95), 0.25452193499102344, 0.36564749917408246);
  expect_interval(agresti_coull(81, 263, 0.95), 0.25522066518999675, 0.36627743167107751);
  expect_interval(wald(81, 263, 0.95), 0.25219012621310721, 0.36377945553594226);
  expect_interval(clopper_pearson(1, 29, 0.95), 0.0008726468835799228, 0.17764429548872285);
  expect_interval(jeffreys(1, 29, 0.95), 0.0037461736490570752, 0.1500776860022317);
  expect_interval(clopper_pearson(20, 20, 0.95), 0.83156652901691464, 1);
  expect_interval(wilson(20, 20, 0.95), 0.83887484194718065, 1);
}

TEST(Proportion, IsCutAtThePossibleRange) {
  expect_interval(agresti_coull(0, 20, 0.95), 0, 0.18980956054248876);
  expect_interval(wald(1, 29, 0.95), 0, 0.10089224323967212);
  expect_interval(jeffreys(0, 20, 0.95), 0, 0.1166389829048754);
  expect_interval(wald(0, 20, 0.95), 0, 0);
}

TEST(Proportion, NonsenseIsABug) {
  EXPECT_THROW((void)wilson(2, 1, 0.95), Bug);
  EXPECT_THROW((void)wald(0, 0, 0.95), Bug);
  EXPECT_THROW((void)jeffreys(1, 2, 1), Bug);
}

RC_GTEST_PROP(ProportionProperty, IntervalsHoldTheProportionAndMirror, ()) {
  const auto n = *rc::gen::inRange(1, 100000);
  const auto x = *rc::gen::inRange(0, n + 1);
  const auto level = *rc::gen::inRange(1, 999) / 1000.0;
  for (const auto method : {wilson, clopper_pearson, agresti_coull, wald, jeffreys}) {
    const auto here = method(x, n, level), mirrored = method(n - x, n, level);
    RC_ASSERT(here.low >= 0 && here.high <= 1 && here.low <= here.high);
    RC_ASSERT(std::abs(here.low - (1 - mirrored.high)) < 1e-11);
  }
  const double p = double(x) / n;
  for (const auto method : {wilson, clopper_pearson}) {
    const auto here = method(x, n, level);
    RC_ASSERT(here.low <= p + 1e-12 && p <= here.high + 1e-12);
  }
}

// By hand: p = .5, d = .2, variance .5 + .2 - .3^2 = .61, se = 100 sqrt(.061).
TEST(NetPromoter, ByHand) {
  const auto result = net_promoter(5, 3, 2, 0.95);
  EXPECT_NEAR(*result.nps, 30, 1e-12);
  EXPECT_NEAR(*result.se, 24.698178070456937, 1e-12);
  EXPECT_NEAR(result.ci->low, 30 - 1.9599639845400536 * 24.698178070456937, 1e-10);
  EXPECT_NEAR(result.ci->high, 30 + 1.9599639845400536 * 24.698178070456937, 1e-10);
}

TEST(NetPromoter, StaysWithinItsRange) {
  EXPECT_EQ(net_promoter(9, 0, 1, 0.95).ci->high, 100);
  EXPECT_EQ(*net_promoter(4, 0, 0, 0.95).se, 0);
  EXPECT_EQ(*net_promoter(0, 0, 3, 0.95).nps, -100);
  EXPECT_FALSE(net_promoter(0, 0, 0, 0.95).nps);
}

}  // namespace pilar::proportion_test
