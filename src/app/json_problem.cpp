#include "app/json_problem.h"

#include <map>
#include <optional>
#include <string>

#include "i18n/messages.h"

namespace pilar::app {
namespace {

std::optional<Message> message_named(std::string_view key) {
  static const auto all = [] {
    std::map<std::string, Message, std::less<>> by_name;
    for (const auto message : all_messages()) by_name.emplace(key_of(message), message);
    return by_name;
  }();
  const auto found = all.find(key);
  if (found == all.end()) return {};
  return found->second;
}

std::string json_text_of(const json::Value& object, std::string_view name) {
  const auto* value = object.find(name);
  return value != nullptr && value->is_string() ? value->string() : std::string();
}

std::optional<Problem> json_problem_of(const json::Value& value) {
  const auto message = message_named(json_text_of(value, "message"));
  const auto* kind = value.find("kind");
  if (!message || kind == nullptr) return {};
  Problem problem{static_cast<Problem::Kind>(kind->to_int().value_or(0)), *message, json_text_of(value, "field"), {}};
  if (const auto* args = value.find("args"); args != nullptr && args->is_array())
    for (const auto& one : args->array())
      if (one.is_string()) problem.args.push_back(one.string());
  return problem;
}

}  // namespace

json::Value to_json(const Problem& problem) {
  json::Array args;
  for (const auto& one : problem.args) args.emplace_back(one);
  return json::Object{{"kind", static_cast<std::int64_t>(problem.kind)},
                      {"message", key_of(problem.message)},
                      {"field", problem.field},
                      {"args", std::move(args)}};
}

json::Array to_json(const Problems& problems) {
  json::Array out;
  for (const auto& problem : problems) out.push_back(to_json(problem));
  return out;
}

Problems problems_from_json(const json::Value& value) {
  Problems out;
  if (!value.is_array()) return out;
  for (const auto& one : value.array())
    if (auto problem = json_problem_of(one)) out.push_back(*std::move(problem));
  return out;
}

Problems parse_problems(std::string_view text) {
  if (text.empty()) return {};
  const auto read = json::parse(text);
  const auto* value = std::get_if<json::Value>(&read);
  return value == nullptr ? Problems{} : problems_from_json(*value);
}

}  // namespace pilar::app
