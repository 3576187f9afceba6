#include "domain/expression_json.h"

#include <array>

#include "domain/expression_parts.h"

namespace pilar::expression {
namespace {

/// By Op.
constexpr std::array<std::string_view, 31> kOpNames{"",         "item",     "neg",
                                                    "+",        "-",        "*",
                                                    "div",      "mod",      "=",
                                                    "!=",       "<",        "<=",
                                                    ">",        ">=",       "and",
                                                    "or",       "not",      "if",
                                                    "coalesce", "selected", "count-selected",
                                                    "round",    "int",      "abs",
                                                    "min",      "max",      "string-length",
                                                    "regex",    "date",     "today",
                                                    "date-diff"};
static_assert(static_cast<std::size_t>(Op::DateDiff) + 1 == kOpNames.size());

json::Value literal_json(const Value& value) {
  if (const auto* number = std::get_if<Decimal>(&value)) return json::Object{{"n", text(*number)}};
  if (const auto* words = std::get_if<std::string>(&value)) return json::Object{{"s", *words}};
  if (const auto* truth = std::get_if<bool>(&value)) return json::Object{{"b", *truth}};
  if (const auto* day = std::get_if<Day>(&value)) return json::Object{{"d", std::int64_t{day->value}}};
  return {};
}

}  // namespace

json::Value to_json(const Program& program) {
  std::vector<json::Value> made;  // the nodes stand behind their children
  for (const auto& node : program.nodes) {
    const auto op = static_cast<Op>(node.op);
    if (op == Op::Literal) {
      made.push_back(literal_json(node.literal));
      continue;
    }
    json::Array parts{std::string(kOpNames.at(static_cast<std::size_t>(node.op)))};
    if (op == Op::Symbol) parts.emplace_back(std::int64_t{node.symbol});
    for (std::int32_t i = 0; i < node.count; ++i)
      parts.push_back(
          std::move(made[static_cast<std::size_t>(program.children[static_cast<std::size_t>(node.first) + static_cast<std::size_t>(i)])]));
    made.emplace_back(std::move(parts));
  }
  return made.empty() ? json::Value() : std::move(made.back());
}

}  // namespace pilar::expression
