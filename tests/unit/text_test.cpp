#include "base/text.h"

#include <gtest/gtest.h>

namespace pilar::text_test {
using namespace std::string_view_literals;

TEST(Text, WellFormedUtf8IsTakenAndCounted) {
  EXPECT_TRUE(is_utf8(""));
  EXPECT_TRUE(is_utf8("Peserta \xC3\xA9 \xE2\x80\x93 \xF0\x9F\x99\x82"));
  EXPECT_EQ(code_points("\xC3\xA9\xE2\x80\x93\xF0\x9F\x99\x82x"), 4U);
  // First and last code point of each length, and the neighbours of the surrogates.
  for (const auto text : {"\x01"sv, "\x7F"sv, "\xC2\x80"sv, "\xDF\xBF"sv, "\xE0\xA0\x80"sv, "\xED\x9F\xBF"sv, "\xEE\x80\x80"sv,
                          "\xEF\xBF\xBF"sv, "\xF0\x90\x80\x80"sv, "\xF4\x8F\xBF\xBF"sv}) {
    EXPECT_TRUE(is_utf8(text));
    EXPECT_EQ(code_points(text), 1U);
  }
}

TEST(Text, MalformedUtf8IsRefused) {
  for (const auto text :
       {"\0"sv, "\x80"sv, "\xC3"sv, "\xC0\xAF"sv, "\xC1\xBF"sv, "\xE2\x80"sv, "\xE0\x9F\xBF"sv, "\xED\xA0\x80"sv, "\xF0\x8F\xBF\xBF"sv,
        "\xF0\x9F\x99"sv, "\xF4\x90\x80\x80"sv, "\xF5\x80\x80\x80"sv, "\xE2\x28\xA1"sv, "\xF0\x9F\x28\x82"sv, "ok\xFF"sv})
    EXPECT_FALSE(is_utf8(text));
}

TEST(Text, NumbersAreReadWholeAndWithoutLocale) {
  EXPECT_EQ(parse_int("-42"), -42);
  for (const auto text : {""sv, "+5"sv, " 5"sv, "5 "sv, "5x"sv, "9223372036854775808"sv}) EXPECT_FALSE(parse_int(text)) << text;
  EXPECT_EQ(parse_double("0.25"), 0.25);
  for (const auto text : {""sv, "nan"sv, "inf"sv, "1,5"sv, "1e999"sv}) EXPECT_FALSE(parse_double(text)) << text;
}

TEST(Text, TheNearestWordIsOfferedOnlyWhenItIsNear) {
  constexpr std::string_view kWords[] = {"penjamin", "kunjungan", "nilai"};
  EXPECT_EQ(nearest("penjmin", kWords), "penjamin");
  EXPECT_EQ(nearest("nilia", kWords), "nilai");
  EXPECT_EQ(nearest("xyzzy", kWords), "");
}

TEST(Text, BlanksAreTrimmedAndFieldsSplit) {
  EXPECT_EQ(trim(" \t a b \r\n"), "a b");
  EXPECT_EQ(trim("  "), "");
  EXPECT_EQ(split("a,,b", ',').size(), 3U);
  EXPECT_EQ(lower_ascii("KESSAN 5S"), "kessan 5s");
}

}  // namespace pilar::text_test
