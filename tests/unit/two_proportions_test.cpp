#include "math/two_proportions.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "math/distribution.h"
#include "support/calc_call.h"

namespace pilar::two_proportions_test {

using namespace pilar::math;
using namespace pilar::calc_call;

// R 4.2.2: prop.test(correct = FALSE), fisher.test; Newcombe's limits from those of Wilson.
TEST(TwoProportions, AgreesWithR) {
  const Share first{56, 70}, second{48, 80};
  EXPECT_NEAR(*chi_square(first, second), 7.0234113712374602, 1e-12);
  EXPECT_NEAR(fisher_exact(first, second), 0.012521129749209175, 1e-14);
  EXPECT_NEAR(newcombe(first, second, 0.95).low, 0.05243147240236487, 1e-13);
  EXPECT_NEAR(newcombe(first, second, 0.95).high, 0.33387265403690580, 1e-13);
  EXPECT_NEAR(fisher_exact({3, 4}, {1, 4}), 34.0 / 70, 1e-15);
  EXPECT_NEAR(fisher_exact({3, 1000}, {15, 1000}), 0.0072832237445604551, 1e-13);
  EXPECT_NEAR(fisher_exact({0, 10}, {10, 10}), 1.0825088224469028e-05, 1e-18);
  EXPECT_NEAR(fisher_exact({500, 1000}, {400, 1000}), 8.4537196744856396e-06, 1e-16);
}

// Newcombe (1998), Stat. Med. 17:873-890, table II, method 10; rounded as printed.
TEST(TwoProportions, NewcombeAsPrinted) {
  struct Case {
    Share first, second;
    double low, high;
  };
  for (const auto& [first, second, low, high] :
       {Case{{56, 70}, {48, 80}, 0.0524, 0.3339}, Case{{9, 10}, {3, 10}, 0.1705, 0.8090}, Case{{10, 10}, {0, 20}, 0.6791, 1.0},
        Case{{10, 10}, {0, 10}, 0.6075, 1.0}, Case{{5, 56}, {0, 29}, -0.0381, 0.1926}, Case{{0, 10}, {0, 20}, -0.1611, 0.2775}}) {
    EXPECT_NEAR(newcombe(first, second, 0.95).low, low, 5e-5);
    EXPECT_NEAR(newcombe(first, second, 0.95).high, high, 5e-5);
  }
}

RC_GTEST_PROP(TwoProportionsProperty, SwappingTheGroupsOnlyTurnsTheSign, ()) {
  const auto n1 = *rc::gen::inRange<std::int64_t>(1, 400), n2 = *rc::gen::inRange<std::int64_t>(1, 400);
  const Share first{*rc::gen::inRange<std::int64_t>(0, n1 + 1), n1}, second{*rc::gen::inRange<std::int64_t>(0, n2 + 1), n2};
  const double p = fisher_exact(first, second);
  RC_ASSERT(p > 0 && p <= 1);
  RC_ASSERT(std::abs(p - fisher_exact(second, first)) < 1e-12);
  RC_ASSERT(std::abs(newcombe(first, second, 0.9).low + newcombe(second, first, 0.9).high) < 1e-12);
}

TEST(TwoProportionsCall, EmptyGroupsAndBadInput) {
  const auto body = result("two_proportions", R"({"x1":0,"n1":0,"x2":3,"n2":5})");
  for (const auto* key : {"p1", "difference", "newcombe", "chi2", "p_value", "fisher_p"}) EXPECT_EQ(shown(body, key), "null") << key;
  EXPECT_EQ(warning_codes(body), WarningCodes{"undefined"});
  const auto none = result("two_proportions", R"({"x1":0,"n1":4,"x2":0,"n2":5})");
  EXPECT_EQ(shown(none, "chi2") + shown(none, "fisher_p") + shown(none, "difference"), "null10");
  EXPECT_NEAR(number(result("two_proportions", R"({"x1":56,"n1":70,"x2":48,"n2":80})"), "p_value"), 0.0080450813681965643, 1e-14);
  EXPECT_EQ(number(result("two_proportions", R"({"x1":1,"n1":1000000000000,"x2":999999999999,"n2":1000000000000})"), "fisher_p"), 0);
  expect_refused("two_proportions", R"({"x1":6,"n1":5,"x2":3,"n2":5})", "range", "x1");
  expect_refused("two_proportions", R"({"x1":1,"n1":5,"x2":6,"n2":5})", "range", "x2");
  expect_refused("two_proportions", R"({"x1":-1,"n1":5,"x2":3,"n2":5})", "range", "x1");
  expect_refused("two_proportions", R"({"x1":1,"n1":1e300,"x2":3,"n2":5})", "range", "n1");
  expect_refused("two_proportions", R"({"x1":1,"n1":5,"x2":null,"n2":5})", "type", "x2");
  expect_refused("two_proportions", R"({"x1":1,"n1":5,"x2":3})", "field_missing", "n2");
}

}  // namespace pilar::two_proportions_test
