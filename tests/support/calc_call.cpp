#include "support/calc_call.h"

#include <gtest/gtest.h>

#include "base/text.h"

namespace pilar::calc_call {
namespace {

const json::Value* find(const json::Value* value, std::string_view step) {
  const auto bracket = step.find('[');
  const auto key = step.substr(0, bracket);
  if (!key.empty()) value = value->find(key);
  for (auto rest = bracket == std::string_view::npos ? std::string_view{} : step.substr(bracket); value != nullptr && !rest.empty();) {
    const auto close = rest.find(']');
    const auto position = parse_int(rest.substr(1, close - 1)).value_or(0);
    if (!value->is_array() || position < 1 || position > std::ssize(value->array())) return nullptr;
    value = &value->array()[static_cast<std::size_t>(position - 1)];
    rest.remove_prefix(close + 1);
  }
  return value;
}

const json::Value* walk(const json::Value& body, std::string_view path) {
  const auto* value = &body;
  for (const auto step : split(path, '.'))
    if (value != nullptr) value = find(value, step);
  return value;
}

}  // namespace

calc::Answer run(std::string_view method, std::string_view text) { return calc::run(method, text, Lang::En); }

json::Value result(std::string_view method, std::string_view text) {
  auto answer = run(method, text);
  EXPECT_EQ(answer.exit_code, 0) << json::print(answer.body);
  EXPECT_EQ(answer.http_status, 200);
  return std::move(answer.body);
}

void expect_refused(std::string_view method, std::string_view text, std::string_view code, std::string_view field, int status) {
  const auto answer = run(method, text);
  const auto* error = answer.body.find("error");
  ASSERT_NE(error, nullptr) << text << " gave " << json::print(answer.body);
  EXPECT_EQ(error->find("code")->string(), code) << text;
  EXPECT_EQ(error->find("field")->string(), field) << text;
  EXPECT_FALSE(error->find("message")->string().empty());
  EXPECT_EQ(answer.exit_code, 2);
  EXPECT_EQ(answer.http_status, status) << text;
  EXPECT_EQ(error->object().size(), 3U);
}

json::Value at(const json::Value& body, std::string_view path) {
  const auto* value = walk(body, path);
  return value == nullptr ? json::Value() : *value;
}

std::string shown(const json::Value& body, std::string_view path) {
  const auto* value = walk(body, path);
  return value == nullptr ? "(none)" : json::print(*value);
}

double number(const json::Value& body, std::string_view path) {
  const auto* value = walk(body, path);
  const auto found = value == nullptr ? std::nullopt : value->to_double();
  EXPECT_TRUE(found) << path << " in " << json::print(body).substr(0, 2000);
  return found.value_or(-1);
}

WarningCodes warning_codes(const json::Value& body) {
  WarningCodes codes;
  for (const auto& warning : body.find("warnings")->array()) codes.push_back(warning.find("code")->string());
  return codes;
}

}  // namespace pilar::calc_call
