#include "math/sample_size.h"

#include <gtest/gtest.h>

#include "math/rational.h"

namespace pilar::sample_size_test {

using namespace pilar::math;

const Decimal kHalf = *parse_decimal("0.5"), kFivePercent = *parse_decimal("0.05"), kChiSquare = *parse_decimal("3.841");

std::int64_t krejcie(std::int64_t population) { return krejcie_morgan(population, kFivePercent, kHalf, kChiSquare).n; }

// Krejcie and Morgan (1970), Educational and Psychological Measurement 30: 607-610, table 1; 100000 by the formula (382.63).
TEST(SampleSize, KrejcieMorganTable) {
  constexpr std::int64_t kTable[][2] = {{10, 10},     {15, 14},     {20, 19},     {30, 28},     {40, 36},      {50, 44},      {60, 52},
                                        {70, 59},     {80, 66},     {90, 73},     {100, 80},    {150, 108},    {200, 132},    {250, 152},
                                        {300, 169},   {350, 183},   {400, 196},   {420, 201},   {440, 205},    {500, 217},    {550, 226},
                                        {600, 234},   {700, 248},   {800, 260},   {900, 269},   {1000, 278},   {1200, 291},   {1500, 306},
                                        {2000, 322},  {3000, 341},  {4000, 351},  {5000, 357},  {6000, 361},   {8000, 367},   {10000, 370},
                                        {15000, 375}, {20000, 377}, {50000, 381}, {75000, 382}, {100000, 383}, {1000000, 384}};
  for (const auto& [population, size] : kTable) EXPECT_EQ(krejcie(population), size) << population;
  EXPECT_EQ(krejcie(1), 1);
}

TEST(SampleSize, SlovinRoundsUpExactly) {
  EXPECT_EQ(slovin(1000, kFivePercent, kHalf).n, 286);         // 285.71
  EXPECT_EQ(slovin(100, *parse_decimal("0.1"), kHalf).n, 50);  // exactly 50; a double is a little above
  EXPECT_EQ(slovin(400, kFivePercent, kHalf).n, 200);          // exactly 200
  EXPECT_EQ(slovin(1, kFivePercent, kHalf).n, 1);
  EXPECT_EQ(slovin(100, *parse_decimal("0.1"), kHalf).unrounded, 50);
}

// R 4.2.2: qnorm(.975)^2 * .25 / .0025
TEST(SampleSize, CochranWithTheExactZ) {
  const auto many = cochran({}, 0.05, 0.5, 0.95), thousand = cochran(1000, 0.05, 0.5, 0.95);
  EXPECT_NEAR(many.unrounded, 384.14588206941232, 1e-10);
  EXPECT_EQ(many.n, 385);
  EXPECT_NEAR(thousand.unrounded, 277.73345317318757, 1e-10);
  EXPECT_EQ(thousand.n, 278);
  EXPECT_EQ(cochran(1, 0.05, 0.5, 0.95).n, 1);
}

TEST(SampleSize, NeverAsksForMoreThanThereAre) {
  for (std::int64_t population = 1; population < 2000; ++population) {
    EXPECT_LE(krejcie(population), population);
    EXPECT_LE(slovin(population, kFivePercent, kHalf).n, population);
    EXPECT_LE(cochran(population, 0.05, 0.5, 0.95).n, population);
  }
}

TEST(Rational, IsExactAtAnySize) {
  Rational sum;
  for (int n = 1; n <= 40; ++n) sum = sum + Rational(1) / (Rational(n) * Rational(n + 1));
  EXPECT_EQ(sum, Rational(40) / 41);
  EXPECT_TRUE(Rational(1) / 3 < *parse_decimal("0.333333333333333334"));
  EXPECT_EQ(text(*(Rational(-2) / 3).rounded(4)), "-0.6667");
  EXPECT_EQ(text(*(Rational(1) / 8).rounded(2)), "0.13");
  EXPECT_EQ((Rational(1) / 3).to_double(), 1.0 / 3);
  EXPECT_EQ((Rational(7) / 2).ceiling(), 4);
  EXPECT_EQ((Rational(-7) / 2).ceiling(), -3);
  EXPECT_EQ(Rational(4).ceiling(), 4);
  EXPECT_FALSE((Rational(1'000'000'000'000'000'000) * 100).rounded(0));
}

}  // namespace pilar::sample_size_test
