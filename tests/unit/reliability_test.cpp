#include "math/reliability.h"

#include <gtest/gtest.h>

#include "support/calc_call.h"

namespace pilar::reliability_test {

using namespace pilar::math;
using namespace pilar::calc_call;

// Chatterjee and Price, supervisor performance: the data set "attitude" of R.
const std::string kAttitude =
    R"([[43,51,30,39,61,92,45],[63,64,51,54,63,73,47],[71,70,68,69,76,86,48],[61,63,45,47,54,84,35],[81,78,56,66,71,83,47],
[43,55,49,44,54,49,34],[58,67,42,56,66,68,35],[71,75,50,55,70,66,41],[72,82,72,67,71,83,31],[67,61,45,47,62,80,41],
[64,53,53,58,58,67,34],[67,60,47,39,59,74,41],[69,62,57,42,55,63,25],[68,83,83,45,59,77,35],[77,77,54,72,79,77,46],
[81,90,50,72,60,54,36],[74,85,64,69,79,79,63],[65,60,65,75,55,80,60],[65,70,46,57,75,85,46],[50,58,68,54,64,78,52],
[50,40,33,34,43,64,33],[64,61,52,62,66,80,41],[53,66,52,50,63,80,37],[40,37,42,58,50,57,49],[63,54,42,48,66,75,33],
[66,77,66,63,88,76,72],[78,75,58,74,80,78,49],[48,57,44,45,51,83,38],[85,85,71,71,77,74,55],[82,82,39,59,64,78,39]])";

// R 4.2.2: v <- cov(attitude); 7/6 * (1 - sum(diag(v)) / sum(v)) and so on; the psych manual prints 0.84, 0.84 and 0.43.
TEST(Reliability, AttitudeDataOfR) {
  const auto body = result("reliability", R"({"rows":)" + kAttitude + "}");
  EXPECT_NEAR(number(body, "alpha"), 0.84314276956475986, 1e-13);
  EXPECT_NEAR(number(body, "std_alpha"), 0.83908380302951058, 1e-13);
  EXPECT_NEAR(number(body, "average_r"), 0.42690664264971712, 1e-13);
  EXPECT_NEAR(number(body, "item_total_r[1]"), 0.77882570186016986, 1e-13);
  EXPECT_NEAR(number(body, "corrected_item_total_r[6]"), 0.26503433919667607, 1e-13);
  EXPECT_NEAR(number(body, "alpha_if_deleted[6]"), 0.86387231144643684, 1e-13);
  EXPECT_NEAR(number(body, "item_sd[7]"), 10.288706005342354, 1e-12);
  EXPECT_NEAR(number(body, "r_table_5pct"), 0.36100690773323302, 1e-13);
  EXPECT_EQ(shown(body, "item_valid"), "[true,true,true,true,true,true,true]");
  EXPECT_EQ(shown(body, "items"), R"(["I1","I2","I3","I4","I5","I6","I7"])");
  EXPECT_EQ(shown(body, "warnings"), "[]");
}

// The printed table of r at 5 %, two-sided.
TEST(Reliability, TableOfR) {
  EXPECT_NEAR(*critical_r(3, 0.95), 0.997, 5e-4);
  EXPECT_NEAR(*critical_r(10, 0.95), 0.632, 5e-4);
  EXPECT_NEAR(*critical_r(30, 0.95), 0.361, 5e-4);
  EXPECT_NEAR(*critical_r(100, 0.95), 0.197, 6e-4);
  EXPECT_FALSE(critical_r(2, 0.95));
}

TEST(ReliabilityCall, ReversedItemsAndMissingAnswers) {
  const auto turned = result(
      "reliability", R"({"rows":[[1,2,5],[2,3,4],[4,4,2],[5,4,null],[5,5,1]],"reversed":["c"],"items":["a","b","c"],"scale":[1,5]})");
  const auto plain = result("reliability", R"({"rows":[[1,2,1],[2,3,2],[4,4,4],[5,5,5]]})");
  EXPECT_EQ(shown(turned, "alpha"), shown(plain, "alpha"));
  EXPECT_EQ(shown(turned, "item_mean"), shown(plain, "item_mean"));
  EXPECT_EQ(shown(turned, "n_rows") + shown(turned, "n_complete"), "54");
  EXPECT_EQ(shown(turned, "warnings[1].code") + shown(turned, "warnings[1].rows"), R"("missing"[4])");
  EXPECT_EQ(shown(result("reliability", R"({"rows":[[1,2,5],[2,3,4],[4,4,2],[5,5,1]],"reversed":[3],"scale":[1,5]})"), "alpha"),
            shown(plain, "alpha"));
}

TEST(ReliabilityCall, WhatDoesNotVaryHasNoCorrelation) {
  const auto body = result("reliability", R"({"rows":[[0.1,1,2],[0.1,2,3],[0.1,4,3]]})");
  EXPECT_EQ(shown(body, "item_total_r[1]") + shown(body, "std_alpha") + shown(body, "item_sd[1]") + shown(body, "item_valid[1]"),
            "nullnull0null");
  EXPECT_EQ(warning_codes(body), WarningCodes{"undefined"});
  const auto constant = result("reliability", R"({"rows":[[0.1,0.3],[0.3,0.1],[0.2,0.2]]})");
  EXPECT_EQ(shown(constant, "alpha"), "null");
  const auto one = result("reliability", R"({"rows":[[3,4]]})");
  EXPECT_EQ(shown(one, "alpha") + shown(one, "r_table_5pct") + shown(one, "item_sd") + shown(one, "item_mean"), "nullnull[null,null][3,4]");
  EXPECT_EQ(shown(result("reliability", R"({"rows":[[1],[2],[3]]})"), "alpha"), "null");
  EXPECT_NEAR(number(result("reliability", R"({"rows":[[1e300,1e300],[2e300,2.5e300],[4e300,3e300]]})"), "alpha"), 0.90666666666666651,
              1e-9);
}

TEST(ReliabilityCall, Refusals) {
  expect_refused("reliability", R"({"rows":[]})", "shape", "rows");
  expect_refused("reliability", R"({"rows":[[1,2],[3]]})", "shape", "rows");
  expect_refused("reliability", R"({"rows":[[1,2]],"items":["a"]})", "shape", "items");
  expect_refused("reliability", R"({"rows":[[null,2],[3,null]]})", "undefined", "rows");
  expect_refused("reliability", R"({"rows":[[1,2]],"reversed":["x"],"scale":[1,5]})", "range", "reversed");
  expect_refused("reliability", R"({"rows":[[1,2]],"reversed":[3],"scale":[1,5]})", "range", "reversed");
  expect_refused("reliability", R"({"rows":[[1,2]],"reversed":[1]})", "field_missing", "scale");
  expect_refused("reliability", R"({"rows":[[1,6]],"scale":[1,5]})", "range", "rows");
  expect_refused("reliability", R"({"rows":[[1,2]],"scale":[5,1]})", "range", "scale");
  expect_refused("reliability", R"({"rows":[["1",2]]})", "type", "rows");
  expect_refused("reliability", "{}", "field_missing", "rows");
}

}  // namespace pilar::reliability_test
