// Runs every figure of tests/data/published_figures.json through `pilar calc`.
#include <gtest/gtest.h>

#include <fstream>
#include <sstream>

#include "support/calc_call.h"

namespace pilar::published_test {

using namespace pilar::calc_call;

TEST(Published, EveryFigureToThePrintedDigit) {
  std::ifstream file(PILAR_SOURCE "/tests/data/published_figures.json");
  const std::string text((std::istreambuf_iterator<char>(file)), {});
  const auto parsed = json::parse(text);
  ASSERT_TRUE(std::holds_alternative<json::Value>(parsed));
  const auto& cases = std::get<json::Value>(parsed).find("cases")->array();
  ASSERT_GE(cases.size(), 20U);
  for (const auto& one : cases) {
    SCOPED_TRACE(shown(one, "name") + ", " + shown(one, "source"));
    const auto body = result(one.find("method")->string(), json::print(*one.find("input")));
    for (const auto& figure : one.find("expect")->array()) {
      const auto& path = figure.array()[0].string();
      const auto& printed = figure.array()[1];
      if (printed.is_string())
        EXPECT_EQ(at(body, path), printed) << path;
      else
        EXPECT_NEAR(number(body, path), *printed.to_double(), *figure.array()[2].to_double()) << path;
    }
  }
}

}  // namespace pilar::published_test
