#include "base/decimal.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <limits>

#include "base/int128.h"

namespace pilar::decimal_test {
Decimal of(const char* text) {
  const auto value = parse_decimal(text);
  EXPECT_TRUE(value) << text;
  return value.value_or(Decimal{});
}

constexpr auto kMax = std::numeric_limits<std::int64_t>::max();
constexpr auto kMin = std::numeric_limits<std::int64_t>::min();

TEST(Decimal, ReadsPlainAndScientificForms) {
  EXPECT_EQ(text(of("12.5")), "12.5");
  EXPECT_EQ(text(of("-0.05")), "-0.05");
  EXPECT_EQ(text(of("1e3")), "1000");
  EXPECT_EQ(text(of("1.250E+2")), "125");
  EXPECT_EQ(text(of("76.605")), "76.605");
  EXPECT_EQ(text(of("2500e-4")), "0.25");
  EXPECT_EQ(text(of("-0")), "0");
  EXPECT_EQ(text(of("0e999999999999999999999")), "0");
  EXPECT_EQ(text(of("0.000000000000000001")), "0.000000000000000001");
  EXPECT_EQ(text(of("0007.50000000000000000000000")), "7.5");
  EXPECT_EQ(text(of("1e18")), "1000000000000000000");
}

TEST(Decimal, RefusesWhatIsNoNumberOrTooLong) {
  for (const char* bad : {"",
                          "-",
                          ".5",
                          "5.",
                          "+5",
                          " 5",
                          "5 ",
                          "1,5",
                          "1e",
                          "1e+",
                          "e3",
                          "1.2.3",
                          "0x1",
                          "nan",
                          "inf",
                          "--1",
                          "1e3.5",
                          "1234567890123456789",
                          "0.1234567890123456789",
                          "1e19",
                          "1e-19",
                          "1e99999999999999999999",
                          "1e-99999999999999999999"})
    EXPECT_FALSE(parse_decimal(bad)) << bad;
}

TEST(Decimal, EqualNumbersAreEqualValues) {
  EXPECT_EQ(of("2.50"), of("2.5"));
  EXPECT_EQ(*Decimal::make(2500, 3), of("2.5"));
  EXPECT_TRUE(of("-1.5") < of("-1.25"));
  EXPECT_TRUE(of("0.1") < of("0.11"));
  EXPECT_TRUE(*Decimal::make(kMax, 0) > *Decimal::make(kMax, 18));
  EXPECT_FALSE(Decimal::make(1, 19));
  EXPECT_FALSE(Decimal::make(1, -1));
  EXPECT_FALSE(Decimal::make(1000, 19));
}

TEST(Decimal, RoundsHalfAwayFromZero) {
  EXPECT_EQ(text(round(of("76.605"), 2)), "76.61");
  EXPECT_EQ(text(round(of("-76.605"), 2)), "-76.61");
  EXPECT_EQ(text(round(of("64.995"), 2)), "65");
  EXPECT_EQ(text(round(of("64.9949999"), 2)), "64.99");
  EXPECT_EQ(text(round(of("0.5"), 0)), "1");
  EXPECT_EQ(text(round(of("1.5"), 9)), "1.5");
  EXPECT_EQ(text(round(*Decimal::make(kMax, 18), 0)), "9");
}

TEST(Decimal, DividesToTwelveDigits) {
  EXPECT_EQ(text(*divide(of("1"), of("3"))), "0.333333333333");
  EXPECT_EQ(text(*divide(of("2"), of("-3"))), "-0.666666666667");
  EXPECT_EQ(text(*divide(of("100"), of("9"))), "11.111111111111");
  EXPECT_EQ(text(*divide(of("0.000000000000000001"), of("0.000000000000000003"))), "0.333333333333");
  EXPECT_EQ(text(*divide(of("0.0000000000005"), of("1"))), "0.000000000001");
  EXPECT_EQ(text(*divide(*Decimal::make(kMin, 18), of("1"))), "-9.223372036855");
  EXPECT_FALSE(divide(of("1"), of("0")));
  EXPECT_FALSE(divide(of("1e18"), of("1e-18")));
}

TEST(Decimal, OverflowIsEmptyAndNeverWraps) {
  const auto most = Decimal::whole(kMax);
  EXPECT_FALSE(add(most, of("1")));
  EXPECT_FALSE(subtract(Decimal::whole(kMin), of("1")));
  EXPECT_FALSE(multiply(most, of("2")));
  EXPECT_FALSE(multiply(of("0.000000001"), of("0.0000000001")));
  EXPECT_EQ(text(*multiply(of("0.000000002"), of("0.000000005"))), "0.00000000000000001");
  EXPECT_EQ(*add(most, of("-1")), Decimal::whole(kMax - 1));
  EXPECT_EQ(text(Decimal::whole(kMin)), "-9223372036854775808");
}

TEST(Decimal, ScalesOnlyWhenExact) {
  EXPECT_EQ(of("1.25").scaled(2), 125);
  EXPECT_EQ(of("1.25").scaled(4), 12500);
  EXPECT_EQ(of("1.25").scaled(1), std::nullopt);
  EXPECT_EQ(Decimal::whole(kMax).scaled(1), std::nullopt);
  EXPECT_EQ(of("0.1").to_double(), 0.1);
  EXPECT_EQ(of("76.605").to_double(), 76.605);
}

RC_GTEST_PROP(DecimalProperty, ReadsWhatItPrints, (std::int64_t unscaled)) {
  const auto digits = *rc::gen::inRange(0, 19);
  const auto value = *Decimal::make(unscaled % 1'000'000'000'000'000'000, digits);
  RC_ASSERT(parse_decimal(text(value)) == value);
}

RC_GTEST_PROP(DecimalProperty, AdditionUndoesSubtraction, (std::int32_t a, std::int32_t b)) {
  const auto left = *Decimal::make(a, *rc::gen::inRange(0, 9)), right = *Decimal::make(b, *rc::gen::inRange(0, 9));
  RC_ASSERT(add(*subtract(left, right), right) == left);
  RC_ASSERT((left < right) == (subtract(left, right)->unscaled() < 0));
}

RC_GTEST_PROP(DecimalProperty, QuotientTimesDivisorIsCloseToTheDividend, (std::int32_t a, std::int32_t b)) {
  RC_PRE(b != 0);
  const auto quotient = *divide(Decimal::whole(a), Decimal::whole(b));
  // |q*b - a| <= |b| / 2 units of the twelfth digit
  const auto error = static_cast<Int128>(*quotient.scaled(12)) * b - static_cast<Int128>(a) * 1'000'000'000'000;
  RC_ASSERT((error < 0 ? -error : error) * 2 <= (b < 0 ? -Int128{b} : Int128{b}));
}

}  // namespace pilar::decimal_test
