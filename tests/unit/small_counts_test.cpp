#include "domain/small_counts.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <numeric>

namespace pilar::small_counts_test {

TEST(SmallCounts, NeighboursAreJoinedUntilNobodyStandsOut) {
  EXPECT_EQ(merge_small(std::vector<std::int64_t>{33, 24, 6, 2, 1}), (std::vector<MergedCount>{{0, 0, 33}, {1, 1, 24}, {2, 4, 9}}));
  EXPECT_EQ(merge_small(std::vector<std::int64_t>{40, 0, 0, 0, 0}), (std::vector<MergedCount>{{0, 4, 40}}));
  EXPECT_EQ(merge_small(std::vector<std::int64_t>{5, 5}), (std::vector<MergedCount>{{0, 0, 5}, {1, 1, 5}}));
  EXPECT_TRUE(merge_small(std::vector<std::int64_t>{2, 1, 1}).empty());
  EXPECT_TRUE(merge_small({}).empty());
}

RC_GTEST_PROP(SmallCounts, EveryMergedCountIsLargeAndNoneIsLost, ()) {
  const auto counts = *rc::gen::container<std::vector<std::int64_t>>(rc::gen::inRange<std::int64_t>(0, 40));
  const auto merged = merge_small(counts);
  const auto all = std::accumulate(counts.begin(), counts.end(), std::int64_t{0});
  std::int64_t sum = 0;
  std::size_t next = 0;
  for (const auto& one : merged) {
    RC_ASSERT(one.count >= kSmallest);
    RC_ASSERT(one.first == next);
    next = one.last + 1;
    sum += one.count;
  }
  RC_ASSERT(sum == (all < kSmallest ? 0 : all));
  RC_ASSERT(merged.empty() || next == counts.size());
}

TEST(SmallCounts, SharesNearTheirEndsAreSaidInWords) {
  EXPECT_EQ(say_share({3, 9}), PublicShare::Hidden);
  EXPECT_EQ(say_share({62, 65}), PublicShare::NearlyAll);
  EXPECT_EQ(say_share({65, 65}), PublicShare::NearlyAll) << "all is told no more exactly than nearly all";
  EXPECT_EQ(say_share({4, 65}), PublicShare::NearlyNone);
  EXPECT_EQ(say_share({60, 65}), PublicShare::Shown);
  EXPECT_EQ(say_share({5, 10}), PublicShare::Shown);
}

}  // namespace pilar::small_counts_test
