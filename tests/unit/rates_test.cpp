// standardise and shrinkage.
#include <gtest/gtest.h>

#include "math/shrinkage.h"
#include "math/standardise.h"
#include "support/calc_call.h"

namespace pilar::rates_test {

using namespace pilar::math;
using namespace pilar::calc_call;

// R 4.2.2: the gamma interval by qgamma, Byar by its formula, exact by qchisq.
TEST(StandardiseCall, AgreesWithR) {
  const auto direct = result(
      "standardise", R"({"method":"direct","count":[12,40,90],"population":[10000,8000,3000],"standard":[9000,8000,5000],"per":1000})");
  EXPECT_NEAR(number(direct, "crude"), 6.7619047619047619, 1e-13);
  EXPECT_NEAR(number(direct, "adjusted"), 9.127272727272727, 1e-13);
  EXPECT_NEAR(number(direct, "fay_feuer[1]"), 7.6501527938775595, 1e-11);
  EXPECT_NEAR(number(direct, "fay_feuer[2]"), 10.815799235902697, 1e-11);
  const auto indirect = result("standardise", R"({"method":"indirect","observed":41,"expected":34.5})");
  EXPECT_NEAR(number(indirect, "smr_100"), 118.84057971014492, 1e-11);
  EXPECT_NEAR(number(indirect, "byar[1]"), 85.272670458293859, 1e-10);
  EXPECT_NEAR(number(indirect, "byar[2]"), 161.22485723506796, 1e-10);
  EXPECT_NEAR(number(indirect, "exact[1]"), 85.282051792623989, 1e-10);
  EXPECT_NEAR(number(indirect, "exact[2]"), 161.22066540792727, 1e-10);
}

TEST(StandardiseCall, NothingHappenedAndRefusals) {
  const auto none = result("standardise", R"({"method":"direct","count":[0,0],"population":[10,10],"standard":[1,1]})");
  EXPECT_EQ(shown(none, "adjusted") + shown(none, "fay_feuer[1]"), "00");
  const auto unseen = result("standardise", R"({"method":"indirect","observed":0,"expected":3})");
  EXPECT_EQ(shown(unseen, "byar[1]") + shown(unseen, "exact[1]"), "00");
  EXPECT_EQ(shown(result("standardise", R"({"method":"indirect","observed":[1,2],"expected":[0,0]})"), "smr_100"), "null");
  expect_refused("standardise", R"({"method":"direct","count":[1],"population":[10]})", "field_missing", "standard");
  expect_refused("standardise", R"({"method":"direct","count":[1],"population":[0],"standard":[1]})", "range", "population");
  expect_refused("standardise", R"({"method":"direct","count":[1],"population":[1],"standard":[0]})", "undefined", "standard");
  expect_refused("standardise", R"({"method":"direct","count":[1,2],"population":[1],"standard":[1]})", "shape", "population");
  expect_refused("standardise", R"({"method":"indirect","observed":1})", "field_missing", "expected");
  expect_refused("standardise", R"({"method":"indirect","observed":-1,"expected":2})", "range", "observed");
  expect_refused("standardise", R"({"method":"direct","count":[1],"population":[1],"standard":[1],"observed":3})", "field_unknown",
                 "observed");
}

// R 4.2.2: optim of the beta-binomial log-likelihood with lbeta, reltol 1e-16, method BFGS on the logarithms; ranks by integrate.
TEST(ShrinkageCall, AgreesWithR) {
  const auto body = result("shrinkage", R"({"numerator":[2,15,40,9,3],"denominator":[20,60,100,90,10]})");
  EXPECT_NEAR(number(body, "alpha"), 3.3594320390046524, 1e-5);
  EXPECT_NEAR(number(body, "beta"), 11.160113585282135, 1e-5);
  EXPECT_NEAR(number(body, "expected_rank[1]"), 4.020903459619749, 1e-5);
  EXPECT_NEAR(number(body, "expected_rank[3]"), 1.1471883985138243, 1e-5);
  const double a = number(body, "alpha"), b = number(body, "beta");
  EXPECT_NEAR(number(body, "posterior_mean[2]"), (a + 15) / (a + b + 60), 1e-14);
  EXPECT_NEAR(number(body, "weight_on_raw[2]"), 60 / (a + b + 60), 1e-14);
  double ranks = 0;
  for (int i = 1; i <= 5; ++i) ranks += number(body, "expected_rank[" + std::to_string(i) + "]");
  EXPECT_NEAR(ranks, 15, 1e-6);
}

TEST(StandardiseCall, ManyEventsAndTooFewPeople) {
  const auto many = result("standardise", R"({"method":"indirect","observed":1e12,"expected":1e12})");
  EXPECT_NEAR(number(many, "exact[1]"), number(many, "byar[1]"), 1e-9);
  EXPECT_NEAR(number(many, "exact[2]"), number(many, "byar[2]"), 1e-9);
  const auto direct = result("standardise", R"({"method":"direct","count":[1e15,1],"population":[1e15,1e15],"standard":[1e15,1]})");
  EXPECT_NEAR(number(direct, "fay_feuer[1]"), 100000, 0.01);
  expect_refused("standardise", R"({"method":"direct","count":[5],"population":[1e-300],"standard":[1]})", "range", "population");
}

// Trial by trial, and by quadrature where a count is no whole number.
TEST(Shrinkage, ExpectedRanksByBothWays) {
  const math::BetaPrior prior{0.7, 3.2};
  const std::vector<math::Trial> whole{{2, 20}, {15, 60}, {40, 100}, {0, 3}, {3, 3}, {400, 2000}, {90, 90}};
  auto nearly = whole;
  for (auto& trial : nearly) trial.n += 1e-9;
  const auto counted = math::expected_ranks(whole, prior).value(), integrated = math::expected_ranks(nearly, prior).value();
  double sum = 0;
  for (std::size_t i = 0; i < whole.size(); ++i) {
    EXPECT_NEAR(counted[i], integrated[i], 1e-5) << i;
    sum += counted[i];
  }
  EXPECT_NEAR(sum, 28, 1e-9) << "ranks 1 to 7";
  EXPECT_FALSE(math::expected_ranks(nearly, prior, 100)) << "more work than is allowed";
  // Beta(1, 1) after one success of one trial is Beta(2, 1), after none of one Beta(1, 2): P(first > second) = 5/6.
  EXPECT_NEAR(math::expected_ranks(std::vector<math::Trial>{{1, 1}, {0, 1}}, {1, 1}).value()[0], 1 + 1 / 6.0, 1e-14);
}

TEST(ShrinkageCall, CountsAreWhole) {
  expect_refused("shrinkage", R"({"numerator":[1.5],"denominator":[3]})", "type", "numerator");
  expect_refused("shrinkage", R"({"numerator":[4],"denominator":[3]})", "range", "numerator");
}

TEST(ShrinkageCall, WithoutOverdispersionEverybodyIsPooled) {
  const auto body = result("shrinkage", R"({"numerator":[5,5,null,0],"denominator":[50,50,3,0]})");
  EXPECT_EQ(shown(body, "posterior_mean") + shown(body, "alpha") + shown(body, "expected_rank"),
            "[0.1,0.1,null,null]null[1.5,1.5,null,null]");
  EXPECT_EQ(shown(body, "ci95") + shown(body, "weight_on_raw"), "[null,null,null,null][0,0,null,null]");
  EXPECT_EQ(warning_codes(body), (WarningCodes{"missing", "zero_denominator", "no_overdispersion"}));
  EXPECT_EQ(shown(result("shrinkage", R"({"numerator":[0,0],"denominator":[5,9]})"), "prior_mean"), "0");
  EXPECT_NEAR(number(result("shrinkage", R"({"numerator":[0,9],"denominator":[9,9]})"), "expected_rank[2]"), 1, 0.01);
  expect_refused("shrinkage", R"({"numerator":[6],"denominator":[5]})", "range", "numerator");
  expect_refused("shrinkage", R"({"numerator":[1],"denominator":[0]})", "range", "numerator");
  expect_refused("shrinkage", R"({"numerator":[null],"denominator":[5]})", "undefined", "denominator");
}

}  // namespace pilar::rates_test
