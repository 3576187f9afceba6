#include "base/ahead.h"

#include <gtest/gtest.h>

#include <stdexcept>
#include <thread>

namespace pilar::ahead_test {
TEST(Ahead, GivesEveryValueInOrderAndThenNothing) {
  Ahead<int> numbers([n = 0]() mutable { return n == 1000 ? std::nullopt : std::optional(n++); });
  for (int expected = 0; expected < 1000; ++expected) ASSERT_EQ(numbers.next(), expected);
  EXPECT_EQ(numbers.next(), std::nullopt);
  EXPECT_EQ(numbers.next(), std::nullopt);
}

TEST(Ahead, MakesOnAnotherThread) {
  Ahead<std::thread::id> threads([] { return std::optional(std::this_thread::get_id()); });
  EXPECT_NE(threads.next(), std::this_thread::get_id());
}

TEST(Ahead, WhatIsThrownReachesWhoAsksNext) {
  Ahead<int> numbers([n = 0]() mutable {
    if (n == 1) throw std::runtime_error("the disk is gone");
    return std::optional(n++);
  });
  EXPECT_EQ(numbers.next(), 0);
  EXPECT_THROW(numbers.next(), std::runtime_error);
  EXPECT_EQ(numbers.next(), std::nullopt);
}

TEST(Ahead, MayBeLeftBeforeItsEnd) {
  int made = 0;
  {
    Ahead<int> numbers([&made] { return std::optional(++made); });
    EXPECT_EQ(numbers.next(), 1);
  }
  EXPECT_EQ(made, 2) << "what was under way is waited for";
}

}  // namespace pilar::ahead_test
