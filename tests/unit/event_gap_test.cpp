#include "domain/event_gap.h"

#include <gtest/gtest.h>

namespace pilar::event_gap_test {
Measure share_measure() {
  Measure measure;
  measure.kind = MeasureKind::Share;
  measure.items = {"benar"};
  return measure;
}

/// Twelve distances of about so many cases and days, then one more; nothing open.
GapChart after_twelve(math::SpcChart kind, std::int64_t last) {
  std::vector<EventGap> gaps;
  for (int i = 0; i < 12; ++i) gaps.push_back({Day{20'000 + 30 * i}, 28 + i % 5, 28 + i % 5});
  gaps.push_back({Day{21'000}, last, static_cast<std::int32_t>(last)});
  return gap_chart(kind, share_measure(), gaps, {});
}

TEST(EventGap, CountsCasesAndDaysFromEventToEvent) {
  const std::vector<EventDay> days{{Day{1}, 0, 40}, {Day{3}, 1, 10}, {Day{5}, 0, 20}, {Day{9}, 2, 12}, {Day{10}, 1, 5}, {Day{12}, 0, 7}};
  const auto gaps = event_gaps(days, Day{15});
  ASSERT_EQ(gaps.size(), 3U) << "what lies before the first event has no beginning";
  EXPECT_EQ(gaps[0].cases, 30) << "20 and the ten of the day that went well";
  EXPECT_EQ(gaps[0].days, 6);
  EXPECT_EQ(gaps[1].cases, 4);
  EXPECT_EQ(gaps[1].days, 1);
  EXPECT_TRUE(gaps[2].open);
  EXPECT_EQ(gaps[2].cases, 7);
  EXPECT_EQ(gaps[2].days, 5);
  EXPECT_TRUE(event_gaps({}, Day{15}).empty());
}

TEST(EventGap, TheEventIsWhatIsNotWanted) {
  auto measure = share_measure();
  MeasureReading reading;
  reading.measure = &measure;
  reading.share = {48, 50};
  EXPECT_EQ(event_day(Day{1}, reading)->events, 2);
  measure.better = Better::Lower;
  EXPECT_EQ(event_day(Day{1}, reading)->events, 48);
  reading.share = {60, 50};
  EXPECT_FALSE(event_day(Day{1}, reading));
  measure.kind = MeasureKind::Sum;
  reading.total = Decimal::whole(3);
  EXPECT_EQ(event_day(Day{1}, reading)->events, 3);
  reading.total.reset();
  EXPECT_FALSE(event_day(Day{1}, reading));
  measure.kind = MeasureKind::Skm;
  EXPECT_FALSE(has_events(measure));
}

TEST(EventGap, ALongDistanceIsBetterAndFewDistancesAreNotJudged) {
  EXPECT_EQ(after_twelve(math::SpcChart::G, 30).turn, GapChart::Turn::Ordinary);
  const auto longer = after_twelve(math::SpcChart::G, 200);
  EXPECT_EQ(longer.turn, GapChart::Turn::Longer);
  EXPECT_EQ(longer.since, (Day{21'000}));
  EXPECT_EQ(longer.chart.points.back().type, math::SpcPointType::Improvement);
  EXPECT_EQ(after_twelve(math::SpcChart::T, 200).turn, GapChart::Turn::Longer);
  EXPECT_EQ(after_twelve(math::SpcChart::T, 1).turn, GapChart::Turn::Shorter);
  auto few = after_twelve(math::SpcChart::G, 200).gaps;
  few.resize(11);
  EXPECT_EQ(gap_chart(math::SpcChart::G, share_measure(), few, {}).turn, GapChart::Turn::TooShort);
  EXPECT_EQ(gap_chart(math::SpcChart::G, share_measure(), {}, {}).closed, 0U);
}

/// Thirteen distances of about 30 cases, then about 200; thirty days each, the first one ended on 4 October 2024.
std::vector<EventGap> gaps_that_grow(int count) {
  std::vector<EventGap> gaps;
  for (int i = 0; i < count; ++i) gaps.push_back({Day{20'000 + 30 * i}, (i < 13 ? 28 : 200) + i % 5, 30});
  return gaps;
}

GapChart grown(int count, const ControlChoice& choice) {
  return gap_chart(math::SpcChart::G, share_measure(), gaps_that_grow(count), choice);
}

TEST(EventGap, NewLinesBeginWithTheFirstDistanceThatBeginsAfterTheChange) {
  EXPECT_EQ(grown(26, {}).turn, GapChart::Turn::Longer);
  ControlChoice choice;
  choice.starts = {month_of(Day{20'360})};  // the fourteenth began on 29 September 2025, the one before on 30 August
  const auto settled = grown(26, choice);
  ASSERT_EQ(settled.chart.phases.size(), 2U);
  EXPECT_EQ(settled.chart.phases[1].first, 13U);
  EXPECT_DOUBLE_EQ(*settled.chart.phases[1].cl, 202.5);
  EXPECT_EQ(settled.start, choice.starts.front());
  EXPECT_EQ(settled.since_start, 13U);
  EXPECT_EQ(settled.baseline, math::kSpcFewest);
  EXPECT_EQ(settled.turn, GapChart::Turn::Ordinary);
  EXPECT_TRUE(settled.is_judged(25));
  const auto fresh = grown(20, choice);
  EXPECT_EQ(fresh.turn, GapChart::Turn::TooShort);
  EXPECT_EQ(fresh.since_start, 7U);
  EXPECT_TRUE(fresh.is_judged(12)) << "what was before keeps its lines and signs";
  EXPECT_FALSE(fresh.is_judged(13));
  choice.starts = {month_of(Day{20'800})};
  EXPECT_EQ(grown(26, choice).chart.phases.size(), 1U) << "no distance has ended since";
}

TEST(EventGap, AFrozenBaselineCountsWhereEnoughDistancesEndedInIt) {
  ControlChoice choice;
  choice.baselines = {{month_of(Day{20'030}), month_of(Day{20'390})}};  // November 2024 to October 2025
  const auto frozen = grown(26, choice);
  EXPECT_TRUE(frozen.frozen);
  EXPECT_FALSE(frozen.frozen_too_small);
  EXPECT_EQ(frozen.baseline, 13U);
  EXPECT_DOUBLE_EQ(*frozen.chart.phases[0].cl, 30) << "29 to 32, 28 ... and one of 203";
  choice.baselines = {{month_of(Day{20'030}), month_of(Day{20'150})}};
  const auto small = grown(26, choice);
  EXPECT_FALSE(small.frozen);
  EXPECT_TRUE(small.frozen_too_small);
  EXPECT_EQ(small.baseline, math::kSpcFewest);
}

}  // namespace pilar::event_gap_test
