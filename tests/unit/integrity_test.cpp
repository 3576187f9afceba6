#include "domain/integrity.h"

#include <gtest/gtest.h>

#include <vector>

namespace pilar::integrity_test {
const Month kMonth = *parse_month("2026-09");
const Day kFirst = first_day(kMonth);

Day day(int number) { return {kFirst.value + number - 1}; }

/// Twelve months of three figures, none like another.
std::vector<MonthFigures> months_of_figures() {
  std::vector<MonthFigures> months;
  for (int i = 0; i < 12; ++i) months.push_back({{kMonth.value - 11 + i}, {200.0 + 37 * i % 50, 310.0 + 23 * i % 70, 150.0 + 41 * i % 60}});
  return months;
}

Instant at(int day_number, int hour, int minute) {
  return {start_of(day(day_number), Zone::Wib).micros + (hour * 60LL + minute) * 60'000'000};
}

TEST(Integrity, AMonthThatReachesItsTargetInItsLastDays) {
  std::vector<DayShare> days{{day(5), {10, 15}}, {day(12), {10, 15}}, {day(28), {13, 13}}, {day(29), {13, 13}}, {day(30), {12, 12}}};
  const auto found = find_month_end(days, kMonth, 0.85);
  ASSERT_TRUE(found);
  EXPECT_EQ(found->sign.severity, Severity::High);
  EXPECT_EQ(found->before.x, 20);
  EXPECT_EQ(found->before.n, 30);
  EXPECT_EQ(found->last.x, 38);
  EXPECT_FALSE(find_month_end(days, kMonth, 0.75)) << "far above that target";
  EXPECT_FALSE(find_month_end(days, kMonth, 0.9)) << "it is missed";
  for (auto& one : days) one.share = {one.share.n - 2, one.share.n};
  EXPECT_FALSE(find_month_end(days, kMonth, 0.85)) << "the same share all month";
}

TEST(Integrity, MonthsJustOverTheirTarget) {
  std::vector<double> shares(12, 0.855);
  const auto found = find_just_over(shares, 0.85);
  ASSERT_TRUE(found);
  EXPECT_EQ(found->over, 12);
  EXPECT_EQ(found->under, 0);
  EXPECT_EQ(found->sign.severity, Severity::Low);
  for (std::size_t i = 0; i < 5; ++i) shares[i] = 0.84;
  EXPECT_FALSE(find_just_over(shares, 0.85));
  EXPECT_FALSE(find_just_over(std::vector<double>(9, 0.855), 0.85)) << "nine in a row happen once in 512 times";
}

TEST(Integrity, MoreCasesInAnHourThanOnePersonCanSee) {
  std::vector<CaseMoment> cases;
  for (int i = 0; i < 70; ++i) cases.push_back({UnitKey{2}, at(3, 9, i % 60)});
  for (int i = 0; i < 45; ++i) cases.push_back({UnitKey{3}, at(4, 10, i)});
  for (int i = 0; i < 90; ++i) cases.push_back({UnitKey{4}, at(5, 12, 0)});
  for (int i = 0; i < 90; ++i) cases.push_back({UnitKey{5}, at(1 + i % 25, 8 + i % 5, i % 60)});
  const auto found = find_speed(cases);
  ASSERT_EQ(found.size(), 2U) << "one moment for all means that the time was not known; others take their time";
  EXPECT_EQ(found[0].unit, UnitKey{2});
  EXPECT_EQ(found[0].cases, 70);
  EXPECT_EQ(found[0].sign.severity, Severity::High);
  EXPECT_EQ(found[0].hour, at(3, 9, 0));
  EXPECT_EQ(found[1].sign.severity, Severity::Middle);
}

TEST(Integrity, FormsFilledInWithinSeconds) {
  std::vector<FilledForm> forms;
  for (int i = 0; i < 10; ++i) forms.push_back({UnitKey{1}, 60'000'000, 8});
  EXPECT_TRUE(find_seconds(forms).empty());
  for (int i = 0; i < 6; ++i) forms.push_back({UnitKey{1}, 3'000'000 + i, 8});
  forms.push_back({UnitKey{1}, 1'000'000, 2});  // two answers are soon given
  const auto found = find_seconds(forms);
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].quick, 6);
  EXPECT_EQ(found[0].all, 16);
  EXPECT_EQ(found[0].sign.severity, Severity::Middle);
  EXPECT_NEAR(found[0].median_seconds, 3, 0.01);
  for (int i = 0; i < 20; ++i) forms.push_back({UnitKey{1}, 2'000'000, 8});
  EXPECT_EQ(find_seconds(forms)[0].sign.severity, Severity::High);
  EXPECT_TRUE(find_seconds(std::vector<FilledForm>(9, {UnitKey{1}, -5, 8})).empty()) << "a clock that runs backwards says nothing";
}

TEST(Integrity, TheFiguresOfAnotherMonthAgain) {
  auto months = months_of_figures();
  EXPECT_FALSE(find_copy(months, kMonth));
  months.back().figures = months[4].figures;
  const auto found = find_copy(months, kMonth);
  ASSERT_TRUE(found);
  EXPECT_EQ(found->like, months[4].month);
  EXPECT_EQ(found->figures, 3U);
  EXPECT_FALSE(find_copy(months, months[4].month)) << "of two equal months it is the later one";
  for (auto& month : months) month.figures = {1, 2, 3};
  EXPECT_FALSE(find_copy(months, kMonth)) << "figures that never change are no copy";
}

TEST(Integrity, FiguresThatEndInZeroOrFive) {
  std::vector<std::int64_t> round, honest;
  for (std::int64_t i = 0; i < 30; ++i) {
    round.push_back(100 + 10 * (i * 7 % 13));
    honest.push_back(100 + 17 * i);
  }
  EXPECT_TRUE(has_free_digits(round));
  const auto found = find_round(round, 4);
  ASSERT_TRUE(found);
  EXPECT_EQ(found->round, 30);
  EXPECT_EQ(found->sign.severity, Severity::High);
  EXPECT_FALSE(find_round(honest, 4));
  EXPECT_FALSE(find_round(std::vector<std::int64_t>(10, 50), 1)) << "too few";
  EXPECT_FALSE(has_free_digits(std::vector<std::int64_t>{49, 50, 51, 50, 50})) << "always near fifty ends in 0 by itself";
  std::vector<std::int64_t> sevens;
  for (std::int64_t i = 0; i < 60; ++i) sevens.push_back(i % 2 == 0 ? 107 + 10 * (i % 9) : 100 + 11 * i);
  const auto uneven = find_round(sevens, 1);
  ASSERT_TRUE(uneven);
  EXPECT_TRUE(uneven->uneven);
  EXPECT_EQ(uneven->sign.severity, Severity::Middle);
}

TEST(Integrity, TheSameAnswersAgainAndAgain) {
  std::vector<AnswerPattern> records;
  for (std::uint64_t i = 0; i < 40; ++i) records.push_back({UnitKey{1}, day(1 + static_cast<int>(i % 20)), 1'000 + i});
  EXPECT_TRUE(find_duplicates(records).empty());
  for (int i = 0; i < 12; ++i) records.push_back({UnitKey{2}, day(8), 7});
  const auto found = find_duplicates(records);
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].unit, UnitKey{2});
  EXPECT_EQ(found[0].day, day(8));
  EXPECT_EQ(found[0].same, 12);
  EXPECT_EQ(found[0].sign.severity, Severity::High);
  for (int i = 0; i < 60; ++i) records.push_back({UnitKey{3}, day(1 + i % 20), 7});
  EXPECT_TRUE(find_duplicates(records).empty()) << "an answer that most give is no wonder";
}

TEST(Integrity, MoreCasesThanThereCanBe) {
  EXPECT_FALSE(find_over({10, 10}, false));
  EXPECT_FALSE(find_over({10, 0}, false)) << "no denominator is no share";
  EXPECT_EQ(find_over({11, 10}, false)->severity, Severity::High);
  EXPECT_EQ(find_over({11, 10}, true)->severity, Severity::Middle) << "a target may be a projection";
  EXPECT_EQ(find_over({15, 10}, true)->severity, Severity::High);
}

TEST(Integrity, NotOneFailureInYears) {
  const std::vector<math::Share> perfect(24, {20, 20});
  const auto found = find_too_good(perfect, 0.85);
  ASSERT_TRUE(found);
  EXPECT_EQ(found->months, 24U);
  EXPECT_EQ(found->cases, 480);
  EXPECT_EQ(found->sign.severity, Severity::High);
  EXPECT_FALSE(find_too_good(perfect, 1.0)) << "exactly that is asked for";
  EXPECT_FALSE(find_too_good(std::vector<math::Share>(5, {100, 100}), 0.85)) << "half a year at least";
  EXPECT_FALSE(find_too_good(std::vector<math::Share>(10, {5, 5}), 0.85)) << "few cases";
  auto broken = perfect;
  broken.back() = {19, 20};
  EXPECT_FALSE(find_too_good(broken, 0.85)) << "the run has ended";
  auto gap = perfect;
  gap[20] = {};
  EXPECT_EQ(find_too_good(gap, 0.85)->months, 23U) << "a month without cases neither ends it nor counts";
}

TEST(Integrity, AFigureUnlikeTheMonthsBefore) {
  const std::vector<double> earlier{110, 118, 121, 125, 119, 123};
  const auto usual = usual_of(earlier).value();
  EXPECT_EQ(usual.median, 120);
  EXPECT_EQ(usual.low, 110);
  EXPECT_EQ(usual.high, 125);
  EXPECT_EQ(oddness_of(1'210, usual), Oddness::TenTimes);
  EXPECT_EQ(oddness_of(12, usual), Oddness::OneTenth);
  EXPECT_EQ(oddness_of(211, usual), Oddness::DigitSwap);
  EXPECT_EQ(oddness_of(420, usual), Oddness::Far);
  EXPECT_FALSE(oddness_of(130, usual));
  EXPECT_FALSE(oddness_of(96, usual));
  EXPECT_EQ(oddness_of(0, usual), Oddness::Far);
  EXPECT_FALSE(usual_of(std::vector<double>{1, 2, 3, 4, 5})) << "five months say nothing";
  const auto small = usual_of(std::vector<double>{1, 0, 2, 1, 1, 0}).value();
  EXPECT_FALSE(oddness_of(3, small)) << "small counts jump by themselves";
  EXPECT_EQ(oddness_of(30, small), Oddness::Far);
}

}  // namespace pilar::integrity_test
