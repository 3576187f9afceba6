#include "math/plausibility.h"

#include <gtest/gtest.h>

#include <vector>

namespace pilar::plausibility_test {

using namespace pilar::math;

TEST(Plausibility, TheExactTestOfOneSideIsFishers) {
  EXPECT_NEAR(fisher_upper({3, 4}, {1, 4}), 17.0 / 70, 1e-12);
  EXPECT_NEAR(fisher_upper({1, 4}, {3, 4}), 69.0 / 70, 1e-12) << "the other side, the table itself in both";
  EXPECT_NEAR(fisher_upper({0, 4}, {2, 4}), 1, 1e-12);
  EXPECT_NEAR(fisher_upper({4, 4}, {0, 4}), 1.0 / 70, 1e-12);
  EXPECT_LT(fisher_upper({38, 38}, {20, 30}), 1.0 / 5'000);
}

TEST(Plausibility, ChancesOfCounts) {
  EXPECT_NEAR(at_least(5, 5, 0.2), 0.00032, 1e-12);
  EXPECT_EQ(at_least(0, 5, 0.2), 1);
  EXPECT_NEAR(agreement(100), 0.028209479, 1e-8);
  EXPECT_EQ(agreement(0), 1);
  EXPECT_EQ(agreement(0.01), 1) << "never above 1";
  EXPECT_NEAR(successive_variance(std::vector<double>{1, 3, 2, 4}).value(), 1.5, 1e-12);
  EXPECT_FALSE(successive_variance(std::vector<double>{1}));
}

TEST(Plausibility, LastDigitsOfLargeFigures) {
  const auto round = last_digits(std::vector<std::int64_t>{20, 30, 40, 50, 60, 7, -3});
  EXPECT_EQ(round.n, 5) << "7 and 3 have no last digit of their own";
  EXPECT_EQ(round.round(), 5);
  EXPECT_NEAR(round.heaping, 0.00032, 1e-12);
  EXPECT_FALSE(round.uneven) << "too few for chi-square";
  std::vector<std::int64_t> even;
  for (std::int64_t i = 0; i < 100; ++i) even.push_back(100 + i);
  EXPECT_NEAR(last_digits(even).uneven.value(), 1, 1e-9);
  EXPECT_EQ(last_digits(std::vector<std::int64_t>{-25, -31}).counts[5], 1);
}

TEST(Plausibility, MiddleAndSpreadAreNotMovedByOneWildValue) {
  const auto spread = robust_spread(std::vector<double>{10, 11, 12, 13, 100});
  ASSERT_TRUE(spread);
  EXPECT_EQ(spread->median, 12);
  EXPECT_NEAR(spread->deviation, 1.4826, 1e-12);
  EXPECT_EQ(robust_spread(std::vector<double>{1, 2, 3, 4})->median, 2.5);
  EXPECT_FALSE(robust_spread(std::vector<double>{}));
}

}  // namespace pilar::plausibility_test
