#include "math/describe.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <cmath>
#include <vector>

namespace pilar::describe_test {

using namespace pilar::math;

Description plain(const std::vector<double>& y) { return describe(y, {}, WeightKind::Sampling, 0.95); }

// Length of stay of 300 made-up patients, data set LOS_model of NHSRdatasets 0.3.3 (CC0), as a frequency table.
// Expected: R 4.2.2 mean, sd, t.test, quantile.
TEST(Describe, LengthOfStay) {
  const std::vector<double> days{1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 18};
  const std::vector<double> patients{49, 48, 42, 29, 26, 18, 18, 14, 13, 15, 12, 7, 2, 2, 3, 2};
  std::vector<double> y;
  for (std::size_t i = 0; i < days.size(); ++i) y.insert(y.end(), static_cast<std::size_t>(patients[i]), days[i]);
  for (const auto& result : {plain(y), describe(days, patients, WeightKind::Frequency, 0.95)}) {
    EXPECT_EQ(result.n, 300);
    EXPECT_NEAR(*result.mean, 4.9366666666666665, 1e-14);
    EXPECT_NEAR(*result.sd, 3.6179581200936246, 1e-13);
    EXPECT_NEAR(*result.se, 0.20888290945528462, 1e-14);
    EXPECT_NEAR(result.ci->low, 4.5255997917888537, 1e-12);
    EXPECT_NEAR(result.ci->high, 5.3477335415444784, 1e-12);
    EXPECT_EQ(result.q25, 2);
    EXPECT_EQ(result.median, 4);
    EXPECT_EQ(result.q75, 7);
    EXPECT_EQ(result.min, 1);
    EXPECT_EQ(result.max, 18);
  }
}

// R 4.2.2 with the formulas of svymean and of Hmisc::wtd.quantile(normwt = TRUE) written out.
TEST(Describe, SamplingWeights) {
  const std::vector<double> y{2, 4, 4, 7, 9.5}, weight{1, 2.5, 0.5, 3, 1};
  const auto result = describe(y, weight, WeightKind::Sampling, 0.95);
  EXPECT_EQ(result.n, 5);
  EXPECT_NEAR(*result.mean, 5.5625, 1e-14);
  EXPECT_NEAR(*result.sd, 2.5531460372450301, 1e-14);
  EXPECT_NEAR(*result.se, 1.1062862756675909, 1e-14);
  EXPECT_NEAR(result.ci->high, 5.5625 + 2.7764451051977934 * 1.1062862756675909, 1e-12);
  EXPECT_EQ(result.q25, 4);
  EXPECT_EQ(result.median, 7);
  EXPECT_EQ(result.q75, 7);
}

TEST(Describe, FewValuesLeaveGaps) {
  EXPECT_EQ(plain({}).n, 0);
  EXPECT_FALSE(plain({}).mean || plain({}).median || plain({}).min);
  const auto one = plain({7});
  EXPECT_EQ(one.mean, 7);
  EXPECT_EQ(one.q75, 7);
  EXPECT_FALSE(one.sd || one.se || one.ci);
  EXPECT_EQ(plain({3, 3, 3}).sd, 0);
  EXPECT_FALSE(describe(std::vector<double>{1, 2}, std::vector<double>{0, 0}, WeightKind::Sampling, 0.95).mean);
}

TEST(Describe, SurvivesLargeOffsets) {
  const auto result = plain({1e15 + 1, 1e15 + 2, 1e15 + 3});
  EXPECT_EQ(*result.sd, 1);
  EXPECT_EQ(*result.mean, 1e15 + 2);
}

RC_GTEST_PROP(DescribeProperty, SamplingWeightsHaveNoScale, ()) {
  const auto n = *rc::gen::inRange<std::size_t>(2, 40);
  std::vector<double> y, weight, scaled;
  for (std::size_t i = 0; i < n; ++i) {
    y.push_back(*rc::gen::inRange(-1000, 1000));
    weight.push_back(*rc::gen::inRange(1, 50));
    scaled.push_back(weight.back() / 64);
  }
  const auto a = describe(y, weight, WeightKind::Sampling, 0.9), b = describe(y, scaled, WeightKind::Sampling, 0.9);
  RC_ASSERT(std::fabs(*a.mean - *b.mean) < 1e-9 && std::fabs(*a.se - *b.se) < 1e-9);
  RC_ASSERT(a.q25 == b.q25 && a.median == b.median && a.q75 == b.q75);
}

RC_GTEST_PROP(DescribeProperty, FrequenciesAreTheListWrittenOut, ()) {
  std::vector<double> y, weight, written_out;
  for (auto n = *rc::gen::inRange(1, 12); n > 0; --n) {
    y.push_back(*rc::gen::inRange(-20, 20) / 4.0);
    weight.push_back(*rc::gen::inRange(0, 5));
    written_out.insert(written_out.end(), static_cast<std::size_t>(weight.back()), y.back());
  }
  const auto a = describe(y, weight, WeightKind::Frequency, 0.95), b = plain(written_out);
  RC_ASSERT(a.n == b.n && a.mean.has_value() == b.mean.has_value() && a.sd.has_value() == b.sd.has_value());
  if (a.mean) RC_ASSERT(a.q25 == b.q25 && a.median == b.median && a.q75 == b.q75 && std::fabs(*a.mean - *b.mean) < 1e-12);
  if (a.sd) RC_ASSERT(std::fabs(*a.sd - *b.sd) < 1e-12 && std::fabs(*a.se - *b.se) < 1e-12);
}

}  // namespace pilar::describe_test
