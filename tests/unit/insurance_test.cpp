// reserve and credibility; the printed figures of Mack, Hachemeister and others stand in tests/data.
#include <gtest/gtest.h>

#include "math/credibility.h"
#include "math/reserve.h"
#include "support/calc_call.h"

namespace pilar::insurance_test {

using namespace pilar::calc_call;

TEST(ReserveCall, ByHand) {
  const auto body = result("reserve", R"({"triangle":[[100,150,180],[200,300,null],[100,null,null]]})");
  EXPECT_EQ(shown(body, "development_factors"), "[1.5,1.2]");
  EXPECT_EQ(shown(body, "latest") + shown(body, "ultimate"), "[180,300,100][180,360,180]");
  EXPECT_EQ(shown(body, "total_reserve"), "140");
  EXPECT_EQ(shown(body, "mack_se") + shown(body, "total_mack_se"), "[0,null,null]null");  // one step alone tells no variance of the last
  EXPECT_EQ(warning_codes(body), WarningCodes{"undefined"});
  const auto expected = result(
      "reserve",
      R"({"triangle":[[100,150,180],[200,300,null],[100,null,null]],"method":"bornhuetter_ferguson","expected_ultimate":[180,360,360]})");
  EXPECT_NEAR(number(expected, "reserve[2]"), 60, 1e-12);
  EXPECT_NEAR(number(expected, "reserve[3]"), 160, 1e-12);
  EXPECT_EQ(shown(expected, "total_mack_se"), "null");
}

TEST(ReserveCall, ZeroIsNotMissing) {
  const auto body = result("reserve", R"({"triangle":[[0,150,180],[200,300,null],[0,null,null]]})");
  EXPECT_EQ(shown(body, "development_factors[1]") + shown(body, "latest[3]") + shown(body, "reserve[3]"), "2.2500");
}

TEST(ReserveCall, Refusals) {
  expect_refused("reserve", R"({"triangle":[]})", "shape", "triangle");
  expect_refused("reserve", R"({"triangle":[[1,2],[1]]})", "shape", "triangle");
  expect_refused("reserve", R"({"triangle":[[1,null,3],[1,2,null]]})", "shape", "triangle");
  expect_refused("reserve", R"({"triangle":[[1,2],[null,null]]})", "shape", "triangle");
  expect_refused("reserve", R"({"triangle":[[0,2],[1,null]]})", "undefined", "triangle");
  expect_refused("reserve", R"({"triangle":[[-1,2],[1,null]]})", "range", "triangle");
  expect_refused("reserve", R"({"triangle":[[1,2],[1,null]],"method":"bornhuetter_ferguson"})", "field_missing", "expected_ultimate");
  expect_refused("reserve", R"({"triangle":[[1,2],[1,null]],"expected_ultimate":[1]})", "shape", "expected_ultimate");
}

TEST(CredibilityCall, NothingBetweenTheClasses) {
  const auto body = result("credibility", R"({"model":"buehlmann","ratios":[[1,3],[2,2],[3,1]]})");
  EXPECT_EQ(shown(body, "between_variance") + shown(body, "credibility") + shown(body, "premium"), "0[0,0,0][2,2,2]");
  EXPECT_EQ(warning_codes(body), WarningCodes{"between_zero"});
  const auto even = result("credibility", R"({"model":"buehlmann","ratios":[[5,5],[5,5]]})");
  EXPECT_EQ(shown(even, "credibility") + shown(even, "collective"), "[0,0]5");
  const auto certain = result("credibility", R"({"model":"buehlmann","ratios":[[5,5],[7,7]]})");
  EXPECT_EQ(shown(certain, "credibility") + shown(certain, "premium"), "[1,1][5,7]");
}

TEST(CredibilityCall, Refusals) {
  expect_refused("credibility", R"({"model":"buehlmann","ratios":[[1,2]]})", "shape", "ratios");
  expect_refused("credibility", R"({"model":"buehlmann","ratios":[[1],[2]]})", "undefined", "ratios");
  expect_refused("credibility", R"({"model":"buehlmann","ratios":[[1,2],[null,null]]})", "undefined", "ratios");
  expect_refused("credibility", R"({"model":"buehlmann","ratios":[[1,2],[3]]})", "shape", "ratios");
  expect_refused("credibility", R"({"model":"buehlmann_straub","ratios":[[1,2],[3,4]]})", "field_missing", "weights");
  expect_refused("credibility", R"({"model":"buehlmann_straub","ratios":[[1,2],[3,4]],"weights":[[1],[1]]})", "shape", "weights");
  expect_refused("credibility", R"({"model":"buehlmann_straub","ratios":[[1,2],[3,4]],"weights":[[1,-1],[1,1]]})", "range", "weights");
}

}  // namespace pilar::insurance_test
