#include "math/funnel.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "support/calc_call.h"

namespace pilar::funnel_test {

using namespace pilar::math;
using namespace pilar::calc_call;

// R 4.2.2: binom.test(x, n, p)$p.value and poisson.test(x, r = m)$p.value.
TEST(CountLaw, TwoSidedAsR) {
  EXPECT_NEAR(CountLaw::binomial(20, 0.3).as_rare_as(2), 0.052627948729727092, 1e-14);
  EXPECT_NEAR(CountLaw::binomial(20, 0.3).as_rare_as(11), 0.024782076205458421, 1e-14);
  EXPECT_NEAR(CountLaw::binomial(263, 0.25).as_rare_as(81), 0.032603978613738649, 1e-14);
  EXPECT_NEAR(CountLaw::poisson(7.4).as_rare_as(2), 0.041401441437051004, 1e-13);
  EXPECT_NEAR(CountLaw::poisson(7.4).as_rare_as(14), 0.024665340837323302, 1e-13);
  EXPECT_EQ(CountLaw::binomial(10, 0.5).as_rare_as(5), 1);
  EXPECT_EQ(CountLaw::binomial(10, 0).as_rare_as(0), 1);
  EXPECT_EQ(CountLaw::binomial(10, 0).as_rare_as(3), 0);
  EXPECT_NEAR(CountLaw::poisson(0.1).as_rare_as(0), 1, 1e-15);
}

// R: r <- qbinom(p, n, t); r - (pbinom(r, n, t) - p) / dbinom(r, n, t), at least 0.
TEST(CountLaw, AQuantileIsTheLeastCountThatReachesIt) {
  const auto least = [](const CountLaw& law, double p) {
    double k = 0;
    while (law.at_most(k) < p) ++k;
    return k;
  };
  for (const double p : {1e-9, 0.00135, 0.025, 0.5, 0.84, 0.975, 0.999, 1 - 1e-9}) {
    for (const double rate : {0.0, 0.001, 0.02, 0.3, 0.5, 0.97, 1.0})
      for (const double n : {1.0, 2.0, 7.0, 40.0, 1000.0}) {
        const auto law = CountLaw::binomial(n, rate);
        EXPECT_EQ(law.quantile(p), least(law, p)) << n << " " << rate << " " << p;
      }
    for (const double mean : {0.0, 0.01, 0.7, 3.0, 55.5, 900.0}) {
      const auto law = CountLaw::poisson(mean);
      EXPECT_EQ(law.quantile(p), least(law, p)) << mean << " " << p;
    }
  }
}

TEST(CountLaw, InterpolatedQuantiles) {
  EXPECT_NEAR(CountLaw::binomial(100, 0.15).interpolated_quantile(0.025), 7.8383010685157268, 1e-11);
  EXPECT_NEAR(CountLaw::binomial(100, 0.15).interpolated_quantile(0.999), 26.495277906074978, 1e-11);
  EXPECT_NEAR(CountLaw::poisson(12.5).interpolated_quantile(0.001), 2.5428601441921264, 1e-11);
  EXPECT_NEAR(CountLaw::poisson(12.5).interpolated_quantile(0.975), 19.421054052624964, 1e-11);
  EXPECT_EQ(CountLaw::binomial(3, 0.01).interpolated_quantile(0.025), 0);
}

RC_GTEST_PROP(CountLawProperty, TailsAddUpAndQuantilesInvert, ()) {
  const double n = *rc::gen::inRange(1, 500), p = *rc::gen::inRange(1, 1000) / 1000.0;
  for (const auto& law : {CountLaw::binomial(n, p), CountLaw::poisson(n * p)}) {
    const double k = *rc::gen::inRange(0, static_cast<int>(n) + 1);
    RC_ASSERT(std::abs(law.at_most(k) + law.at_least(k + 1) - 1) < 1e-10);
    RC_ASSERT(law.as_rare_as(k) >= law.probability(k) * (1 - 1e-9));
    const double r = law.quantile(0.2);
    RC_ASSERT(law.at_most(r) >= 0.2 && law.at_most(r - 1) < 0.2);
  }
}

TEST(FunnelCall, ExactLimitsAndSignals) {
  const auto body = result("funnel", R"({"group":["a","b","c"],"numerator":[5,15,35],"denominator":[100,100,100],"target":0.15})");
  EXPECT_NEAR(number(body, "lower95[1]"), 7.8383010685157268 / 100, 1e-13);
  EXPECT_NEAR(number(body, "upper99_8[2]"), 26.495277906074978 / 100, 1e-13);
  EXPECT_EQ(shown(body, "signal"), R"(["low95","none","high99_8"])");
  EXPECT_NEAR(number(body, "p[1]"), 0.0031053043502746506, 1e-15);  // 2 * pbinom(5, 100, .15)
  EXPECT_NEAR(number(body, "z[1]"), -0.1 / std::sqrt(0.15 * 0.85 / 100), 1e-13);
  EXPECT_EQ(shown(body, "warnings"), "[]");
}

// R: z winsorised with quantile(z, c(.1, .9)), phi <- mean(z^2), tau2 as in the header, all in base R.
TEST(FunnelCall, Overdispersion) {
  const std::string groups =
      R"("numerator":[30,55,12,80,44,61,9,70,33,52,25,90],"denominator":[200,210,150,260,220,230,140,240,190,205,180,250])";
  const auto additive = result("funnel", "{" + groups + R"(,"method":"normal","overdispersion":"additive"})");
  EXPECT_NEAR(number(additive, "phi"), 6.7953603120194339, 1e-12);
  EXPECT_NEAR(number(additive, "tau2"), 0.0054652671321270265, 1e-14);
  EXPECT_NEAR(number(additive, "upper95[1]"), 0.38274813217144243, 1e-13);
  EXPECT_NEAR(number(additive, "z[7]"), -1.9812383322187352, 1e-12);
  const auto times = result("funnel", "{" + groups + R"(,"overdispersion":"multiplicative"})");
  EXPECT_NEAR(number(times, "upper99_8[12]"), 0.43997339906193245, 1e-13);
  EXPECT_EQ(warning_codes(times), WarningCodes{"normal_used"});
  const auto turned = result("funnel", "{" + groups + R"(,"method":"arcsine"})");
  EXPECT_NEAR(number(turned, "lower95[3]"), 0.16344406318321236, 1e-13);
  EXPECT_NEAR(
      number(result("funnel", R"({"numerator":[12,30],"denominator":[9.5,31.2],"kind":"ratio","method":"arcsine","target":1})"), "z[1]"),
      0.76378922730653276, 1e-12);
}

TEST(FunnelCall, VeryManyEvents) {
  const auto body = result("funnel", R"({"kind":"rate","numerator":[1e12,999999000000,1],"denominator":[1e12,1e12,1e-3],"target":1})");
  EXPECT_EQ(shown(body, "signal"), R"(["none","none","high99_8"])");
  EXPECT_NEAR(number(body, "upper95[1]"), 1 + 1.96e-6, 1e-8);
  expect_refused("funnel", R"({"kind":"rate","numerator":[1],"denominator":[1e12],"target":1e300})", "range", "target");
}

TEST(FunnelCall, GroupsThatCannotBeUsed) {
  const auto body = result("funnel", R"({"numerator":[0,null,1,3],"denominator":[0,5,10,10]})");
  EXPECT_EQ(shown(body, "value") + shown(body, "signal"), R"([null,null,0.1,0.3][null,null,"none","none"])");
  EXPECT_EQ(warning_codes(body), (WarningCodes{"missing", "zero_denominator"}));
  const auto none = result("funnel", R"({"numerator":[0,0],"denominator":[5,10]})");
  EXPECT_EQ(shown(none, "z") + shown(none, "upper95") + shown(none, "phi"), "[null,null][0,0]null");
  expect_refused("funnel", R"({"numerator":[0],"denominator":[0]})", "undefined", "denominator");
  expect_refused("funnel", R"({"numerator":[],"denominator":[]})", "shape", "numerator");
  expect_refused("funnel", R"({"numerator":[3],"denominator":[2]})", "range", "numerator");
  expect_refused("funnel", R"({"numerator":[-3],"denominator":[2]})", "range", "numerator");
  expect_refused("funnel", R"({"numerator":[3,1],"denominator":[2]})", "shape", "denominator");
  expect_refused("funnel", R"({"numerator":[1],"denominator":[2],"target":1.5})", "range", "target");
  expect_refused("funnel", R"({"numerator":[1e300],"denominator":[2]})", "range", "numerator");
  EXPECT_EQ(shown(result("funnel", R"({"numerator":[3],"denominator":[2],"kind":"ratio"})"), "target"), "1.5");
}

// R: p.adjust(c(.01, .04, .03, .005), m), prop.test for the heterogeneity.
TEST(MultipleCall, Adjusted) {
  const auto body = result("multiple", R"({"p":[0.01,0.04,null,0.03,0.005]})");
  EXPECT_EQ(shown(body, "bonferroni"), "[0.04,0.16,null,0.12,0.02]");
  EXPECT_EQ(shown(body, "holm"), "[0.03,0.06,null,0.06,0.02]");
  EXPECT_NEAR(number(body, "benjamini_hochberg[4]"), 0.04, 1e-15);
  EXPECT_EQ(shown(body, "benjamini_hochberg[1]") + shown(body, "benjamini_hochberg[3]"), "0.02null");
  const auto groups = result("multiple", R"({"numerator":[12,30,55],"denominator":[100,210,300]})");
  EXPECT_NEAR(number(groups, "heterogeneity.chi2"), 2.874874280010832, 1e-12);
  EXPECT_NEAR(number(groups, "heterogeneity.p_value"), 0.23753575012213726, 1e-13);
  EXPECT_NEAR(number(groups, "p_exact[1]"), 0.33901472027917795, 1e-13);
  EXPECT_EQ(shown(result("multiple", R"({"numerator":[0],"denominator":[10]})"), "heterogeneity"), "null");
  expect_refused("multiple", "{}", "field_missing", "numerator");
  expect_refused("multiple", R"({"p":[1.1]})", "range", "p");
  expect_refused("multiple", R"({"p":[0.1],"numerator":[1]})", "field_unknown", "numerator");
  expect_refused("multiple", R"({"numerator":[1.5],"denominator":[2]})", "type", "numerator");
}

}  // namespace pilar::funnel_test
