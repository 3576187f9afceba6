// Runs every case of tests/data/recomputed_cases.json through `pilar calc`.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <fstream>
#include <iterator>

#include "support/calc_call.h"

namespace pilar::recomputed_test {

using namespace pilar::calc_call;

constexpr double kDigits = 1e-8;

void expect_same(const json::Value& found, const json::Value& wanted, const std::string& path) {
  if (wanted.is_array()) {
    ASSERT_TRUE(found.is_array()) << path;
    ASSERT_EQ(found.array().size(), wanted.array().size()) << path;
    for (std::size_t i = 0; i < wanted.array().size(); ++i)
      expect_same(found.array()[i], wanted.array()[i], path + "[" + std::to_string(i + 1) + "]");
  } else if (wanted.is_number()) {
    ASSERT_TRUE(found.is_number()) << path << " is " << json::print(found);
    const double value = *wanted.to_double();
    EXPECT_NEAR(*found.to_double(), value, kDigits * std::max(1.0, std::abs(value))) << path;
  } else {
    EXPECT_EQ(json::print(found), json::print(wanted)) << path;
  }
}

TEST(Recomputed, EveryCaseAsOutsideTheProgram) {
  std::ifstream file(PILAR_SOURCE "/tests/data/recomputed_cases.json");
  const std::string text((std::istreambuf_iterator<char>(file)), {});
  const auto parsed = json::parse(text);
  ASSERT_TRUE(std::holds_alternative<json::Value>(parsed));
  const auto& cases = std::get<json::Value>(parsed).find("cases")->array();
  ASSERT_GE(cases.size(), 80U);
  for (const auto& one : cases) {
    SCOPED_TRACE(shown(one, "name"));
    const auto body = result(one.find("method")->string(), json::print(*one.find("input")));
    for (const auto& [path, wanted] : one.find("expect")->object()) expect_same(at(body, path), wanted, path);
  }
}

}  // namespace pilar::recomputed_test
