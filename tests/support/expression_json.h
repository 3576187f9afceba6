#pragma once
#include "base/json.h"
#include "domain/expression.h"

/// Values of expressions as tests/data/expression_cases.json writes them: {"n": "12.5"}, {"s": "ya"}, {"b": true}, {"d": days},
/// ["demam", "nyeri"], null.
namespace pilar::test {

inline json::Value value_json(const expression::Value& value) {
  if (const auto* number = std::get_if<Decimal>(&value)) return json::Object{{"n", text(*number)}};
  if (const auto* words = std::get_if<std::string>(&value)) return json::Object{{"s", *words}};
  if (const auto* truth = std::get_if<bool>(&value)) return json::Object{{"b", *truth}};
  if (const auto* day = std::get_if<Day>(&value)) return json::Object{{"d", std::int64_t{day->value}}};
  if (const auto* set = std::get_if<expression::Set>(&value)) return json::Array(set->begin(), set->end());
  return {};
}

inline expression::Value value_of(const json::Value& written) {
  if (written.is_array()) {
    expression::Set set;
    for (const auto& one : written.array()) set.push_back(one.string());
    return set;
  }
  if (const auto* number = written.find("n")) return *parse_decimal(number->string());
  if (const auto* words = written.find("s")) return words->string();
  if (const auto* truth = written.find("b")) return truth->boolean();
  if (const auto* day = written.find("d")) return Day{static_cast<std::int32_t>(*day->to_int())};
  return {};
}

inline expression::Type type_named(std::string_view name) {
  if (name == "text") return expression::Type::Text;
  if (name == "boolean") return expression::Type::Boolean;
  if (name == "date") return expression::Type::Date;
  return name == "set" ? expression::Type::Set : expression::Type::Number;
}

}  // namespace pilar::test
