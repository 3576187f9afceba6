#include "domain/need.h"

#include <gtest/gtest.h>

namespace pilar::need_test {

using State = Need::State;

TEST(Need, FiveEdgesOfTheMonthlyMinimum) {
  EXPECT_EQ(need_of(0, 0, 30), (Need{State::NoVisits, 0, 0, {}}));
  EXPECT_EQ(need_of(29, 29, 30), (Need{State::NoMinimum, 29, 29, {}}));
  EXPECT_EQ(need_of(29, 30, 30), (Need{State::Short, 29, 30, 30}));
  EXPECT_EQ(need_of(30, 30, 30), (Need{State::Met, 30, 30, 30}));
  EXPECT_EQ(need_of(31, 30, 30), (Need{State::MoreThanVisits, 31, 30, 30}));
}

TEST(Need, UnknownVisitsAreNotZeroVisits) {
  EXPECT_EQ(need_of(12, {}, 30), (Need{State::VisitsUnknown, 12, {}, 30}));
  EXPECT_EQ(need_of(1, 0, 30).state, State::MoreThanVisits);
}

}  // namespace pilar::need_test
