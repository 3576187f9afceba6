#include "domain/control.h"

#include <gtest/gtest.h>

#include <deque>

namespace pilar::control_test {
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

// R: qbinom(0.05, 19, 0.5) is 6, round(log2(20)) + 3 is 7.
TEST(Control, TooFewCrossingsAreAShiftByTheRulesOfAnhoejAlone) {
  Given series(MeasureKind::Share);
  for (int i = 0; i < 20; ++i) series.share(i / 5 % 2 == 0 ? 84 : 80, 100);
  ControlChoice choice;
  choice.rules = math::SpcRules::Anhoej;
  const auto shifted = control_of(series.measure, series.months, choice);
  EXPECT_EQ(shifted.turn, Control::Turn::Changed);
  EXPECT_FALSE(shifted.since) << "it begins in no month of its own";
  EXPECT_EQ(shifted.crossings, 3U);
  EXPECT_EQ(shifted.crossings_min, 6U);
  EXPECT_EQ(series.judge().turn, Control::Turn::Ordinary);
  EXPECT_EQ(series.judge().crossings_min, 0U);
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

ControlChoice with_kind(math::SpcChart kind) {
  ControlChoice choice;
  choice.kind = kind;
  return choice;
}

TEST(Control, MonthsOfFewCasesAreNotJudgedAndMostlySuchASeriesIsNot) {
  Given few(MeasureKind::Share);
  for (int i = 0; i < 14; ++i) few.share(i % 4 == 0 ? 1 : 3, 3);
  const auto withheld = few.judge();
  EXPECT_EQ(withheld.turn, Control::Turn::TooFew);
  EXPECT_EQ(withheld.weak, 14U);
  EXPECT_FALSE(withheld.since);
  Given one(MeasureKind::Share);
  for (int i = 0; i < 13; ++i) one.share(80 + i % 3, 100);
  one.share(0, 3);
  const auto control = one.judge();
  EXPECT_EQ(control.turn, Control::Turn::Ordinary) << "three cases say nothing";
  EXPECT_EQ(control.weak, 1U);
  EXPECT_EQ(control.last, (Month{24'013})) << "the month is still the last one";
}

TEST(Control, NearlyFullSharesAreJudgedByTheExactLaw) {
  Given series(MeasureKind::Share);
  for (int i = 0; i < 12; ++i) series.share(49, 50);
  for (int i = 0; i < 8; ++i) series.share(50, 50);
  EXPECT_EQ(series.judge().turn, Control::Turn::Ordinary) << "100 % after 98 % is no change";
  EXPECT_EQ(series.judge().exact, 20U);
  series.share(40, 50);
  EXPECT_EQ(series.judge().turn, Control::Turn::Worse);
}

TEST(Control, TheReaderChoosesAmongTheSoundKinds) {
  Given series(MeasureKind::Share);
  for (int i = 0; i < 13; ++i) series.share(40 + i % 3, 50);
  const auto judge = [&](const ControlChoice& choice) { return control_of(series.measure, series.months, choice); };
  EXPECT_EQ(judge(with_kind(math::SpcChart::Pp)).kind, math::SpcChart::Pp);
  EXPECT_EQ(judge(with_kind(math::SpcChart::Xbar)).kind, math::SpcChart::P) << "a share has no standard deviation a month";
  const auto single = judge(with_kind(math::SpcChart::I));
  EXPECT_NEAR(single.chart.points[0].y.value(), 80, 1e-9) << "per cent on a chart of single values too";
  EXPECT_FALSE(judge(with_kind(math::SpcChart::Run)).chart.points[0].ucl);
  ControlChoice nelson;
  nelson.rules = math::SpcRules::Nelson;
  EXPECT_EQ(judge(nelson).rules, math::SpcRules::Nelson);
  for (const auto kind : control_kinds(series.measure)) EXPECT_EQ(parse_chart(chart_key(kind)), kind);
  for (const auto rules : all_spc_rules()) EXPECT_EQ(parse_rules(rules_key(rules)), rules);
  EXPECT_FALSE(parse_chart("kue"));
  EXPECT_FALSE(parse_rules(""));
}

TEST(Control, NewLinesBeginWhereTheFacilitySaysAndAreJudgedAfterTwelveMonths) {
  Given series(MeasureKind::Share);
  for (int i = 0; i < 12; ++i) series.share(72 + 2 * (i % 3), 100);
  for (int i = 0; i < 8; ++i) series.share(86 + i % 2, 100);
  ControlChoice choice;
  choice.starts = {Month{24'012}};
  const auto fresh = control_of(series.measure, series.months, choice);
  EXPECT_EQ(fresh.turn, Control::Turn::TooShort);
  EXPECT_EQ(fresh.start, (Month{24'012}));
  EXPECT_EQ(fresh.since_start, 8U);
  EXPECT_EQ(fresh.months, 20U);
  EXPECT_NEAR(fresh.chart.points.back().cl.value(), 86.5, 1e-9);
  for (int i = 0; i < 5; ++i) series.share(86 + i % 2, 100);
  const auto judged = control_of(series.measure, series.months, choice);
  EXPECT_EQ(judged.turn, Control::Turn::Ordinary);
  EXPECT_EQ(judged.baseline, 12U);
  EXPECT_EQ(series.judge().turn, Control::Turn::Better) << "against the old lines it is better";
}

TEST(Control, AFrozenBaselineDecidesTheLines) {
  Given series(MeasureKind::Share);
  for (int i = 0; i < 4; ++i) series.share(40, 100);
  for (int i = 0; i < 14; ++i) series.share(70 + i % 2, 100);
  ControlChoice choice;
  choice.baselines = {{Month{24'004}, Month{24'017}}};
  const auto control = control_of(series.measure, series.months, choice);
  EXPECT_TRUE(control.frozen);
  EXPECT_EQ(control.baseline, 14U);
  EXPECT_EQ(control.baseline_from, (Month{24'004}));
  EXPECT_NEAR(control.chart.points[0].cl.value(), 70.5, 1e-9);
  EXPECT_EQ(control.earlier.size(), 4U) << "the months before are drawn against them";
  choice.baselines = {{Month{23'000}, Month{23'011}}};
  EXPECT_FALSE(control_of(series.measure, series.months, choice).frozen) << "months that are not there";
}

TEST(Control, SaysWhenAnotherKindFitsBetter) {
  Given spread(MeasureKind::Share);
  for (int i = 0; i < 14; ++i) spread.share(i % 2 == 0 ? 500 : 700, 1000);
  EXPECT_EQ(spread.judge().advice, ControlAdvice::Dispersed);
  EXPECT_GT(spread.judge().sigma_z.value(), 10);
  EXPECT_EQ(control_of(spread.measure, spread.months, with_kind(math::SpcChart::Pp)).advice, ControlAdvice::None);
  Given rare(MeasureKind::Share);
  for (int i = 0; i < 13; ++i) rare.share(i % 5 == 0 ? 49 : 50, 50);
  EXPECT_EQ(rare.judge().advice, ControlAdvice::Rare);
  Given above(MeasureKind::Ratio);
  for (int i = 0; i < 13; ++i) above.share(i == 5 ? 60 : 45, 50);
  EXPECT_EQ(above.judge().advice, ControlAdvice::Exceeds);
  const auto rates = control_of(above.measure, above.months, with_kind(math::SpcChart::U));
  EXPECT_NEAR(rates.chart.points[5].y.value(), 120, 1e-9);
  EXPECT_EQ(rates.months, 13U);
}

TEST(Control, WhatAccumulatesThroughTheYearHasNoLines) {
  Measure measure;
  measure.kind = MeasureKind::Ratio;
  const auto control = yearly_control(measure);
  EXPECT_EQ(control.turn, Control::Turn::Yearly);
  EXPECT_FALSE(control.is_judged());
  EXPECT_TRUE(control.chart.points.empty());
}

}  // namespace pilar::control_test
