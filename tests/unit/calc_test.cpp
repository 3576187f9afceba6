#include "app/calc.h"

#include <gtest/gtest.h>

#include <fstream>
#include <set>
#include <sstream>

#include "cli/calc.h"
#include "support/calc_call.h"

namespace pilar::calc_test {

using namespace pilar::calc_call;

struct Printed {
  int exit_code;
  std::string out, err;
};

Printed command(const CalcCommand& words, const std::string& input = {}) {
  std::istringstream in(input);
  std::ostringstream out, err;
  const int code = calc_command(words, in, out, err);
  return {code, out.str(), err.str()};
}

TEST(Calc, EachErrorCode) {
  expect_refused("proportion", "{\"x\":1", "json", "");
  expect_refused("proportion", R"({"x":1,"x":1,"n":2})", "json", "");
  expect_refused("proportion", R"({"x":NaN,"n":2})", "json", "");
  expect_refused("proporsi", "{}", "method", "method", 404);
  expect_refused("", "{}", "method", "method", 404);
  expect_refused("proportion", R"({"x":1})", "field_missing", "n");
  expect_refused("proportion", R"({"x":1,"n":2,"lvl":0.9})", "field_unknown", "lvl");
  expect_refused("proportion", R"({"x":"1","n":2})", "type", "x");
  expect_refused("proportion", R"({"x":1.5,"n":2})", "type", "x");
  expect_refused("proportion", R"({"x":null,"n":2})", "type", "x");
  expect_refused("proportion", "[1,2]", "type", "");
  expect_refused("proportion", R"({"x":-1,"n":2})", "range", "x");
  expect_refused("proportion", R"({"x":3,"n":2})", "range", "x");
  expect_refused("proportion", R"({"x":1,"n":2,"level":1})", "range", "level");
  expect_refused("proportion", R"({"x":1,"n":1e400})", "range", "n");
  expect_refused("describe", R"({"y":[1,2],"weight":[1]})", "shape", "weight");
  expect_refused("skm", R"({"rows":[[1,2],[3]]})", "shape", "rows");
  expect_refused("describe", std::string(calc::kMaxBytes + 1, ' '), "too_large", "", 413);
}

// Anybody may call a method: input that would keep the program busy is refused by the field and the limit, what is usual is not.
TEST(Calc, BoundsTheWorkOfEachMethod) {
  const auto list = [](std::size_t count, auto&& at) {
    std::string out;
    for (std::size_t i = 0; i < count; ++i) out += (i == 0 ? "[" : ",") + std::to_string(at(i));
    return out + "]";
  };
  const std::string queue = R"({"model":"mmck","arrivals_per_hour":6000,"service_min":10,"servers":1000,"capacity":10000)";
  expect_refused("queue", queue + R"(,"times":)" + list(1000, [](auto i) { return i; }) + "}", "too_large", "capacity", 413);
  EXPECT_EQ(run("queue", queue + R"(,"percentiles":[50]})").exit_code, 0) << "the largest room, with the usual times";
  expect_refused("aggregate_loss", R"({"frequency":{"law":"negative_binomial","r":10,"beta":1000000},"lattice":[0.5,0.5],"draws":1})",
                 "too_large", "frequency", 413);
  EXPECT_EQ(
      run("aggregate_loss", R"({"frequency":{"law":"negative_binomial","r":10,"beta":100},"lattice":[0.5,0.5],"draws":10})").exit_code, 0);
  const auto rates = [&](std::size_t groups, std::size_t size, const std::string& more) {
    return R"({"kind":"rate","numerator":)" + list(groups, [&](auto i) { return size + i % 7; }) + R"(,"denominator":)" +
           list(groups, [&](auto i) { return size + i; }) + more + "}";
  };
  expect_refused("funnel", rates(200, 1'000'000'000, ""), "too_large", "denominator", 413);
  EXPECT_EQ(run("funnel", rates(200, 1'000'000'000, R"(,"method":"normal")")).exit_code, 0);
  EXPECT_EQ(run("funnel", rates(200, 10'000, "")).exit_code, 0);
  const auto called = command({.method = "funnel"}, rates(200, 1'000'000'000, ""));
  EXPECT_EQ(called.exit_code, 2) << "the command has the same limits";
  EXPECT_NE(called.out.find("sum(sqrt(target × denominator))"), std::string::npos) << called.out;
}

TEST(Calc, NamesTheNearestWord) {
  EXPECT_EQ(run("proporton", "{}").body.find("error")->find("message")->string(),
            "There is no method named proporton. Perhaps proportion is meant.");
  EXPECT_EQ(run("describe", R"({"y":[1],"wieght":[1]})").body.find("error")->find("message")->string(),
            "wieght is not known. Perhaps weight is meant.");
  EXPECT_EQ(run("skm", R"({"rows":[[1,2],[3,5]]})").body.find("error")->find("message")->string(), "rows[2][2] must be at most 4.");
  EXPECT_EQ(calc::run("nps", R"({"y":11})", Lang::Id).body.find("error")->find("message")->string(), "y harus berupa daftar.");
}

// Newcombe (1998), table I; exact values as in proportion_test.
TEST(Calc, Proportion) {
  const auto body = result("proportion", R"({"x":81,"n":263})");
  EXPECT_NEAR(*body.find("wilson")->array()[0].to_double(), 0.2553, 5e-5);
  EXPECT_NEAR(*body.find("wilson")->array()[1].to_double(), 0.3662, 5e-5);
  EXPECT_EQ(shown(body, "warnings"), "[]");
  EXPECT_NE(shown(result("proportion", R"({"x":81,"n":263,"level":0.9})"), "wald"), shown(body, "wald"));
  const auto empty = result("proportion", R"({"x":0,"n":0})");
  for (const auto* key : {"p", "wilson", "clopper_pearson", "jeffreys", "agresti_coull", "wald"}) EXPECT_EQ(shown(empty, key), "null");
  EXPECT_EQ(warning_codes(empty), WarningCodes{"undefined"});
}

TEST(Calc, CountsMayBeWrittenInAnyForm) {
  EXPECT_EQ(result("proportion", R"({"x":2e0,"n":4.0})"), result("proportion", R"({"x":2,"n":4})"));
}

TEST(Calc, Describe) {
  const auto body = result("describe", R"({"y":[2,null,4,4,7,9.5]})");
  EXPECT_EQ(shown(body, "n"), "5");
  EXPECT_EQ(shown(body, "mean"), "5.3");
  EXPECT_EQ(shown(body, "q75"), "7");
  EXPECT_EQ(json::print(body.find("warnings")->array()[0]), R"({"code":"missing","message":"Missing values were left out.","rows":[2]})");
  const auto one = result("describe", R"({"y":[3]})");
  EXPECT_EQ(shown(one, "sd") + shown(one, "ci") + shown(one, "median"), "nullnull3");
  EXPECT_EQ(warning_codes(one), WarningCodes{"undefined"});
  EXPECT_EQ(shown(result("describe", R"({"y":[]})"), "mean"), "null");
  EXPECT_EQ(shown(result("describe", R"({"y":[1,2,3],"weight":[1,2,1],"weight_kind":"frequency"})"), "n"), "4");
  EXPECT_EQ(shown(result("describe", R"({"y":[1.7e308,-1.7e308]})"), "sd"), "null");
  expect_refused("describe", R"({"y":[1],"weight":[-1]})", "range", "weight");
  expect_refused("describe", R"({"y":[1,"2"]})", "type", "y");
}

TEST(Calc, NetPromoterScore) {
  const auto body = result("nps", R"({"y":[10,10,9,9,9,8,8,7,6,0,null]})");
  EXPECT_EQ(shown(body, "n") + shown(body, "promoters") + shown(body, "passives") + shown(body, "detractors"), "10532");
  EXPECT_EQ(shown(body, "nps"), "30");
  EXPECT_NEAR(number(body, "se"), 24.698178070456937, 1e-12);
  EXPECT_EQ(shown(result("nps", R"({"y":[]})"), "nps"), "null");
  expect_refused("nps", R"({"y":[11]})", "range", "y");
  expect_refused("nps", R"({"y":[7.5]})", "type", "y");
}

TEST(Calc, SampleSize) {
  EXPECT_EQ(shown(result("sample_size", R"({"method":"krejcie_morgan","population":100000,"error":0.05})"), "n"), "383");
  EXPECT_EQ(shown(result("sample_size", R"({"method":"krejcie_morgan","population":1000})"), "n"), "278");
  EXPECT_EQ(shown(result("sample_size", R"({"method":"slovin","population":100,"error":0.1})"), "n"), "50");
  EXPECT_EQ(shown(result("sample_size", R"({"method":"cochran","error":0.05})"), "n"), "385");
  EXPECT_EQ(shown(result("sample_size", R"({"method":"cochran","error":0.05,"population":1000})"), "n"), "278");
  expect_refused("sample_size", R"({"method":"slovin","error":0.05})", "field_missing", "population");
  expect_refused("sample_size", R"({"method":"cochran"})", "field_missing", "error");
  expect_refused("sample_size", R"({"method":"solvin","population":9,"error":0.05})", "range", "method");
  expect_refused("sample_size", R"({"method":"slovin","population":0,"error":0.05})", "range", "population");
  expect_refused("sample_size", R"({"method":"slovin","population":100,"error":5})", "range", "error");
  expect_refused("sample_size", R"({"method":"slovin","population":100,"error":0.1234567890123456789})", "range", "error");
  expect_refused("sample_size", R"({"method":"cochran","error":1e-9})", "range", "error");
}

TEST(Calc, SkmFromSums) {
  const auto body = result("skm", R"({"sum_per_unsur":[105,101,100,116,102,105,106,105,115],"n":29})");
  EXPECT_EQ(shown(body, "ikm_2dec"), "91.48");
  EXPECT_EQ(shown(body, "grade") + shown(body, "performance"), R"("A""Sangat baik")");
  EXPECT_EQ(shown(body, "lowest_unsur"), R"(["U3"])");
  EXPECT_EQ(shown(body, "unsur_grade"), R"(["A","B","B","A","B","A","A","A","A"])");
  EXPECT_EQ(shown(body, "warnings"), "[]");
  const auto printed = result("skm", R"({"sum_per_unsur":[105,101,100,116,102,105,106,105,115],"n":29,"weight":0.11})");
  EXPECT_EQ(shown(printed, "ikm_2dec"), "90.56");
  EXPECT_EQ(printed.find("warnings")->array()[0].find("message")->string(),
            "The weights add up to 0.99, so the highest possible IKM is 99, not 100.");
  EXPECT_EQ(shown(result("skm", R"({"sum_per_unsur":[30642],"n":10000})"), "ikm_2dec"), "76.61");  // exactly 76.605
}

TEST(Calc, SkmFromRows) {
  const std::string rows = R"("rows":[[4,4,4,4,4,4,4,4,4],[3,3,3,3,3,3,3,3,null],[2,2,2,2,2,2,2,2,4]])";
  EXPECT_EQ(shown(result("skm", "{" + rows + "}"), "ikm_2dec"), "77.78");
  EXPECT_EQ(shown(result("skm", "{" + rows + R"(,"missing":"pooled"})"), "ikm_2dec"), "76.92");
  const auto complete = result("skm", "{" + rows + R"(,"missing":"complete"})");
  EXPECT_EQ(shown(complete, "n"), "2");
  EXPECT_EQ(shown(complete, "ikm_2dec"), "77.78");  // (8 x 3 + 4) / 9 x 25
  EXPECT_EQ(json::print(*complete.find("warnings")->array()[0].find("rows")), "[2]");
}

TEST(Calc, SkmWithGaps) {
  const auto body = result("skm", R"({"unsur":["waktu","biaya","sarana"],"rows":[[3,null,4],[null,null,null],[3,null,4]]})");
  EXPECT_EQ(shown(body, "nrr"), "[3,null,4]");
  EXPECT_EQ(shown(body, "ikm_2dec"), "87.5");
  EXPECT_EQ(shown(body, "lowest_unsur"), R"(["waktu"])");
  EXPECT_EQ(warning_codes(body), (WarningCodes{"missing", "unsur_unanswered"}));
  const auto nothing = result("skm", R"({"unsur":["waktu"],"rows":[]})");
  EXPECT_EQ(shown(nothing, "ikm") + shown(nothing, "ikm_2dec") + shown(nothing, "grade") + shown(nothing, "nrr"), "nullnullnull[null]");
  EXPECT_EQ(warning_codes(nothing), WarningCodes{"undefined"});
  EXPECT_EQ(shown(result("skm", R"({"sum_per_unsur":[0],"n":0})"), "ikm"), "null");
  EXPECT_EQ(shown(result("skm", R"({"rows":[]})"), "n"), "0");
}

TEST(Calc, SkmRefusals) {
  expect_refused("skm", "{}", "field_missing", "rows");
  expect_refused("skm", R"({"sum_per_unsur":[3]})", "field_missing", "n");
  expect_refused("skm", R"({"rows":[[1]],"sum_per_unsur":[1],"n":1})", "field_unknown", "sum_per_unsur");
  expect_refused("skm", R"({"rows":[[1]],"n":1})", "field_unknown", "n");
  expect_refused("skm", R"({"rows":[[0]]})", "range", "rows");
  expect_refused("skm", R"({"rows":[[2.5]]})", "type", "rows");
  expect_refused("skm", R"({"rows":[[1,2]],"unsur":["a"]})", "shape", "unsur");
  expect_refused("skm", R"({"rows":[[1,2]],"unsur":["a","a"]})", "range", "unsur");
  expect_refused("skm", R"({"rows":[[1,2]],"unsur":["a",""]})", "range", "unsur");
  expect_refused("skm", R"({"sum_per_unsur":[13],"n":3})", "range", "sum_per_unsur");
  expect_refused("skm", R"({"rows":[[1]],"weight":"0.11"})", "range", "weight");
  expect_refused("skm", R"({"rows":[[1]],"weight":0})", "range", "weight");
  expect_refused("skm", R"({"rows":[[1]],"weight":true})", "type", "weight");
  expect_refused("skm", R"({"rows":[[1]],"regulation":"permenpan"})", "range", "regulation");
}

TEST(Calc, EverySchemaIsCompleteAndItsExamplesRun) {
  const std::vector<std::string_view> keywords{"$schema",    "title",    "description", "type",  "additionalProperties",
                                               "properties", "required", "examples",    "oneOf", "x-equal-lengths",
                                               "x-output",   "x-source"};
  for (const auto* method : calc::methods()) {
    const auto schema = calc::schema(*method);
    for (const auto& [keyword, value] : schema.object())
      EXPECT_NE(std::find(keywords.begin(), keywords.end(), keyword), keywords.end()) << keyword;
    for (const auto* key : {"properties", "required", "examples", "x-output", "x-source"})
      ASSERT_NE(schema.find(key), nullptr) << calc::name(*method);
    std::set<std::string> promised;
    for (const auto& [key, value] : schema.find("x-output")->object()) promised.insert(key);
    for (const auto& example : schema.find("examples")->array()) {
      const auto body = result(calc::name(*method), json::print(example));
      for (const auto& [key, value] : body.object()) {
        EXPECT_TRUE(key == "warnings" || schema.find("x-output")->find(key) != nullptr) << key;
        promised.erase(key);
      }
    }
    EXPECT_TRUE(promised.empty()) << calc::name(*method) << " never gave " << *promised.begin();
    for (const auto& [key, rule] : schema.find("properties")->object())
      EXPECT_NE(rule.find("description"), nullptr) << calc::name(*method) << " " << key;
    EXPECT_FALSE(calc::summary(*method, Lang::Id).empty());
  }
}

TEST(CalcCommand, ListsMethodsOneALine) {
  const auto printed = command({.list = true, .lang = Lang::En});
  EXPECT_EQ(printed.exit_code, 0);
  const auto first = printed.out.substr(0, printed.out.find('\n'));
  EXPECT_TRUE(first.starts_with("describe  ") && first.ends_with("  Summary of values: mean, standard deviation, quartiles")) << first;
  EXPECT_EQ(static_cast<std::size_t>(std::count(printed.out.begin(), printed.out.end(), '\n')), calc::methods().size());
}

TEST(CalcCommand, PrintsTheResult) {
  const auto printed = command({.method = "sample_size"}, R"({"method":"krejcie_morgan","population":75000})");
  EXPECT_EQ(printed.exit_code, 0);
  EXPECT_EQ(printed.out, "{\n  \"n\": 382,\n  \"unrounded\": 382.1479880769032,\n  \"warnings\": []\n}\n");
}

TEST(CalcCommand, PrintsARefusalOnStandardOutput) {
  const auto printed = command({.method = "proportion", .file = "-", .lang = Lang::En}, R"({"x":5,"n":3})");
  EXPECT_EQ(printed.exit_code, 2);
  EXPECT_EQ(
      printed.out,
      "{\n  \"error\": {\n    \"code\": \"range\",\n    \"field\": \"x\",\n    \"message\": \"x must not be larger than n.\"\n  }\n}\n");
  EXPECT_TRUE(printed.err.empty());
  EXPECT_EQ(command({.method = "nosuch", .schema = true}).exit_code, 2);
  EXPECT_EQ(command({.method = "nps"}).exit_code, 2);  // nothing on standard input
}

TEST(CalcCommand, ReadsAFile) {
  const auto path = testing::TempDir() + "/calc_test.json";
  std::ofstream(path) << R"({"y":[1,2,3]})";
  EXPECT_EQ(command({.method = "describe", .file = path}).exit_code, 0);
  const auto missing = command({.method = "describe", .file = path + ".none", .lang = Lang::En});
  EXPECT_EQ(missing.exit_code, 1);
  EXPECT_TRUE(missing.out.empty());
  EXPECT_EQ(missing.err, "The file " + path + ".none cannot be read.\n");
  EXPECT_EQ(command({.method = "describe", .file = testing::TempDir()}).exit_code, 1);
}

TEST(CalcCommand, PrintsTheSchema) {
  const auto printed = command({.method = "skm", .schema = true});
  EXPECT_EQ(printed.exit_code, 0);
  const auto parsed = json::parse(printed.out);
  ASSERT_TRUE(std::holds_alternative<json::Value>(parsed));
  EXPECT_EQ(std::get<json::Value>(parsed).find("title")->string(), "skm");
}

}  // namespace pilar::calc_test
