#include "base/json.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <bit>
#include <cmath>
#include <limits>

#include "base/result.h"

namespace pilar::json_test {

using json::parse;

json::Value read(std::string_view text) {
  auto result = parse(text);
  if (const auto* error = std::get_if<json::ParseError>(&result)) {
    ADD_FAILURE() << text << ": " << error->what;
    return {};
  }
  return std::get<json::Value>(std::move(result));
}

bool refused(std::string_view text, const json::Limits& limits = {}) {
  return std::holds_alternative<json::ParseError>(parse(text, limits));
}

std::string nested(std::size_t depth) { return std::string(depth, '[') + std::string(depth, ']'); }

/// A JSON value of random shape, at most `depth` containers deep.
json::Value any_value(int depth) {
  switch (*rc::gen::inRange(0, depth > 0 ? 7 : 5)) {
    case 0:
      return nullptr;
    case 1:
      return *rc::gen::arbitrary<bool>();
    case 2:
      return *rc::gen::arbitrary<std::int64_t>();
    case 3:
      return *rc::gen::suchThat<double>([](double n) { return std::isfinite(n); });
    case 4:
      return *rc::gen::container<std::string>(rc::gen::inRange<char>(0, 127));
    case 5: {
      json::Array array;
      for (int i = *rc::gen::inRange(0, 4); i > 0; --i) array.push_back(any_value(depth - 1));
      return array;
    }
    default: {
      json::Object object;
      for (int i = *rc::gen::inRange(0, 4); i > 0; --i) object.emplace_back("k\"é" + std::to_string(i), any_value(depth - 1));
      return object;
    }
  }
}

TEST(Json, KeepsNumbersAsTheyWereWritten) {
  const auto value = read(R"({"a":76.605,"b":1e3,"c":-0.10,"d":123456789012345678901234567890,"e":1E+2})");
  EXPECT_EQ(json::print(value), R"({"a":76.605,"b":1e3,"c":-0.10,"d":123456789012345678901234567890,"e":1E+2})");
  EXPECT_EQ(text(*value.find("a")->to_decimal()), "76.605");
  EXPECT_EQ(value.find("b")->to_int(), 1000);
  EXPECT_EQ(value.find("c")->to_double(), -0.1);
  EXPECT_EQ(value.find("d")->to_int(), std::nullopt);
  EXPECT_EQ(value.find("d")->to_decimal(), std::nullopt);
  EXPECT_EQ(value.find("d")->to_double(), 123456789012345678901234567890.0);
}

TEST(Json, ConvertsOnlyWhatFits) {
  EXPECT_EQ(read("9223372036854775807").to_int(), std::numeric_limits<std::int64_t>::max());
  EXPECT_EQ(read("9223372036854775808").to_int(), std::nullopt);
  EXPECT_EQ(read("2.0").to_int(), 2);
  EXPECT_EQ(read("2.5").to_int(), std::nullopt);
  EXPECT_EQ(read("1e400").to_double(), std::nullopt);
  EXPECT_EQ(read("-1e400").to_double(), std::nullopt);
  EXPECT_EQ(read("1e-400").to_double(), std::nullopt);
  EXPECT_EQ(read("5e-324").to_double(), 5e-324);
  EXPECT_EQ(read("\"2\"").to_int(), std::nullopt);
  EXPECT_EQ(read("true").to_double(), std::nullopt);
}

TEST(Json, RefusesWhatRfc8259DoesNotAllow) {
  for (const char* bad : {"",
                          " ",
                          "{",
                          "[1,]",
                          "{\"a\":1,}",
                          "// c\n1",
                          "/* c */1",
                          "1 2",
                          "nul",
                          "NaN",
                          "Infinity",
                          "-",
                          "01",
                          "1.",
                          ".5",
                          "+1",
                          "'a'",
                          "\"\\x\"",
                          "\"\\ud800\"",
                          "\"a\nb\"",
                          "\xEF\xBB\xBF"
                          "1",
                          "\"\xC0\x80\"",
                          "\"\xED\xA0\x80\"",
                          "\"\xFF\"",
                          "{1:2}",
                          "[1}",
                          "\"a",
                          "{\"a\" 1}",
                          "[1 2]",
                          "1e"})
    EXPECT_TRUE(refused(bad)) << bad;
  EXPECT_TRUE(refused(std::string_view("1\0", 2)));
}

TEST(Json, RefusesADuplicateKeyAtAnyDepth) {
  EXPECT_TRUE(refused(R"({"a":1,"b":2,"a":3})"));
  EXPECT_TRUE(refused(R"([{"x":{"a":1,"\u0061":2}}])"));
  EXPECT_FALSE(refused(R"({"a":{"a":1},"b":{"a":2}})"));
}

TEST(Json, HoldsItsLimits) {
  EXPECT_FALSE(refused(nested(64)));
  EXPECT_TRUE(refused(nested(65)));
  EXPECT_TRUE(refused(nested(100'000)));
  EXPECT_TRUE(refused("[1,2,3]", {.max_bytes = 6}));
  EXPECT_FALSE(refused("[1,2,3]", {.max_bytes = 7}));
}

TEST(Json, SaysWhereItStopped) {
  const auto result = parse("[1, 2, x]");
  const auto* error = std::get_if<json::ParseError>(&result);
  ASSERT_NE(error, nullptr);
  EXPECT_EQ(error->offset, 7U);
  EXPECT_FALSE(error->what.empty());
}

TEST(Json, ReadsEscapesAndPrintsThemBack) {
  const auto value = read(R"("\u00e9 \ud83d\ude00 \" \\ \/ \b\f\n\r\t \u0001 \u0000")");
  EXPECT_EQ(value.string(), std::string("é 😀 \" \\ / \b\f\n\r\t \x01 \0", 23));
  EXPECT_EQ(json::print(value), R"("é 😀 \" \\ / \b\f\n\r\t \u0001 \u0000")");
}

TEST(Json, ReadsLongTextsThatTheParserHandsOverInParts) {
  const std::string long_text(100'000, 'x'), long_number = "0." + std::string(5'000, '1');
  EXPECT_EQ(read("\"" + long_text + "\\n\"").string(), long_text + "\n");
  EXPECT_EQ(read("{\"" + long_text + "\":1}").object().front().first, long_text);
  EXPECT_EQ(read(long_number).number().text, long_number);
}

TEST(Json, NumbersAreShortAndReadBack) {
  EXPECT_EQ(json::number_text(0.1), "0.1");
  EXPECT_EQ(json::number_text(100000), "100000");
  EXPECT_EQ(json::number_text(-76.605), "-76.605");
  EXPECT_EQ(json::number_text(0), "0");
  EXPECT_EQ(json::number_text(1e300), "1e+300");
  EXPECT_EQ(json::number_text(5e-324), "5e-324");
  EXPECT_THROW(json::number_text(std::numeric_limits<double>::quiet_NaN()), Bug);
  EXPECT_THROW(json::Value(std::numeric_limits<double>::infinity()), Bug);
}

TEST(Json, PrettyKeepsPlainArraysOnOneLine) {
  EXPECT_EQ(json::pretty(read(R"({"a":[1,2],"b":{},"c":[[1],{"d":null}],"e":[]})")),
            "{\n  \"a\": [1, 2],\n  \"b\": {},\n  \"c\": [\n    [1],\n    {\n      \"d\": null\n    }\n  ],\n  \"e\": []\n}");
  EXPECT_EQ(json::pretty(read("3")), "3");
}

TEST(Json, MembersAreFoundReplacedAndAppended) {
  auto value = read(R"({"a":1})");
  value.set("b", true);
  value.set("a", "x");
  EXPECT_EQ(json::print(value), R"({"a":"x","b":true})");
  EXPECT_EQ(value.find("c"), nullptr);
  EXPECT_EQ(read("[1]").find("a"), nullptr);
  EXPECT_THROW((void)value.array(), Bug);
}

RC_GTEST_PROP(JsonProperty, ReadsWhatItPrints, ()) {
  const auto value = any_value(4);
  RC_ASSERT(std::get<json::Value>(parse(json::print(value))) == value);
  RC_ASSERT(std::get<json::Value>(parse(json::pretty(value))) == value);
}

RC_GTEST_PROP(JsonProperty, DoublesReadBackExactly, (std::uint64_t bits)) {
  const auto value = std::bit_cast<double>(bits);
  RC_PRE(std::isfinite(value));
  RC_ASSERT(json::Value(value).to_double() == value);
}

}  // namespace pilar::json_test
