#include "math/spc.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <cmath>

#include "support/calc_call.h"

namespace pilar::spc_test {

using namespace pilar::math;
using namespace pilar::calc_call;

std::vector<SpcValue> values_of(const std::vector<double>& y) {
  std::vector<SpcValue> values;
  for (const double one : y) values.push_back({.value = one});
  return values;
}

/// The labels of an I chart after a baseline that gives it the centre 0 and sigma 1.
std::string labels(std::vector<double> tail, SpcRules rules) {
  // Twelve points with mean 0 and mean moving range 1.128, hence sigma 1.
  std::vector<double> y;
  for (int i = 0; i < 12; ++i) y.push_back(i % 2 == 0 ? 0.564 : -0.564);
  y.insert(y.end(), tail.begin(), tail.end());
  const auto chart = spc(values_of(y), {.rules = rules, .freeze = 12});
  std::string out;
  for (std::size_t i = 12; i < y.size(); ++i) (out += out.empty() ? "" : " ") += name(*chart.points[i].cause);
  return out;
}

TEST(SpcRules, NhsShiftOfSevenIsLabelledWholeAndBrokenByTheCentreLine) {
  EXPECT_EQ(labels({.5, .5, .5, .5, .5, .5, .5, -.5}, SpcRules::Nhs),
            "shift_high shift_high shift_high shift_high shift_high shift_high shift_high common");
  EXPECT_EQ(labels({.5, .5, .5, .5, .5, .5, -.5}, SpcRules::Nhs), "common common common common common common common");
  EXPECT_EQ(labels({.5, .5, .5, .5, 0, .5, .5, .5}, SpcRules::Nhs), "common common common common common common common common");
}

TEST(SpcRules, NhsTrendOfSevenPointsBeatsTheShift) {
  EXPECT_EQ(labels({-.9, -.6, -.3, .1, .4, .7, .9, .2}, SpcRules::Nhs),
            "trend_up trend_up trend_up trend_up trend_up trend_up trend_up common");
  EXPECT_EQ(labels({1.9, 1.6, 1.3, 1.1, .9, .7, .5}, SpcRules::Nhs),
            "trend_down trend_down trend_down trend_down trend_down trend_down trend_down");
  EXPECT_EQ(labels({-.9, -.6, -.3, -.3, .1, .4, .7}, SpcRules::Nhs), "common common common common common common common");
}

// ptd_special_cause_type() of NHSRplotthedots: a point that is part of a trend on either side takes that on its right.
TEST(SpcRules, ATurningPointSpeaksOfTheTrendThatBeginsThere) {
  EXPECT_EQ(
      labels({.9, .6, .3, 0, -.3, -.6, -.9, -.6, -.3, 0, .3, .6, .9, .1}, SpcRules::Nhs),
      "trend_down trend_down trend_down trend_down trend_down trend_down trend_up trend_up trend_up trend_up trend_up trend_up trend_up "
      "common");
  EXPECT_EQ(labels({-.9, -.6, -.3, 0, .3, .6, .9, .6, .3, 0, -.3, -.6, -.9, -.1}, SpcRules::Nhs),
            "trend_up trend_up trend_up trend_up trend_up trend_up trend_down trend_down trend_down trend_down trend_down trend_down "
            "trend_down common");
}

TEST(SpcRules, NhsTwoOfThree) {
  EXPECT_EQ(labels({2.5, .5, 2.5}, SpcRules::Nhs), "two_of_three_high common two_of_three_high");
  EXPECT_EQ(labels({.5, -2.5, -2.2, .5}, SpcRules::Nhs), "common common common common");  // all three stand on one side
  EXPECT_EQ(labels({-2.5, -2.2, -.5}, SpcRules::Nhs), "two_of_three_low two_of_three_low common");
  EXPECT_EQ(labels({3.5, .5, 2.5}, SpcRules::Nhs), "outside_high common common");  // a point outside is no such neighbour
}

TEST(SpcRules, AnhoejPassesOverTheCentreLine) {
  // 21 useful points: the longest run allowed is 7, this one has 9.
  std::vector<double> tail(10, .5);
  tail[4] = 0;
  EXPECT_EQ(labels(tail, SpcRules::Anhoej),
            "shift_high shift_high shift_high shift_high common shift_high shift_high shift_high shift_high shift_high");
  EXPECT_EQ(labels({.5, .5, .5, .5, .5, .5, .5}, SpcRules::Anhoej), "common common common common common common common");
}

TEST(SpcRules, WesternElectricAndNelson) {
  EXPECT_EQ(labels({3.5}, SpcRules::WesternElectric), "beyond_3_sigma");
  EXPECT_EQ(labels({2.5, -.5, 2.5}, SpcRules::WesternElectric), "two_of_three_2_sigma common two_of_three_2_sigma");
  EXPECT_EQ(labels({1.5, 1.5, -.5, 1.5, 1.5}, SpcRules::WesternElectric),
            "four_of_five_1_sigma four_of_five_1_sigma common four_of_five_1_sigma four_of_five_1_sigma");
  EXPECT_EQ(labels({-.5, .5, .5, .5, .5, .5, .5, .5, .5}, SpcRules::WesternElectric).substr(7),
            "eight_one_side eight_one_side eight_one_side eight_one_side eight_one_side eight_one_side eight_one_side eight_one_side");
  EXPECT_EQ(labels({-.9, -.5, -.2, .2, .5, .9}, SpcRules::Nelson), "six_trend six_trend six_trend six_trend six_trend six_trend");
  EXPECT_EQ(labels({-1.5, 1.5, 1.6, -1.4, -1.5, 1.5, 1.6, -1.4}, SpcRules::Nelson).find("common"), std::string::npos);
  EXPECT_EQ(labels({.5, -.5}, SpcRules::Nelson), "fourteen_alternating fourteen_alternating");  // with the twelve before
}

TEST(Spc, APointOnALimitIsInsideAndAnEvenSeriesHasNoSignal) {
  const auto even = spc(values_of(std::vector<double>(20, 0.1)), {.screen = true});
  EXPECT_EQ(even.points[19].cause, SpecialCause::Common);
  EXPECT_EQ(even.phases[0].n_useful, 0U);
  EXPECT_FALSE(even.phases[0].longest_run);
  EXPECT_TRUE(even.phases[0].kept_unscreened);
  EXPECT_FALSE(even.points[0].sigma_signal);
  EXPECT_EQ(labels({3.0, 3.000001, -3.0}, SpcRules::WesternElectric).substr(0, 36), "two_of_three_2_sigma beyond_3_sigma ");
}

TEST(Spc, ExcludedPointsMakeTheirNeighboursNeighboursAndGapsDoNot) {
  auto values = values_of({1, 2, 90, 4, 3});
  values[2].excluded = true;
  const auto without = spc(values, {});
  EXPECT_DOUBLE_EQ(*without.phases[0].cl, 2.5);
  EXPECT_DOUBLE_EQ(*without.phases[0].sigma, (1 + 2 + 1) / 3.0 / 1.128);
  EXPECT_TRUE(without.points[2].sigma_signal);
  EXPECT_EQ(without.points[2].cause, SpecialCause::OutsideHigh);
  EXPECT_EQ(without.phases[0].n_obs, 4U);
  values[2] = {};
  const auto gap = spc(values, {});
  EXPECT_DOUBLE_EQ(*gap.phases[0].sigma, 1 / 1.128);
  EXPECT_FALSE(gap.points[2].cause);
  EXPECT_FALSE(gap.points[2].lcl);
  EXPECT_TRUE(gap.points[2].cl);
  EXPECT_EQ(gap.phases[0].n_obs, 5U);
}

// qicharts2: "Ignore runs analysis if chart type is MR".
TEST(Spc, NeighbouringMovingRangesShareAValueAndHaveNoRuns) {
  std::vector<double> y;
  for (int i = 0; i < 30; ++i) y.push_back(i * i);
  for (const auto rules : {SpcRules::Anhoej, SpcRules::Nhs, SpcRules::WesternElectric, SpcRules::Nelson}) {
    const auto chart = spc(values_of(y), {.chart = SpcChart::Mr, .rules = rules});
    EXPECT_GT(*chart.phases[0].longest_run, *chart.phases[0].longest_run_max);
    EXPECT_FALSE(chart.phases[0].runs_signal);
    for (std::size_t i = 1; i < y.size(); ++i) EXPECT_EQ(chart.points[i].cause, SpecialCause::Common);
  }
  y.back() = 5000;
  EXPECT_EQ(spc(values_of(y), {.chart = SpcChart::Mr}).points.back().cause, SpecialCause::OutsideHigh);
}

TEST(Spc, FreezeSplitAndMultiply) {
  const auto chart = spc(values_of({1, 2, 1, 2, 5, 6, 10, 12, 11}), {.freeze = 4, .split_after = {6}, .multiply = 100});
  ASSERT_EQ(chart.phases.size(), 2U);
  EXPECT_DOUBLE_EQ(*chart.phases[0].cl, 150);
  EXPECT_DOUBLE_EQ(*chart.phases[0].sigma, 100 / 1.128);
  EXPECT_DOUBLE_EQ(*chart.points[0].ucl, 150 + 300 / 1.128);
  EXPECT_EQ(chart.points[5].cause, SpecialCause::OutsideHigh);
  EXPECT_DOUBLE_EQ(*chart.phases[1].cl, 1100);
  EXPECT_EQ(chart.phases[1].first, 6U);
  EXPECT_TRUE(chart.phases[1].short_series);
}

TEST(Spc, BaselinesByPhaseLeaveOutWhatStandsBeforeAndBehindThem) {
  const auto chart = spc(values_of({9, 9, 1, 2, 1, 2, 7, 10, 12, 11, 30}), {.split_after = {7}, .baselines = {{2, 4}, {0, 3}}});
  EXPECT_DOUBLE_EQ(*chart.phases[0].cl, 1.5);
  EXPECT_DOUBLE_EQ(*chart.phases[0].sigma, 1 / 1.128);
  EXPECT_EQ(chart.points[0].cause, SpecialCause::OutsideHigh) << "drawn against the lines that others decide";
  EXPECT_DOUBLE_EQ(*chart.phases[1].cl, 11);
  EXPECT_EQ(chart.points[10].cause, SpecialCause::OutsideHigh);
}

/// Twelve months of the baseline, then one more; judged exactly where counts are small.
SpcPoint after_baseline(SpcChart kind, SpcValue each, SpcValue last, bool exact = true) {
  std::vector<SpcValue> values(12, each);
  values.push_back(last);
  return spc(values, {.chart = kind, .freeze = 12, .exact_small = exact}).points.back();
}

// R: pbinom(0, 3, 0.9) = 0.001, pbinom(0, 3, 0.8) = 0.008; ppois(5, 1, lower = FALSE) = 0.000594, ppois(4, ...) = 0.00366.
TEST(Spc, SmallCountsAreJudgedByTheTailOfTheExactLaw) {
  const auto rare = after_baseline(SpcChart::P, {27, 30}, {0, 3}), usual = after_baseline(SpcChart::P, {24, 30}, {0, 3});
  EXPECT_TRUE(rare.exact);
  EXPECT_EQ(rare.cause, SpecialCause::OutsideLow);
  EXPECT_EQ(usual.cause, SpecialCause::Common);
  EXPECT_EQ(after_baseline(SpcChart::P, {24, 30}, {0, 3}, false).cause, SpecialCause::OutsideLow) << "the normal law cries wolf";
  EXPECT_FALSE(after_baseline(SpcChart::P, {24, 30}, {24, 30}).exact) << "6 and 24 expected";
  EXPECT_EQ(after_baseline(SpcChart::C, {1}, {6}).cause, SpecialCause::OutsideHigh);
  EXPECT_EQ(after_baseline(SpcChart::C, {1}, {5}).cause, SpecialCause::Common);
  EXPECT_EQ(after_baseline(SpcChart::C, {1}, {5}, false).cause, SpecialCause::OutsideHigh);
  EXPECT_EQ(after_baseline(SpcChart::U, {4, 4}, {6, 1}).cause, SpecialCause::OutsideHigh);
  EXPECT_EQ(after_baseline(SpcChart::U, {4, 4}, {5, 1}).cause, SpecialCause::Common);
}

// R: p <- 1 - 0.5 / 241; pbinom(19, 20, p) = 0.0407, pbinom(18, 20, p) = 0.00080.
TEST(Spc, ABaselineWithoutAMissHasHalfOne) {
  const auto one = after_baseline(SpcChart::P, {20, 20}, {19, 20}), two = after_baseline(SpcChart::P, {20, 20}, {18, 20});
  EXPECT_EQ(one.cause, SpecialCause::Common);
  EXPECT_EQ(two.cause, SpecialCause::OutsideLow);
  EXPECT_DOUBLE_EQ(*one.cl, 1);
  EXPECT_EQ(after_baseline(SpcChart::C, {0}, {1}).cause, SpecialCause::Common) << "half an event in twelve months: tail 0.041";
  EXPECT_EQ(after_baseline(SpcChart::C, {0}, {2}).cause, SpecialCause::OutsideHigh) << "tail 0.00084";
}

TEST(Spc, ExactPointsAreNoPartOfRunsAndWeakOnesHaveNoLabel) {
  std::vector<SpcValue> values(12, {49, 50});
  for (int i = 0; i < 8; ++i) values.push_back({50, 50});
  const auto chart = spc(values, {.chart = SpcChart::P, .freeze = 12, .exact_small = true});
  for (const auto& point : chart.points) EXPECT_EQ(point.cause, SpecialCause::Common) << "eight months of 100 % are no shift from 98 %";
  EXPECT_EQ(chart.phases[0].n_useful, 0U);
  values.back() = {.value = 0, .n = 3, .weak = true};
  const auto weak = spc(values, {.chart = SpcChart::P, .exact_small = true});
  EXPECT_FALSE(weak.points.back().cause);
  EXPECT_TRUE(weak.points.back().y);
  EXPECT_DOUBLE_EQ(*weak.phases[0].cl, (12 * 49 + 7 * 50) / (19 * 50.0 + 3)) << "in the lines all the same";
}

// R: qicharts2 formulas in base R, y <- c(8,11,12,4,13,20,12,12,6,16,9,25,15,8,4,8,16,6); cl^3.6 and so on.
TEST(Spc, TimesAndCasesBetween) {
  const std::vector<double> y{8, 11, 12, 4, 13, 20, 12, 12, 6, 16, 9, 25, 15, 8, 4, 8, 16, 6};
  const auto t = spc(values_of(y), {.chart = SpcChart::T});
  EXPECT_NEAR(*t.phases[0].cl, 10.478933870526051, 1e-11);
  EXPECT_NEAR(*t.points[0].ucl, 42.518117338924711, 1e-10);
  EXPECT_NEAR(*t.points[0].lcl, 1.0260953932305412, 1e-12);
  const auto g = spc(values_of(y), {.chart = SpcChart::G});
  EXPECT_DOUBLE_EQ(*g.phases[0].cl, 11.5);
  EXPECT_NEAR(*g.points[0].ucl, 47.023999539918321, 1e-11);
  EXPECT_EQ(*g.points[0].lcl, 0);
}

// R: Laney's factor with base R for x of n below.
TEST(Spc, LaneyWidensTheLimits) {
  const std::vector<double> x{45, 50, 52, 40, 61, 48, 55, 30, 49, 51}, n{500, 520, 480, 510, 505, 490, 515, 500, 495, 505};
  std::vector<SpcValue> values;
  for (std::size_t i = 0; i < x.size(); ++i) values.push_back({.value = x[i], .n = n[i]});
  const auto p = spc(values, {.chart = SpcChart::Pp});
  EXPECT_NEAR(*p.phases[0].sigma_z, 1.5754815922371819, 1e-13);
  EXPECT_NEAR(*p.points[4].ucl, 0.15772345548211117, 1e-14);
  const auto u = spc(values, {.chart = SpcChart::Up});
  EXPECT_NEAR(*u.phases[0].sigma_z, 1.4981026287659513, 1e-13);
  EXPECT_NEAR(*u.points[9].lcl, 0.033910010653347006, 1e-14);
}

TEST(Spc, VariationAndAssurance) {
  std::vector<double> y{5, 6, 5, 6, 5, 6, 5, 6, 5, 6, 5, 6, 12};
  const auto verdict = [&](Improvement improvement, double target) {
    const auto chart = spc(values_of(y), {.improvement = improvement, .freeze = 12, .target = target});
    return std::string(variation_name(*chart.variation)) + " " + std::string(chart.assurance ? name(*chart.assurance) : "none");
  };
  EXPECT_EQ(verdict(Improvement::Increase, 5), "improvement inconsistent");
  EXPECT_EQ(verdict(Improvement::Decrease, 20), "concern consistently_passing");
  EXPECT_EQ(verdict(Improvement::Increase, 20), "improvement consistently_failing");
  EXPECT_EQ(verdict(Improvement::Increase, 1), "improvement consistently_passing");
  EXPECT_EQ(verdict(Improvement::Neutral, 1), "neutral none");
}

RC_GTEST_PROP(SpcProperty, EveryChartAndRuleStandsAnyNumbers, (std::vector<double> raw)) {
  std::vector<SpcValue> values;
  for (const double y : raw) values.push_back({.value = std::isfinite(y) ? std::optional(std::abs(y) + 1) : std::nullopt, .n = 3, .sd = 1});
  for (int chart = 0; chart <= static_cast<int>(SpcChart::S); ++chart)
    for (const auto rules : {SpcRules::Anhoej, SpcRules::Nhs, SpcRules::WesternElectric, SpcRules::Nelson}) {
      if (chart == static_cast<int>(SpcChart::P) || chart == static_cast<int>(SpcChart::Pp)) continue;  // y / n above 1
      const auto drawn = spc(values, {.chart = static_cast<SpcChart>(chart), .rules = rules});
      RC_ASSERT(drawn.points.size() == values.size());
      for (const auto& phase : drawn.phases) RC_ASSERT(phase.longest_run.value_or(0) <= phase.n_useful);
    }
}

TEST(SpcCall, ZeroDenominatorsAndMissingValues) {
  const auto body = result("spc", R"({"chart":"p","numerator":[1,2,0,3,null],"denominator":[10,10,0,10,10],"multiply":100})");
  EXPECT_EQ(shown(body, "points.y"), "[10,20,null,30,null]");
  EXPECT_EQ(shown(body, "phases[1].cl") + shown(body, "points.n"), "20[10,10,0,10,10]");
  EXPECT_EQ(shown(body, "points.ucl[3]") + shown(body, "points.special_cause_type[3]") + shown(body, "points.sigma_signal[3]"),
            "nullnullfalse");
  EXPECT_EQ(warning_codes(body), (WarningCodes{"missing", "zero_denominator", "short"}));
  EXPECT_EQ(shown(body, "warnings[2].rows"), "[3]");
  EXPECT_EQ(shown(body, "assurance") + shown(body, "variation"), R"("no_target""common_cause")");
}

TEST(SpcCall, OneNumberInTwoSpellingsIsOneSubgroup) {
  const auto body = result("spc", R"({"chart":"xbar","value":[1,3,5,7,9],"subgroup":[1,1.0,"1",2e0,2]})");
  EXPECT_EQ(shown(body, "points.y") + shown(body, "points.n"), "[2,5,8][2,1,2]");
  expect_refused("spc", R"({"chart":"i","y":[1,2,3],"split_after_rows":[1,1.0]})", "range", "split_after_rows");
}

TEST(SpcCall, OnePointAndNoPoint) {
  const auto one = result("spc", R"({"chart":"i","y":[3]})");
  EXPECT_EQ(shown(one, "points.cl") + shown(one, "points.ucl") + shown(one, "phases[1].sigma"), "[3][null]null");
  EXPECT_EQ(warning_codes(one), (WarningCodes{"short", "undefined"}));
  const auto none = result("spc", R"({"chart":"i","y":[null,null]})");
  EXPECT_EQ(shown(none, "variation") + shown(none, "points.cl") + shown(none, "points.special_cause_type"), "null[null,null][null,null]");
  const auto alone = result("spc", R"({"chart":"xbar","value":[1,2,null],"subgroup":["a","b","c"]})");
  EXPECT_EQ(shown(alone, "points.y") + shown(alone, "points.ucl") + shown(alone, "points.x"), R"([1,2,null][null,null,null]["a","b","c"])");
}

TEST(SpcCall, Refusals) {
  expect_refused("spc", R"({"chart":"i","y":[]})", "shape", "y");
  expect_refused("spc", R"({"chart":"z","y":[1]})", "range", "chart");
  expect_refused("spc", R"({"chart":"i"})", "field_missing", "y");
  expect_refused("spc", R"({"chart":"p","y":[1]})", "field_unknown", "y");
  expect_refused("spc", R"({"chart":"p","numerator":[1]})", "field_missing", "denominator");
  expect_refused("spc", R"({"chart":"p","numerator":[1,2],"denominator":[1]})", "shape", "denominator");
  expect_refused("spc", R"({"chart":"p","numerator":[2],"denominator":[1]})", "range", "numerator");
  expect_refused("spc", R"({"chart":"p","numerator":[-1],"denominator":[1]})", "range", "numerator");
  expect_refused("spc", R"({"chart":"u","numerator":[1],"denominator":[-1]})", "range", "denominator");
  expect_refused("spc", R"({"chart":"c","y":[-1]})", "range", "y");
  expect_refused("spc", R"({"chart":"t","y":[1,0]})", "range", "y");
  expect_refused("spc", R"({"chart":"i","y":[1,2],"numerator":[1,2],"denominator":[1,2]})", "field_unknown", "numerator");
  expect_refused("spc", R"({"chart":"xbar","value":[1,2],"subgroup":[1]})", "shape", "subgroup");
  expect_refused("spc", R"({"chart":"i","y":[1,2],"x":[1]})", "shape", "x");
  expect_refused("spc", R"({"chart":"i","y":[1,2],"split_after_rows":[2]})", "range", "split_after_rows");
  expect_refused("spc", R"({"chart":"i","y":[1,2],"exclude_rows":[3]})", "range", "exclude_rows");
  expect_refused("spc", R"({"chart":"i","y":[1,2],"freeze_rows":0})", "range", "freeze_rows");
  expect_refused("spc", R"({"chart":"i","y":[1,2],"rules":"shewhart"})", "range", "rules");
  expect_refused("spc", R"({"chart":"i","y":[1,2],"rule_lengths":{"shift":1}})", "range", "rule_lengths.shift");
  expect_refused("spc", R"({"chart":"i","y":[1e400]})", "range", "y");
}

}  // namespace pilar::spc_test
