#include "domain/control.h"

#include <gtest/gtest.h>

#include <deque>

using namespace pilar;

namespace {

/// Months of a share, as they came in.
struct Given {
  Measure measure;
  std::deque<MeasureReading> readings;
  std::vector<ControlMonth> months;

  explicit Given(MeasureKind kind) {
    measure.kind = kind;
    measure.items = {"nilai"};
  }
  MeasureReading& add(bool running = false) {
    auto& reading = readings.emplace_back();
    reading.measure = &measure;
    months.push_back({Month{24'000 + static_cast<std::int32_t>(months.size())}, running, &reading});
    return reading;
  }
  void share(std::int64_t numerator, std::int64_t denominator, bool running = false) { add(running).share = {numerator, denominator}; }
  Control judge() const { return control_of(measure, months); }
};

}  // namespace

TEST(Control, FewerThanTwelveMonthsAreNotJudged) {
  Given series(MeasureKind::Share);
  for (int i = 0; i < 11; ++i) series.share(40 + i % 3, 50);
  EXPECT_EQ(series.judge().turn, Control::Turn::TooShort);
  EXPECT_EQ(series.judge().months, 11U);
  series.share(5, 50, true);
  EXPECT_EQ(series.judge().turn, Control::Turn::TooShort) << "the running month does not count";
  EXPECT_EQ(control_of(series.measure, {}).turn, Control::Turn::TooShort);
}

TEST(Control, AShiftAfterTheBaselineIsAnImprovementFromItsFirstMonth) {
  Given series(MeasureKind::Share);
  for (int i = 0; i < 12; ++i) series.share(72 + 2 * ((11 - i) % 3), 100);
  for (int i = 0; i < 8; ++i) series.share(86 + i % 2, 100);
  series.share(3, 20, true);
  const auto control = series.judge();
  EXPECT_EQ(control.kind, math::SpcChart::P);
  EXPECT_EQ(control.turn, Control::Turn::Better);
  EXPECT_EQ(control.since, (Month{24'012}));
  EXPECT_EQ(control.lasting, 8U);
  EXPECT_EQ(control.last, (Month{24'019})) << "the running month is no verdict";
  EXPECT_EQ(control.baseline, 12U);
  EXPECT_NEAR(control.chart.points.back().cl.value(), 74, 0.01) << "the lines come from the first twelve months";
  EXPECT_NEAR(control.chart.points[12].y.value(), 86, 1e-9) << "in per cent";
}

TEST(Control, OneBadMonthIsNamedAndForgottenWhenItIsOver) {
  Given series(MeasureKind::Share);
  for (int i = 0; i < 13; ++i) series.share(80 + i % 3, 100);
  series.share(50, 100);
  EXPECT_EQ(series.judge().turn, Control::Turn::Worse);
  EXPECT_EQ(series.judge().lasting, 1U);
  series.share(81, 100);
  const auto after = series.judge();
  EXPECT_EQ(after.turn, Control::Turn::Ordinary);
  EXPECT_FALSE(after.since);
  EXPECT_EQ(after.earlier, (std::vector<Month>{Month{24'013}}));
}

TEST(Control, GapsAndMistakesHaveNoPoint) {
  Given series(MeasureKind::Ratio);
  for (int i = 0; i < 12; ++i) series.share(40 + i % 3, 50);
  series.share(60, 50);  // more than all: a mistake in what was entered
  series.share(0, 0);
  const auto control = series.judge();
  EXPECT_EQ(control.months, 12U);
  EXPECT_FALSE(control.chart.points[12].y);
  EXPECT_FALSE(control.chart.points[13].y);
  EXPECT_EQ(control.last, (Month{24'011}));
}

TEST(Control, RatingsAreJudgedByTheSpreadOfTheirAnswers) {
  Given series(MeasureKind::Rating);
  const auto rate = [&](double mean, std::int64_t n) {
    auto& reading = series.add();
    reading.rating.mean = mean;
    reading.rating.n = n;
    reading.rating.sd = 0.9;
  };
  for (int i = 0; i < 14; ++i) rate(4.0 + (i % 3) * 0.05, 100);
  const auto control = series.judge();
  EXPECT_EQ(control.kind, math::SpcChart::Xbar);
  EXPECT_EQ(control.turn, Control::Turn::Ordinary);
  // 3 x 0.9 / 10 either side of the mean, a little more for c4(100).
  EXPECT_NEAR(control.chart.points[0].ucl.value() - control.chart.points[0].cl.value(), 0.27, 0.002);
  rate(3.7, 100);
  EXPECT_EQ(series.judge().turn, Control::Turn::Worse);
}

TEST(Control, ASumHasNoGoodDirection) {
  Given series(MeasureKind::Sum);
  for (int i = 0; i < 13; ++i) series.add().total = Decimal::whole(100 + i % 3);
  series.add().total = Decimal::whole(160);
  EXPECT_EQ(series.judge().turn, Control::Turn::Changed);
}
