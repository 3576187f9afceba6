#include "domain/expression.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include <chrono>

#include "i18n/messages.h"

namespace pilar::expression_test {

using expression::Symbol;
using expression::Type;
using expression::Value;

const std::vector<Symbol> kSymbols{{"penjamin", Type::Text, {"jkn", "umum"}},
                                   {"nilai", Type::Number, {}},
                                   {"keluhan", Type::Set, {"demam", "batuk", "nyeri"}},
                                   {"lahir", Type::Date, {}},
                                   {"catatan", Type::Text, {}},
                                   {"kosong", Type::Number, {}},
                                   {"tanpa_jawaban", Type::Text, {"ya", "tidak"}}};

std::vector<Value> values() {
  return {std::string("jkn"),
          Decimal::whole(4),
          expression::Set{"demam", "nyeri"},
          *parse_day("1990-02-28"),
          std::string("Terima kasih é"),
          {},
          {}};
}

const Day kToday = *parse_day("2026-11-21");

std::string shown(const Value& value) {
  if (const auto* number = std::get_if<Decimal>(&value)) return text(*number);
  if (const auto* words = std::get_if<std::string>(&value)) return "'" + *words + "'";
  if (const auto* truth = std::get_if<bool>(&value)) return *truth ? "true" : "false";
  if (const auto* day = std::get_if<Day>(&value)) return iso(*day);
  if (std::holds_alternative<expression::Set>(value)) return "set";
  return "null";
}

/// The value of a correct expression, or what is wrong with it as "offset key: args".
std::string outcome(std::string_view source, Type wanted, int self = -1) {
  const auto program = expression::compile(source, kSymbols, wanted, self);
  if (program) return shown(expression::evaluate(*program, values(), kToday));
  std::string out = std::to_string(program.error().offset) + " " + std::string(key_of(program.error().message));
  for (const auto& arg : program.error().args) out += " [" + arg + "]";
  return out;
}

struct Row {
  const char* source;
  const char* want;
};

TEST(Expression, ComputesNumbers) {
  for (const auto& [source, want] : std::initializer_list<Row>{
           {"1 + 2 * 3", "7"},
           {"(1 + 2) * 3", "9"},
           {"10 - 2 - 3", "5"},
           {"7 div 2", "3.5"},
           {"12 div 3 div 2", "2"},
           {"1 div 3", "0.333333333333"},
           {"-7 mod 3", "-1"},
           {"7 mod -3", "1"},
           {"5.5 mod 0.2", "0.1"},
           {"--3", "3"},
           {"2 - -3", "5"},
           {"${nilai} * 25", "100"},
           {" ${ nilai }\n+ 1 ", "5"},
           {"round(2.5)", "3"},
           {"round(-2.345, 2)", "-2.35"},
           {"int(-2.9)", "-2"},
           {"int(2.9)", "2"},
           {"abs(-4.5)", "4.5"},
           {"min(3, ${nilai}, 2.5)", "2.5"},
           {"max(3, ${nilai}, 2.5)", "4"},
           {"max(7)", "7"},
           {"string-length(${catatan})", "14"},
           {"count-selected(${keluhan})", "2"},
           {"date-diff(${lahir}, date('1990-03-01'))", "1"},
           {"date-diff(today(), date('2026-11-20'))", "-1"},
           {"if(${nilai} > 3, 1, 0)", "1"},
           {"if(${nilai} > 4, 1, null())", "null"},
           {"coalesce(${kosong}, ${nilai})", "4"},
           {"coalesce(null(), null(), 3)", "3"},
       })
    EXPECT_EQ(outcome(source, Type::Number), want) << source;
}

TEST(Expression, JudgesConditions) {
  for (const auto& [source, want] : std::initializer_list<Row>{
           {"${penjamin} = 'jkn'", "true"},
           {"'umum' = ${penjamin}", "false"},
           {"${penjamin} != \"umum\" and ${nilai} >= 4", "true"},
           {"${nilai} = 4.0", "true"},
           {"${nilai} < 4 or ${nilai} <= 4", "true"},
           {"not(${nilai} > 4)", "true"},
           {"selected(${keluhan}, 'nyeri')", "true"},
           {"selected(${keluhan}, 'batuk')", "false"},
           {"selected(${penjamin}, 'jkn')", "true"},
           {"${lahir} < today()", "true"},
           {"${lahir} = date('1990-02-28')", "true"},
           {"regex(${catatan}, 'Terima.*')", "true"},
           {"regex(${catatan}, 'Terima')", "false"},
           {"true() = not(false())", "true"},
           {"1 + 1 = 2 and 2 + 2 = 4", "true"},
           {"true() or false() and false()", "true"},
           {"${catatan} = 'apa saja'", "false"},
       })
    EXPECT_EQ(outcome(source, Type::Boolean), want) << source;
}

TEST(Expression, NullIsNoAnswer) {
  for (const auto& [source, want] : std::initializer_list<Row>{
           {"${kosong} > 3", "null"},
           {"${kosong} = ${kosong}", "null"},
           {"null() = null()", "null"},
           {"${tanpa_jawaban} = 'ya'", "null"},
           {"${tanpa_jawaban} != 'ya'", "null"},
           {"not(${kosong} > 3)", "null"},
           {"${kosong} > 3 and false()", "false"},
           {"false() and ${kosong} > 3", "false"},
           {"${kosong} > 3 and true()", "null"},
           {"${kosong} > 3 or true()", "true"},
           {"true() or ${kosong} > 3", "true"},
           {"${kosong} > 3 or false()", "null"},
           {"null() and null()", "null"},
           {"if(${kosong} > 3, true(), false())", "null"},
           {"selected(${tanpa_jawaban}, 'ya')", "null"},
           {"regex(null(), 'a')", "null"},
           {"1 div 0 = 1", "null"},
           {"5 mod 0 = 1", "null"},
           {"999999999999999999 * 999999999999999999 > 0", "null"},
           {"round(1.5, 19) = 1.5", "null"},
           {"round(1.5, 0.5) = 1.5", "null"},
           {"min(1, ${kosong}) = 1", "null"},
           {"date(${catatan}) = today()", "null"},
           {"null()", "null"},
       })
    EXPECT_EQ(outcome(source, Type::Boolean), want) << source;
}

TEST(Expression, SaysWhatIsWrongAndWhere) {
  for (const auto& [source, want] : std::initializer_list<Row>{
           {"", "0 ExpressionEmpty"},
           {"  \n", "0 ExpressionEmpty"},
           {"${nilai} >", "10 ExpressionEndsEarly"},
           {"(${nilai} > 1", "13 ExpressionEndsEarly"},
           {"${nilai} > 1)", "12 ExpressionUnexpected [)]"},
           {"${nilai} > 1 1", "13 ExpressionUnexpected [1]"},
           {"and true()", "0 ExpressionUnexpected [and]"},
           {"${nilai} == 4", "10 ExpressionUnexpected [=]"},
           {"true() & false()", "7 ExpressionUnexpected [&]"},
           {"true() é false()", "7 ExpressionUnexpected [é]"},
           {"${penjamin} = ‘jkn’", "14 ExpressionCurlyQuotes [‘]"},
           {"${penjamin} = 'jkn", "14 ExpressionOpenText ['jkn]"},
           {"${penjamin = 'jkn'", "0 ExpressionOpenItem [${penjamin = 'jkn']"},
           {"not(true() true())", "11 ExpressionNeedsBracket [not] [true]"},
           {"1.2.3 > 1", "0 ExpressionBadNumber [1.2.3]"},
           {"3x > 1", "0 ExpressionBadNumber [3x]"},
           {".5 > 1", "0 ExpressionBadNumber [.5]"},
           {"${nilay} > 3", "0 ExpressionUnknownItemNear [nilay] [nilai]"},
           {"true() and ${zzzzzzzz} > 3", "11 ExpressionUnknownItem [zzzzzzzz]"},
           {"${} > 3", "0 ExpressionUnknownItem []"},
           {"penjamin = 'jkn'", "0 ExpressionBareName [penjamin]"},
           {"${penjamin} = jkn", "14 ExpressionBareName [jkn]"},
           {"selectd(${keluhan}, 'batuk')", "0 ExpressionUnknownFunctionNear [selectd] [selected]"},
           {"concatenate('a')", "0 ExpressionUnknownFunction [concatenate]"},
           {"${penjamin} = 'jknn'", "14 ExpressionUnknownOptionNear [jknn] [penjamin] [jkn]"},
           {"'asuransi' != ${penjamin}", "0 ExpressionUnknownOption [asuransi] [penjamin] [jkn, umum]"},
           {"selected(${keluhan}, 'btuk')", "21 ExpressionUnknownOptionNear [btuk] [keluhan] [batuk]"},
           {"not()", "0 ExpressionArguments [not()] [1] [0]"},
           {"true(1)", "0 ExpressionArguments [true()] [0] [1]"},
           {"min() > 1", "0 ExpressionArguments [min()] [≥ 1] [0]"},
           {"round(1, 2, 3) > 1", "0 ExpressionArguments [round()] [1–2] [3]"},
           {"not(1,)", "6 ExpressionUnexpected [)]"},
           {"${penjamin} + 1 > 2", "0 ExpressionNeedsNumber [${penjamin}]"},
           {"-${penjamin} > 2", "1 ExpressionNeedsNumber [${penjamin}]"},
           {"(${nilai}) and true()", "0 ExpressionNeedsBoolean [(${nilai})]"},
           {"${nilai} + 1", "0 ExpressionNeedsBoolean [${nilai} + 1]"},
           {"string-length(${nilai}) > 1", "14 ExpressionNeedsText [${nilai}]"},
           {"date-diff(today(), '2026-01-01') > 1", "19 ExpressionNeedsDate ['2026-01-01']"},
           {"count-selected(${penjamin}) > 1", "15 ExpressionNeedsSet [${penjamin}]"},
           {"selected(${nilai}, 'a')", "9 ExpressionNeedsSet [${nilai}]"},
           {"${nilai} = '4'", "11 ExpressionDifferentTypes [${nilai}] ['4']"},
           {"if(true(), 1, 'a') = 1", "14 ExpressionDifferentTypes [1] ['a']"},
           {"${catatan} < 'b'", "0 ExpressionNotOrdered [${catatan}]"},
           {"1 < 2 < 3", "8 ExpressionDifferentTypes [1 < 2] [3]"},
           {"${keluhan} = 'batuk'", "0 ExpressionCompareSet [${keluhan}]"},
           {"regex(${catatan}, 'a(')", "18 ExpressionBadPattern [a(]"},
           {"regex(${catatan}, ${penjamin})", "18 ExpressionPatternWritten [${penjamin}]"},
           {"${lahir} > date('2026-02-30')", "16 ExpressionBadDate [2026-02-30]"},
           {". > 3", "0 ExpressionNoSelf"},
       })
    EXPECT_EQ(outcome(source, Type::Boolean), want) << source;
}

TEST(Expression, DotIsTheItemItself) {
  EXPECT_EQ(outcome(". > 3 and . < ${nilai} + 1", Type::Boolean, 1), "true");
  EXPECT_EQ(outcome(". = 'jkn'", Type::Boolean, 0), "true");
  EXPECT_EQ(outcome(". > 3", Type::Boolean, 99), "0 ExpressionNoSelf");
}

TEST(Expression, RemembersWhatItReads) {
  const auto program = expression::compile("${nilai} + ${kosong} + ${nilai}", kSymbols, Type::Number);
  ASSERT_TRUE(program);
  EXPECT_EQ(program->uses, (std::vector<std::int32_t>{1, 5}));
  EXPECT_EQ(program->source, "${nilai} + ${kosong} + ${nilai}");
}

TEST(Expression, RefusesWhatIsTooLongOrTooDeep) {
  const auto bracketed = [](std::size_t levels) { return std::string(levels, '(') + "1" + std::string(levels, ')'); };
  EXPECT_EQ(outcome(bracketed(63), Type::Number), "1");
  EXPECT_EQ(outcome(bracketed(64), Type::Number), "64 ExpressionTooDeep [64]");
  EXPECT_EQ(outcome(std::string(2000, '-') + "1", Type::Number), "64 ExpressionTooDeep [64]");
  const auto begin = std::chrono::steady_clock::now();
  EXPECT_EQ(outcome(bracketed(10'000), Type::Number), "0 ExpressionTooLong [4096]");
  std::string nots;
  for (int i = 0; i < 1000; ++i) nots += "not(";
  EXPECT_EQ(outcome(nots, Type::Boolean), "256 ExpressionTooDeep [64]");
  EXPECT_LT(std::chrono::steady_clock::now() - begin, std::chrono::milliseconds(200));
}

TEST(Expression, LongSumsAreNoDepth) {
  std::string sum = "1";
  for (int i = 0; i < 2000; ++i) sum += "+1";
  EXPECT_EQ(outcome(sum, Type::Number), "2001");
}

TEST(Expression, RefusesDamagedText) { EXPECT_EQ(outcome("\xFF = 1", Type::Boolean), "0 ExpressionNotText"); }

TEST(Expression, ToleratesMissingValues) {
  const auto program = expression::compile("${nilai} > 3", kSymbols, Type::Boolean);
  ASSERT_TRUE(program);
  EXPECT_EQ(shown(expression::evaluate(*program, {}, kToday)), "null");
  EXPECT_FALSE(expression::is_true(expression::evaluate(*program, {}, kToday)));
}

RC_GTEST_PROP(Expression, NeverThrowsOnAnyText, (const std::string& source)) {
  const auto program = expression::compile(source, kSymbols, Type::Boolean, 1);
  if (program) expression::evaluate(*program, values(), kToday);
}

RC_GTEST_PROP(Expression, NeverThrowsOnAnyTokens, ()) {
  static const std::vector<std::string> kPieces{
      "(",    ")", "1",         "-",         "${nilai}",  "${penjamin}", "'jkn'", "=", "and", "or",     "not(", "if(",   ",",   "div ",
      "mod ", ".", "${kosong}", "selected(", "coalesce(", "null()",      "0",     "*", "<",   "true()", "min(", "date(", "'x'", "round("};
  const auto picks = *rc::gen::container<std::vector<std::size_t>>(rc::gen::inRange<std::size_t>(0, kPieces.size()));
  std::string source;
  for (const auto pick : picks) source += kPieces[pick] + " ";
  for (const auto wanted : {Type::Number, Type::Boolean}) {
    const auto program = expression::compile(source, kSymbols, wanted, 1);
    if (program)
      expression::evaluate(*program, values(), kToday);
    else
      RC_ASSERT(program.error().offset <= source.size());
  }
}

RC_GTEST_PROP(Expression, AddsAndMultipliesAsWholeNumbersDo, (std::int16_t a, std::int16_t b, std::int16_t c)) {
  const std::vector<Symbol> symbols{{"a", Type::Number, {}}, {"b", Type::Number, {}}, {"c", Type::Number, {}}};
  const std::vector<Value> given{Decimal::whole(a), Decimal::whole(b), Decimal::whole(c)};
  const auto program = expression::compile("${a} + ${b} * ${c} - (${a} - ${b})", symbols, Type::Number);
  RC_ASSERT(program.has_value());
  const std::int64_t want = std::int64_t{b} * c + b;
  RC_ASSERT(std::get<Decimal>(expression::evaluate(*program, given, kToday)) == Decimal::whole(want));
}

}  // namespace pilar::expression_test
