#include "domain/yearly.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace pilar::yearly_test {
Decimal decimal(std::string_view text) { return parse_decimal(text).value(); }

TEST(Yearly, AMonthsGoalIsATwelfthOfTheYears) {
  EXPECT_DOUBLE_EQ(expected_by(decimal("100"), 6), 50);
  EXPECT_DOUBLE_EQ(expected_by(decimal("95"), 3), 23.75);
  EXPECT_DOUBLE_EQ(expected_by(decimal("90"), 12), 90) << "the whole target at the end of the year";
  EXPECT_DOUBLE_EQ(expected_by(decimal("0"), 7), 0);
  EXPECT_THROW(expected_by(decimal("100"), 0), Bug);
  EXPECT_THROW(expected_by(decimal("100"), 13), Bug);
}

TEST(Yearly, TheNextYearIsPlannedFromOctoberOn) {
  EXPECT_EQ(newest_yearly(make_day(2026, 9, 30).value()), 2026);
  EXPECT_EQ(newest_yearly(make_day(2026, 10, 1).value()), 2027);
  EXPECT_EQ(newest_yearly(make_day(2026, 12, 31).value()), 2027);
  EXPECT_EQ(newest_yearly(make_day(2027, 1, 1).value()), 2027) << "what was planned is the running year";
  EXPECT_EQ(planning_begins(2027), make_day(2027, 10, 1).value());
}

TEST(Yearly, ACoverageIsOnTheWayFromTheLineOn) {
  const Share hypertension{6892, 13344};  // 51.6 %
  EXPECT_EQ(is_on_the_way(hypertension, decimal("100"), Better::Higher, 6), true);
  EXPECT_EQ(is_on_the_way(hypertension, decimal("100"), Better::Higher, 7), false);
  EXPECT_EQ(is_on_the_way({600, 1200}, decimal("100"), Better::Higher, 6), true) << "on the line is enough";
  EXPECT_EQ(is_on_the_way({599, 1200}, decimal("100"), Better::Higher, 6), false);
  EXPECT_EQ(is_on_the_way({0, 1200}, decimal("100"), Better::Higher, 1), false) << "nobody served is a value";
  EXPECT_EQ(is_on_the_way({0, 1200}, decimal("0"), Better::Higher, 1), true);
}

TEST(Yearly, TheComparisonIsExact) {
  // 97.5 % * 1 / 12 = 8.125 %: 13 of 160 is exactly that.
  EXPECT_EQ(is_on_the_way({13, 160}, decimal("97.5"), Better::Higher, 1), true);
  EXPECT_EQ(is_on_the_way({1'299'999, 16'000'000}, decimal("97.5"), Better::Higher, 1), false) << "rounds to 8.1 %, and is less";
  EXPECT_EQ(is_on_the_way({1'000'000'000'000, 1'000'000'000'000}, decimal("99.999999"), Better::Higher, 12), true) << "does not overflow";
}

TEST(Yearly, WithoutCasesOrADirectionThereIsNoVerdict) {
  EXPECT_FALSE(is_on_the_way({0, 0}, decimal("100"), Better::Higher, 6));
  EXPECT_FALSE(is_on_the_way({5, 0}, decimal("100"), Better::Higher, 6)) << "served, but nobody in the target";
  EXPECT_FALSE(is_on_the_way({5, 10}, decimal("100"), Better::Neither, 6));
}

TEST(Yearly, WhereLessIsBetterTheLineIsACeiling) {
  EXPECT_EQ(is_on_the_way({4, 100}, decimal("12"), Better::Lower, 4), true);
  EXPECT_EQ(is_on_the_way({5, 100}, decimal("12"), Better::Lower, 4), false);
}

TEST(Yearly, MoreThanEverybodyIsOver) {
  EXPECT_TRUE(is_over({1112, 647}));
  EXPECT_FALSE(is_over({647, 647}));
  EXPECT_FALSE(is_over({3, 0})) << "without a target there is no share";
}

TEST(Yearly, KindsHaveTheirNames) {
  EXPECT_EQ(find_value(yearly_kinds(), "riil"), YearlyKind::Counted);
  EXPECT_EQ(find_value(yearly_kinds(), "proyeksi"), YearlyKind::Projected);
  EXPECT_FALSE(find_value(yearly_kinds(), "taksiran"));
}

RC_GTEST_PROP(YearlyLaw, MoreServedIsNeverFurtherFromTheLine, ()) {
  const auto denominator = *rc::gen::inRange<std::int64_t>(1, 100'000);
  const auto numerator = *rc::gen::inRange<std::int64_t>(0, 200'000);
  const auto month = *rc::gen::inRange(1, 13);
  const auto target = Decimal::whole(*rc::gen::inRange<std::int64_t>(0, 151));
  const auto now = is_on_the_way({numerator, denominator}, target, Better::Higher, month);
  const auto more = is_on_the_way({numerator + 1, denominator}, target, Better::Higher, month);
  RC_ASSERT(now.has_value() && more.has_value());
  RC_ASSERT(!*now || *more);
  // A month later more is expected.
  if (month < 12 && !*now) { RC_ASSERT(is_on_the_way({numerator, denominator}, target, Better::Higher, month + 1) == false); }
}

}  // namespace pilar::yearly_test
