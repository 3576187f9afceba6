#include "domain/share_gap.h"

#include <gtest/gtest.h>

namespace pilar::share_gap_test {
MeasureReading reading_of(const Measure& measure, std::int64_t numerator, std::int64_t denominator) {
  MeasureReading out;
  out.measure = &measure;
  out.share = {numerator, denominator};
  return out;
}

Measure measure_of(MeasureKind kind, std::vector<std::string> items) {
  Measure measure;
  measure.kind = kind;
  measure.items = std::move(items);
  return measure;
}

// Newcombe (1998), table II, method 10; Fisher's test by R 4.2.2.
TEST(ShareGap, TheWorkedExample) {
  const auto one_question = measure_of(MeasureKind::Share, {"janji_ramah"});
  const auto gap = gap_between(reading_of(one_question, 56, 70), reading_of(one_question, 48, 80));
  ASSERT_TRUE(gap);
  EXPECT_NEAR(gap->difference, 0.2, 1e-12);
  EXPECT_NEAR(gap->interval.low, 0.0524, 5e-5);
  EXPECT_NEAR(gap->interval.high, 0.3339, 5e-5);
  EXPECT_NEAR(gap->p, 0.0125, 5e-5);
  EXPECT_TRUE(gap->is_beyond_chance());
  EXPECT_FALSE(gap_between(reading_of(one_question, 56, 70), reading_of(one_question, 57, 80))->is_beyond_chance());
}

TEST(ShareGap, NothingIsSaidWhereTheTestDoesNotHold) {
  const auto one_question = measure_of(MeasureKind::Share, {"janji_ramah"});
  EXPECT_FALSE(gap_between(reading_of(one_question, 0, 0), reading_of(one_question, 4, 8))) << "no cases";
  EXPECT_FALSE(gap_between(reading_of(one_question, 4, 8), reading_of(one_question, 0, 0)));
  const auto several = measure_of(MeasureKind::Share, {"janji_ramah", "janji_biaya"});
  EXPECT_FALSE(gap_between(reading_of(several, 4, 8), reading_of(several, 5, 8))) << "answers of one person hang together";
  const auto ratio = measure_of(MeasureKind::Ratio, {});
  EXPECT_FALSE(gap_between(reading_of(ratio, 9, 8), reading_of(ratio, 5, 8))) << "may exceed its denominator";
  auto wait = measure_of(MeasureKind::Duration, {"tunggu"});
  EXPECT_FALSE(gap_between(reading_of(wait, 4, 8), reading_of(wait, 5, 8))) << "no limit, no share";
  wait.within = Decimal::whole(60);
  EXPECT_TRUE(gap_between(reading_of(wait, 4, 8), reading_of(wait, 5, 8)));
}

}  // namespace pilar::share_gap_test
