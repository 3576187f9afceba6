#include "web/calc_input.h"

#include <gtest/gtest.h>

#include <set>

#include "app/calc.h"
#include "app/calc_guide.h"
#include "i18n/field_name.h"
#include "i18n/terms.h"

using namespace pilar;
using namespace pilar::web;

namespace {

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

}  // namespace

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

namespace {

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

}  // namespace

TEST(CalcNames, EveryInputAndChoiceHasAName) {
  std::set<std::string> nameless;
  for (const auto* method : calc::methods()) collect_nameless(calc::name(*method), calc::schema(*method), nameless);
  EXPECT_EQ(nameless, std::set<std::string>{});
  EXPECT_EQ(field_name(Lang::Id, "queue", "arrivals_per_hour"), "Kedatangan");
  EXPECT_EQ(field_name(Lang::En, "spc", "x"), "Names of the points") << "a method's own name goes first";
  EXPECT_EQ(field_name(Lang::Id, "queue", "tidak_ada"), "tidak_ada");
}
