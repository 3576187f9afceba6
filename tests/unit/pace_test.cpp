#include "base/pace.h"

#include <gtest/gtest.h>

namespace pilar::pace_test {
using std::chrono::microseconds;

TEST(Pace, BeginsWithOnePartAndDoublesWhileStepsAreShort) {
  Pace pace(50, microseconds{20'000});
  EXPECT_EQ(pace.size(), 1U);
  pace.took(1, microseconds{10});
  EXPECT_EQ(pace.size(), 2U);
  pace.took(2, microseconds{20});
  EXPECT_EQ(pace.size(), 4U);
}

TEST(Pace, KeepsTheTimeThatIsMeant) {
  Pace pace(50, microseconds{20'000});
  for (int i = 0; i < 10; ++i) pace.took(pace.size(), microseconds{2'000} * pace.size());
  EXPECT_EQ(pace.size(), 10U);
  pace.took(10, microseconds{100'000});
  EXPECT_EQ(pace.size(), 2U) << "parts became five times as dear";
}

TEST(Pace, StaysWithinItsBounds) {
  Pace pace(3, microseconds{20'000});
  for (int i = 0; i < 10; ++i) pace.took(pace.size(), microseconds{0});
  EXPECT_EQ(pace.size(), 3U);
  pace.took(3, microseconds{3'000'000});
  EXPECT_EQ(pace.size(), 1U);
  pace.took(0, microseconds{5'000'000});
  EXPECT_EQ(pace.size(), 1U) << "nothing done says nothing";
}

}  // namespace pilar::pace_test
