// servqual and ipa_csi.
#include <gtest/gtest.h>

#include "math/paired.h"
#include "support/calc_call.h"

namespace pilar::survey_analysis_test {

using namespace pilar::math;
using namespace pilar::calc_call;

// R 4.2.2: t.test(d), wilcox.test(d, exact = FALSE).
TEST(Paired, AgreesWithR) {
  const std::vector<double> d{1, -2, 0, 3, 1, 1, -1, 2, 0, 4, 1, -1, 2, 2};
  const auto test = paired(d, 0.95);
  EXPECT_NEAR(*test.mean, 0.9285714285714286, 1e-14);
  EXPECT_NEAR(*test.t, 2.1196326417064162, 1e-13);
  EXPECT_NEAR(*test.p, 0.053856477303319453, 1e-14);
  EXPECT_NEAR(test.ci->low, -0.017845686404499923, 1e-13);
  EXPECT_DOUBLE_EQ(*test.wilcoxon_v, 62.5);
  EXPECT_NEAR(*test.wilcoxon_p, 0.066308717134281325, 1e-14);
  const auto even = paired(std::vector<double>{0, 0, 0}, 0.95);
  EXPECT_FALSE(even.t || even.wilcoxon_p);
  EXPECT_FALSE(paired(std::vector<double>{2}, 0.95).sd);
  EXPECT_EQ(*paired(std::vector<double>{1, -1}, 0.95).wilcoxon_p, 1);
}

TEST(ServqualCall, ItemsDimensionsAndWeights) {
  const auto body = result("servqual", R"({"dimensions":{"e":["a","b"],"r":["c"]},"expectation":[[5,4,5],[4,4,5],[5,null,4]],
    "perception":[[4,4,5],[4,2,4],[3,5,null]],"weights":{"e":75,"r":25}})");
  EXPECT_EQ(shown(body, "items.a.gap") + shown(body, "items.b.n") + shown(body, "items.c.gap"), "-12-0.5");
  EXPECT_EQ(shown(body, "dimensions.e.n") + shown(body, "dimensions.r.n"), "32");
  EXPECT_NEAR(number(body, "dimensions.e.gap"), (-0.5 - 1 - 2) / 3, 1e-14);
  EXPECT_NEAR(number(body, "overall_gap"), (-3.5 / 3 - 0.5) / 2, 1e-14);
  EXPECT_NEAR(number(body, "weighted_gap"), 0.75 * -3.5 / 3 - 0.125, 1e-14);
  const auto none = result("servqual", R"({"dimensions":{"e":["a"]},"expectation":[[null]],"perception":[[3]]})");
  EXPECT_EQ(shown(none, "items.a.gap") + shown(none, "items.a.n") + shown(none, "overall_gap") + shown(none, "items.a.df"),
            "null0nullnull");
}

TEST(ServqualCall, Refusals) {
  expect_refused("servqual", R"({"dimensions":{},"expectation":[[1]],"perception":[[1]]})", "shape", "dimensions");
  expect_refused("servqual", R"({"dimensions":{"e":["a"]},"items":["b"],"expectation":[[1]],"perception":[[1]]})", "range", "dimensions.e");
  expect_refused("servqual", R"({"dimensions":{"e":["a"],"f":["a"]},"items":["a"],"expectation":[[1]],"perception":[[1]]})", "range",
                 "dimensions.f");
  expect_refused("servqual", R"({"dimensions":{"e":["a"]},"expectation":[[1,2]],"perception":[[1,2]]})", "shape", "expectation");
  expect_refused("servqual", R"({"dimensions":{"e":["a"]},"expectation":[[1],[2]],"perception":[[1]]})", "shape", "perception");
  expect_refused("servqual", R"({"dimensions":{"e":["a"]},"expectation":[],"perception":[]})", "shape", "expectation");
  expect_refused("servqual", R"({"dimensions":{"e":["a"]},"expectation":[[1]],"perception":[[1]],"weights":{"x":1}})", "field_missing",
                 "weights.e");
}

// Sums of 11 attributes, domain figures: conformity 77.1, 81.1 ... as printed.
TEST(IpaCsiCall, QuadrantsAndIndex) {
  const auto body = result("ipa_csi", R"({"importance":[4,5,3,2],"performance":[3,4,2,5],"scale_max":5})");
  EXPECT_EQ(shown(body, "cut_importance") + shown(body, "cut_performance"), "3.53.5");
  EXPECT_EQ(shown(body, "quadrant"), R"(["A","B","C","D"])");
  EXPECT_EQ(shown(body, "conformity_pct[1]"), "75");
  EXPECT_NEAR(number(body, "csi"), (4 * 3 + 5 * 4 + 3 * 2 + 2 * 5) / 14.0 / 5 * 100, 1e-12);
  const auto on = result("ipa_csi", R"({"importance":[[4,5],[null,3]],"performance":[[3,3],[3,3]],"scale_max":5,"items":["x","y"]})");
  EXPECT_EQ(shown(on, "quadrant") + shown(on, "on_axis") + shown(on, "warnings[1].rows"), R"(["B","B"][true,true][1,2])");
  const auto gap = result("ipa_csi", R"({"importance":[[4,null]],"performance":[[3,3]],"scale_max":5})");
  EXPECT_EQ(shown(gap, "quadrant") + shown(gap, "csi"), R"(["B",null]60)");
  const auto printed = result(
      "ipa_csi",
      R"({"importance":[118,122,124,124,112,133,107,133,110,128,132],"performance":[91,99,108,108,98,119,96,120,100,117,130],"scale_max":1000})");
  const double tk[] = {77.1, 81.1, 87.1, 87.1, 87.5, 89.5, 89.7, 90.2, 90.9, 91.4, 98.5};
  for (std::size_t i = 0; i < 11; ++i) EXPECT_NEAR(number(printed, "conformity_pct[" + std::to_string(i + 1) + "]"), tk[i], 0.0501);
}

TEST(IpaCsiCall, Refusals) {
  expect_refused("ipa_csi", R"({"importance":[4],"performance":[3,4],"scale_max":5})", "shape", "performance");
  expect_refused("ipa_csi", R"({"importance":[6],"performance":[3],"scale_max":5})", "range", "importance");
  expect_refused("ipa_csi", R"({"importance":[[4,5],[4]],"performance":[3,4],"scale_max":5})", "shape", "importance");
  expect_refused("ipa_csi", R"({"importance":[],"performance":[],"scale_max":5})", "shape", "importance");
  expect_refused("ipa_csi", R"({"importance":[1],"performance":[1],"scale_max":0})", "range", "scale_max");
}

}  // namespace pilar::survey_analysis_test
