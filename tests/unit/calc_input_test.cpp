#include "web/calc_input.h"

#include <gtest/gtest.h>

#include <set>

#include "app/calc.h"
#include "app/calc_guide.h"
#include "i18n/field_name.h"
#include "i18n/terms.h"

namespace pilar::calc_input_test {

using namespace pilar::web;

json::Value parsed(std::string_view text) { return std::get<json::Value>(json::parse(text)); }
std::string read(std::string_view schema, std::string_view text) { return json::print(read_calc_value(parsed(schema), text)); }

/// Every text for people in a schema.
void collect(const json::Value& schema, std::set<std::string>& texts) {
  if (schema.is_array())
    for (const auto& one : schema.array()) collect(one, texts);
  if (!schema.is_object()) return;
  for (const auto& [key, value] : schema.object()) {
    const bool is_text = (key == "description" || key == "x-unit") && value.is_string();
    if (is_text) texts.insert(value.string());
    if (key == "x-output") {
      for (const auto& [name, meaning] : value.object())
        if (meaning.is_string() && !meaning.string().empty()) texts.insert(meaning.string());
    } else if (!is_text && key != "examples" && key != "x-source") {
      collect(value, texts);
    }
  }
}

TEST(CalcInput, ReadsWhatPeopleType) {
  constexpr const char *kNumber = R"({"type":"number"})", *kWhole = R"({"type":"integer"})",
                       *kMoney = R"({"type":"number","x-unit":"rupiah"})";
  EXPECT_EQ(read(kNumber, " 12,5 "), "12.5");
  EXPECT_EQ(read(kNumber, "1.250"), "1.250");
  EXPECT_EQ(read(kWhole, "1.250"), "1250");
  EXPECT_EQ(read(kMoney, "9.010.900"), "9010900");
  EXPECT_EQ(read(kNumber, "1.250.000"), "1250000");
  EXPECT_EQ(read(kNumber, "dua"), "\"dua\"") << "the method says that it is no number";
  EXPECT_EQ(read(kNumber, "1,250,000"), "\"1,250,000\"");
  EXPECT_EQ(read(R"({"type":"boolean"})", "ya"), "true");
  EXPECT_EQ(read(R"({"enum":["a","b"]})", "b"), "\"b\"");
}

TEST(CalcInput, ReadsColumnsAndRowsOfASpreadsheet) {
  constexpr const char* kList = R"({"type":"array","items":{"type":["number","null"]}})";
  EXPECT_EQ(read(kList, "1\n2,5\r\n-\n4"), "[1,2.5,null,4]");
  EXPECT_EQ(read(kList, "1 2 3"), "[1,2,3]");
  EXPECT_EQ(read(kList, "1, 2, 3"), "[1,2,3]");
  EXPECT_EQ(read(kList, "1;2,5;3"), "[1,2.5,3]");
  constexpr const char* kTable = R"({"type":"array","items":{"type":"array","items":{"type":["integer","null"]}}})";
  EXPECT_EQ(read(kTable, "1\t2\t3\n4\t\t6\n"), "[[1,2,3],[4,null,6]]");
  EXPECT_EQ(read(kTable, "1 2\n3 4"), "[[1,2],[3,4]]");
  constexpr const char* kWords = R"({"type":"array","items":{"type":"string"}})";
  EXPECT_EQ(read(kWords, "Poli Umum\nPoli Gigi"), R"(["Poli Umum","Poli Gigi"])");
  EXPECT_EQ(read(kWords, "a, b"), R"(["a","b"])");
  constexpr const char* kRecords =
      R"({"type":"array","items":{"type":"object","properties":{"name":{"type":"string"},"minutes":{"type":"number"}}}})";
  EXPECT_EQ(read(kRecords, "name\tminutes\nPoli Umum\t7,5\nGigi\t\n"), R"([{"name":"Poli Umum","minutes":7.5},{"name":"Gigi"}])");
  EXPECT_EQ(read(kRecords, "name\tlama\nGigi\t3"), R"([{"name":"Gigi","lama":"3"}])") << "an unknown title is refused by name";
  constexpr const char* kPairs = R"({"type":"object","additionalProperties":{"type":"number"}})";
  EXPECT_EQ(read(kPairs, "umum: 300\ngigi: 100"), R"({"umum":300,"gigi":100})");
}

TEST(CalcInput, EveryExampleSurvivesTheFormAndGivesTheSameAnswer) {
  int examples = 0;
  for (const auto* method : calc::methods()) {
    const auto schema = calc::schema(*method);
    const auto* all = schema.find("examples");
    ASSERT_NE(all, nullptr) << calc::name(*method);
    for (const auto& example : all->array()) {
      const auto again = read_calc_form(schema, write_calc_form(schema, example));
      const auto direct = calc::run(calc::name(*method), json::print(example), Lang::En);
      const auto typed = calc::run(calc::name(*method), json::print(again), Lang::En);
      ASSERT_EQ(direct.exit_code, 0) << calc::name(*method);
      EXPECT_EQ(json::print(typed.body), json::print(direct.body)) << calc::name(*method) << json::print(again);
      ++examples;
    }
  }
  EXPECT_GT(examples, 30);
}

TEST(CalcInput, EveryMethodHasItsGuideAndEveryTermItsTranslation) {
  std::set<std::string> texts;
  for (const auto* method : calc::methods()) {
    EXPECT_NE(calc::find_guide(calc::name(*method)), nullptr) << calc::name(*method);
    collect(calc::schema(*method).find("properties") == nullptr ? json::Value() : calc::schema(*method), texts);
  }
  EXPECT_EQ(calc::guides().size(), calc::methods().size());
  for (const auto* method : calc::methods()) texts.erase(std::string(calc::summary(*method, Lang::En)));
  for (const auto& text : texts) EXPECT_TRUE(is_term(text)) << text;
  EXPECT_GT(texts.size(), 250U);
}

/// Every input without a name for people, "scope.key", and every choice, "scope.key=choice".
void collect_nameless(std::string_view scope, const json::Value& schema, std::set<std::string>& nameless) {
  for (const auto& [key, field] : schema.find("properties")->object()) {
    if (!has_field_name(scope, key)) nameless.insert(std::string(scope) + "." + key);
    if (const auto* choices = field.find("enum"))
      for (const auto& one : choices->array())
        if (one.is_string() && !has_field_name(scope, key + "=" + one.string()))
          nameless.insert(std::string(scope) + "." + key + "=" + one.string());
    if (field.find("properties") != nullptr) collect_nameless(key, field, nameless);
  }
}

TEST(CalcNames, EveryInputAndChoiceHasAName) {
  std::set<std::string> nameless;
  for (const auto* method : calc::methods()) collect_nameless(calc::name(*method), calc::schema(*method), nameless);
  EXPECT_EQ(nameless, std::set<std::string>{});
  EXPECT_EQ(field_name(Lang::Id, "queue", "arrivals_per_hour"), "Kedatangan");
  EXPECT_EQ(field_name(Lang::En, "spc", "x"), "Names of the points") << "a method's own name goes first";
  EXPECT_EQ(field_name(Lang::Id, "queue", "tidak_ada"), "tidak_ada");
}

/// Whether a word of an answer was given by whoever asked: a name of a unit, an item, a level.
bool is_given(std::string_view word, std::string_view input) { return input.find(word) != std::string_view::npos; }
/// "0.95" and "30" name levels and minutes; "I1", "A1", "U1" and "1" what the input left without a name; a single letter is a grade.
bool is_number_or_place(std::string_view word) {
  const auto digits = word.starts_with('I') || word.starts_with('U') || word.starts_with('A') ? word.substr(1) : word;
  return word.size() <= 1 || digits.find_first_not_of("0123456789.") == std::string_view::npos;
}
/// "2026-11-23T08:15:00+07:00"
bool is_day(std::string_view word) { return word.size() >= 10 && word[4] == '-' && word[7] == '-'; }

struct Answered {
  std::string_view method, input;
};

/// Every figure of an answer without a name for people, "method.key", and every word of the method's own, "method.key=word".
void collect_nameless(const Answered& answered, std::string_view key, const json::Value& value, std::set<std::string>& nameless) {
  const auto own = [&](const std::string& word) { return !is_given(word, answered.input) && !is_number_or_place(word) && !is_day(word); };
  if (value.is_string()) {
    const auto choice = std::string(key) + "=" + value.string();
    if ((own(value.string()) || value.string().find('_') != std::string::npos) && !has_field_name(answered.method, choice) &&
        !is_term(value.string()))
      nameless.insert(std::string(answered.method) + "." + choice);
  }
  if (value.is_array())
    for (const auto& one : value.array()) collect_nameless(answered, key, one, nameless);
  if (!value.is_object()) return;
  for (const auto& [part, one] : value.object()) {
    if (own(part) && !has_field_name(answered.method, part)) nameless.insert(std::string(answered.method) + "." + part);
    collect_nameless(answered, part, one, nameless);
  }
}

TEST(CalcNames, EveryFigureAndWordOfAnAnswerHasAName) {
  std::set<std::string> nameless;
  for (const auto* method : calc::methods()) {
    const auto schema = calc::schema(*method);
    for (const auto& [key, meaning] : schema.find("x-output")->object())
      if (!has_field_name(calc::name(*method), key)) nameless.insert(std::string(calc::name(*method)) + "." + key);
    for (const auto& example : schema.find("examples")->array()) {
      const auto input = json::print(example);
      const auto answer = calc::run(calc::name(*method), input, Lang::En);
      for (const auto& [key, value] : answer.body.object())
        if (key != "warnings") collect_nameless({calc::name(*method), input}, key, value, nameless);
    }
  }
  EXPECT_EQ(nameless, std::set<std::string>{});
  for (const auto* word :
       {"variation=common_cause", "assurance=inconsistent", "special_cause_type=eight_one_side", "point_type=special_concern"})
    EXPECT_TRUE(has_field_name("spc", word)) << word;
}

TEST(CalcNames, TextsSayNamesInThePlaceOfKeys) {
  const auto never = [](std::string_view) { return false; };
  EXPECT_EQ(with_field_names(Lang::Id, "abc", "total_cost / output", never), "“Biaya seluruhnya” / output");
  EXPECT_EQ(with_field_names(Lang::En, "queue", "mean wait, minutes", never), "mean wait, minutes");
  EXPECT_EQ(with_field_names(Lang::Id, "allocate", "step_down: x_y", never), "“Bertingkat”: x_y");
  EXPECT_EQ(with_field_names(Lang::Id, "reliability", "alpha, beta[2]", [](std::string_view word) { return word == "alpha"; }),
            "“Alfa Cronbach”, beta[2]");
}

}  // namespace pilar::calc_input_test
