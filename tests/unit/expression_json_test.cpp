#include "domain/expression_json.h"

#include <gtest/gtest.h>

#include <array>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <random>

#include "support/expression_json.h"

namespace pilar::expression_json_test {
/// tests/data/expression_cases.json: what both evaluators are held to.
struct Corpus {
  json::Value root;
  std::vector<expression::Symbol> symbols;
  std::vector<expression::Value> values;
  Day today;
};

Corpus load_corpus() {
  std::ifstream file(PILAR_SOURCE "/tests/data/expression_cases.json");
  auto parsed = json::parse(std::string(std::istreambuf_iterator<char>(file), {}));
  Corpus corpus{std::get<json::Value>(std::move(parsed)), {}, {}, {}};
  for (const auto& one : corpus.root.find("symbols")->array()) {
    expression::Symbol symbol{one.find("name")->string(), test::type_named(one.find("type")->string())};
    for (const auto& option : one.find("options")->array()) symbol.options.push_back(option.string());
    corpus.symbols.push_back(std::move(symbol));
    corpus.values.push_back(test::value_of(*one.find("value")));
  }
  corpus.today = {static_cast<std::int32_t>(*corpus.root.find("today")->to_int())};
  return corpus;
}

/// Sources of random programs of one type over the corpus' symbols, some with nothing in them.
class RandomSource {
 public:
  explicit RandomSource(unsigned seed) : dice_(seed) {}

  std::string number(int depth) {
    if (depth == 0)
      return pick({"1", "0", "2.5", "0.05", "7", "-3", "1000000", "${nilai}", "${kosong}", "${besar}", "${pecahan}", "${nol}"});
    const auto a = [&] { return number(depth - 1); };
    switch (below(9)) {
      case 0:
        return "(" + a() + pick({" + ", " - ", " * ", " div ", " mod "}) + a() + ")";
      case 1:
        return "round(" + a() + ", " + pick({"0", "1", "2", "5"}) + ")";
      case 2:
        return pick({"int(", "abs(", "round(", "-("}) + a() + ")";
      case 3:
        return pick({"min(", "max("}) + a() + ", " + a() + ", " + a() + ")";
      case 4:
        return "if(" + truth(depth - 1) + ", " + a() + ", " + a() + ")";
      case 5:
        return "coalesce(" + a() + ", " + a() + ")";
      case 6:
        return "date-diff(" + day(depth - 1) + ", " + day(depth - 1) + ")";
      case 7:
        return "count-selected(" + pick({"${keluhan}", "${tanpa_pilihan}"}) + ")";
      default:
        return "string-length(" + words() + ")";
    }
  }

  std::string truth(int depth) {
    if (depth == 0) return pick({"true()", "false()", "${kosong} > 1", "${penjamin} = 'jkn'", "${tanpa_jawaban} = 'ya'"});
    const auto a = [&] { return truth(depth - 1); };
    switch (below(5)) {
      case 0:
        return "(" + a() + pick({" and ", " or ", " = ", " != "}) + a() + ")";
      case 1:
        return "not(" + a() + ")";
      case 2:
        return "(" + number(depth - 1) + pick({" < ", " <= ", " > ", " >= ", " = ", " != "}) + number(depth - 1) + ")";
      case 3:
        return "(" + day(depth - 1) + pick({" < ", " >= ", " = "}) + day(depth - 1) + ")";
      default:
        return pick({"selected(${keluhan}, 'nyeri')", "selected(${tanpa_pilihan}, 'a')", "regex(${catatan}, '[A-Z].*')"});
    }
  }

 private:
  std::string day(int depth) {
    if (depth > 0 && below(3) == 0) return "if(" + truth(depth - 1) + ", " + day(depth - 1) + ", " + day(depth - 1) + ")";
    return pick({"today()", "${lahir}", "${tanpa_hari}", "date('2024-02-29')", "date(${catatan})"});
  }
  std::string words() { return pick({"${catatan}", "'abc'", "${tanpa_jawaban}", "''"}); }
  unsigned below(unsigned limit) { return static_cast<unsigned>(dice_() % limit); }
  std::string pick(std::initializer_list<const char*> of) { return std::data(of)[below(static_cast<unsigned>(of.size()))]; }

  std::mt19937 dice_;
};

json::Value random_cases(const Corpus& corpus, unsigned seed, int count) {
  RandomSource random(seed);
  json::Array cases;
  for (int i = 0; i < count; ++i) {
    const bool number = i % 2 == 0;
    const auto source = number ? random.number(1 + i % 4) : random.truth(1 + i % 4);
    const auto program = expression::compile(source, corpus.symbols, number ? expression::Type::Number : expression::Type::Boolean);
    if (!program) continue;  // longer than a program may be
    cases.emplace_back(json::Object{{"source", source},
                                    {"tree", expression::to_json(*program)},
                                    {"value", test::value_json(expression::evaluate(*program, corpus.values, corpus.today))}});
  }
  auto root = corpus.root;
  root.set("cases", std::move(cases));
  return root;
}

TEST(ExpressionJson, EveryCaseOfTheCorpusHasItsTreeAndItsValue) {
  const auto corpus = load_corpus();
  const auto& cases = corpus.root.find("cases")->array();
  ASSERT_GT(cases.size(), 150U);
  for (const auto& one : cases) {
    const auto& source = one.find("source")->string();
    const auto program = expression::compile(source, corpus.symbols, test::type_named(one.find("type")->string()), 1);
    ASSERT_TRUE(program) << source;
    EXPECT_EQ(json::print(expression::to_json(*program)), json::print(*one.find("tree"))) << source;
    const auto value = expression::evaluate(*program, corpus.values, corpus.today);
    EXPECT_EQ(json::print(test::value_json(value)), json::print(*one.find("value"))) << source;
  }
}

TEST(ExpressionJson, TheCorpusUsesEveryOperation) {
  const auto corpus = load_corpus();
  std::string trees;
  for (const auto& one : corpus.root.find("cases")->array()) trees += json::print(*one.find("tree"));
  for (const auto* op : {"item",  "neg", "+",   "-",   "*",   "div",           "mod",   "=",        "!=",       "<",
                         "<=",    ">",   ">=",  "and", "or",  "not",           "if",    "coalesce", "selected", "count-selected",
                         "round", "int", "abs", "min", "max", "string-length", "regex", "date",     "today",    "date-diff"})
    EXPECT_NE(trees.find("[\"" + std::string(op) + "\""), std::string::npos) << op;
}

/// Random programs, computed here and by the browser's evaluator.
TEST(ExpressionJson, TheBrowserComputesRandomProgramsAlike) {
  const auto corpus = load_corpus();
  const auto seed = std::random_device{}();
  const auto cases = random_cases(corpus, seed, 4000);
  ASSERT_GT(cases.find("cases")->array().size(), 3000U);
  const auto file = testing::TempDir() + "pilar-expressions-" + std::to_string(seed) + ".json";
  std::ofstream(file) << json::print(cases);
  const auto command = std::string("node ") + PILAR_SOURCE + "/tests/frontend/compare.mjs " + file;
  EXPECT_EQ(std::system(command.c_str()), 0) << "seed " << seed << ", cases in " << file;
  if (!HasFailure()) std::remove(file.c_str());
}

}  // namespace pilar::expression_json_test
