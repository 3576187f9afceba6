#include "math/skm.h"

#include <gtest/gtest.h>

namespace pilar::skm_test {

using namespace pilar::math;

constexpr auto kNow = SkmRegulation::Permenpan14Of2017;

Decimal decimal(const char* text) { return *parse_decimal(text); }

std::vector<UnsurTotal> totals(std::initializer_list<std::int64_t> sums, std::int64_t n) {
  std::vector<UnsurTotal> out;
  for (const auto sum : sums) out.push_back({sum, n});
  return out;
}

/// One unsur whose index is exactly `index`, by a million respondents.
Skm with_index(const char* index) {
  const auto sum = *multiply(decimal(index), Decimal::whole(40000));
  return skm(std::vector<UnsurTotal>{{*sum.scaled(0), 1'000'000}}, SkmForm::MeanOfNrr, {}, kNow);
}

// A public office's third quarter, 29 respondents, worked in the repository rennn9/GASPUL_BACKEND
// (rumus_perhitungan_ikm_lengkap.md); the exact values are 955 / 261 x 25 and 955 / 29 x weight x 25.
TEST(Skm, WorkedTable) {
  const auto survey = totals({105, 101, 100, 116, 102, 105, 106, 105, 115}, 29);
  const auto exact = skm(survey, SkmForm::MeanOfNrr, {}, kNow);
  EXPECT_NEAR(*exact.ikm, 955.0 / 261 * 25, 1e-13);
  EXPECT_EQ(text(*exact.ikm_2dec), "91.48");
  EXPECT_EQ(name(*exact.grade), "A");
  EXPECT_NEAR(exact.unsur[0]->nrr, 3.6207, 5e-5);
  EXPECT_NEAR(exact.unsur[8]->index, 99.14, 5e-3);
  EXPECT_EQ(exact.lowest, std::vector<std::size_t>{2});
  EXPECT_EQ(exact.unsur[1]->grade, SkmGrade::B);  // 87.07

  const auto printed = skm(survey, SkmForm::MeanOfNrr, decimal("0.11"), kNow);
  EXPECT_EQ(text(*printed.ikm_2dec), "90.56");
  EXPECT_NEAR(printed.unsur[0]->nrr_weighted, 0.3983, 5e-5);
  EXPECT_EQ(text(*skm(survey, SkmForm::MeanOfNrr, decimal("0.111"), kNow).ikm_2dec), "91.38");
  EXPECT_EQ(text(*skm(survey, SkmForm::MeanOfNrr, decimal("0.1111"), kNow).ikm_2dec), "91.47");
  EXPECT_EQ(text(*skm(survey, SkmForm::Pooled, {}, kNow).ikm_2dec), "91.48");
}

// Eight unsur answered 4, 3, 2; the ninth answered 4, -, 4: the mean of NRR is 28/9, the pooled mean 80/26.
TEST(Skm, AMissingAnswerSeparatesTheForms) {
  std::vector<UnsurTotal> survey(8, UnsurTotal{9, 3});
  survey.push_back({8, 2});
  EXPECT_EQ(text(*skm(survey, SkmForm::MeanOfNrr, {}, kNow).ikm_2dec), "77.78");
  EXPECT_EQ(text(*skm(survey, SkmForm::Pooled, {}, kNow).ikm_2dec), "76.92");
}

TEST(Skm, RoundedHalfUpThenGradedByLowerBounds) {
  constexpr const char* kTable[][3] = {
      {"25", "25", "D"},        {"64.99", "64.99", "D"},  {"64.9949", "64.99", "D"}, {"64.995", "65", "C"},   {"65", "65", "C"},
      {"76.6", "76.6", "C"},    {"76.6049", "76.6", "C"}, {"76.605", "76.61", "B"},  {"76.61", "76.61", "B"}, {"88.3", "88.3", "B"},
      {"88.3049", "88.3", "B"}, {"88.305", "88.31", "A"}, {"88.31", "88.31", "A"},   {"100", "100", "A"}};
  for (const auto& [index, shown, grade] : kTable) {
    const auto result = with_index(index);
    EXPECT_EQ(text(*result.ikm_2dec), shown) << index;
    EXPECT_EQ(name(*result.grade), grade) << index;
  }
}

TEST(Skm, TheSupersededTableHasOtherBounds) {
  constexpr auto kOld = SkmRegulation::Kepmenpan25Of2004;
  constexpr const char* kTable[][2] = {{"43.75", "D"}, {"43.76", "C"}, {"62.5", "C"}, {"62.51", "B"}, {"81.25", "B"}, {"81.26", "A"}};
  for (const auto& [index, grade] : kTable) EXPECT_EQ(name(skm_grade(decimal(index), kOld)), grade) << index;
}

// With weight 0.11 the most a survey can reach is 99; a grade flips for mean NRR in [3.5324, 3.5681).
TEST(Skm, ThePrintedWeightLowersTheIndex) {
  const auto full = totals({4, 4, 4, 4, 4, 4, 4, 4, 4}, 1);
  EXPECT_EQ(text(*skm(full, SkmForm::MeanOfNrr, decimal("0.11"), kNow).ikm_2dec), "99");
  const std::vector<UnsurTotal> near(9, UnsurTotal{35'500, 10'000});
  EXPECT_EQ(skm(near, SkmForm::MeanOfNrr, {}, kNow).grade, SkmGrade::A);
  EXPECT_EQ(skm(near, SkmForm::MeanOfNrr, decimal("0.11"), kNow).grade, SkmGrade::B);
}

TEST(Skm, AnUnansweredUnsurHasNoPart) {
  const std::vector<UnsurTotal> survey{{6, 2}, {0, 0}, {8, 2}};
  const auto result = skm(survey, SkmForm::MeanOfNrr, {}, kNow);
  EXPECT_FALSE(result.unsur[1]);
  EXPECT_EQ(text(*result.ikm_2dec), "87.5");
  EXPECT_EQ(result.lowest, std::vector<std::size_t>{0});
}

TEST(Skm, NobodyAnsweredIsNoIndex) {
  const auto result = skm(std::vector<UnsurTotal>(9), SkmForm::MeanOfNrr, {}, kNow);
  EXPECT_FALSE(result.ikm || result.ikm_2dec || result.grade);
  EXPECT_TRUE(result.lowest.empty());
}

TEST(Skm, TiesForTheLowestAreAllNamed) {
  const std::vector<UnsurTotal> survey{{6, 2}, {9, 3}, {8, 2}, {300'000'000'003, 100'000'000'000}};
  EXPECT_EQ(skm(survey, SkmForm::MeanOfNrr, {}, kNow).lowest, (std::vector<std::size_t>{0, 1}));
}

}  // namespace pilar::skm_test
