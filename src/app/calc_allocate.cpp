#include <algorithm>
#include <numeric>

#include "app/calc_method.h"
#include "i18n/words/calc.h"
#include "math/allocation.h"

namespace pilar::calc {
namespace {

constexpr std::string_view kAllocateSchema = R"json({
  "properties": {
    "method": {"description": "direct, step_down, double_distribution or reciprocal.", "enum": ["direct", "step_down", "double_distribution", "reciprocal"]},
    "support": {"description": "Names of the support units.", "type": "array", "minItems": 1, "maxItems": 30, "uniqueItems": true, "items": {"type": "string", "minLength": 1}},
    "production": {"description": "Names of the production units.", "type": "array", "minItems": 1, "maxItems": 500, "uniqueItems": true, "items": {"type": "string", "minLength": 1}},
    "cost_support": {"description": "Own cost of each support unit.", "x-unit": "rupiah", "type": "array", "items": {"type": "integer", "minimum": 0, "maximum": 1000000000000000}},
    "cost_production": {"description": "Own cost of each production unit.", "x-unit": "rupiah", "type": "array", "items": {"type": "integer", "minimum": 0, "maximum": 1000000000000000}},
    "use": {
      "description": "One row a support unit: how much each support unit, then each production unit, uses of it (hours, square metres). Its own use does not count.",
      "type": "array", "x-rectangular": true, "items": {"type": "array", "items": {"type": "number", "x-exact": true, "minimum": 0}}
    },
    "order": {
      "description": "step_down: support units, by name or position from 1, in the order in which they are closed; as given when left out.",
      "type": "array", "uniqueItems": true, "items": {"type": ["string", "integer"]}
    }
  },
  "required": ["method", "support", "production", "cost_support", "cost_production", "use"],
  "x-output": {
    "result": "by production unit, whole rupiah", "total": "of result, the sum of all costs",
    "steps": "step_down and double_distribution: from, amount and what each unit was charged", "gross_support_cost": "reciprocal: by support unit, with what the others charge", "method": "as used"
  },
  "x-source": [
    "Horngren, Datar and Rajan, Cost Accounting, ch. 15 (direct, step-down, reciprocal); double distribution: own cost to all others, then what was received to production units.",
    "Exact fractions; whole rupiah by largest remainder."
  ],
  "examples": [
    {"method": "step_down", "support": ["a", "b"], "production": ["x", "y"], "cost_support": [6300000, 1452150], "cost_production": [4000000, 2000000], "use": [[0, 1600, 2400, 4000], [200, 0, 1600, 200]], "order": ["a", "b"]},
    {"method": "reciprocal", "support": ["a", "b"], "production": ["x", "y"], "cost_support": [6300000, 1452150], "cost_production": [4000000, 2000000], "use": [[0, 1600, 2400, 4000], [200, 0, 1600, 200]]}
  ]
})json";

std::vector<std::int64_t> rupiah_of(const Input& input, std::string_view key) {
  std::vector<std::int64_t> out;
  for (const auto& cost : input.at(key).array()) out.push_back(*cost.to_int());
  return out;
}

std::expected<std::vector<std::size_t>, Error> order_of(const Input& input, const std::vector<std::string>& support) {
  std::vector<std::size_t> order(support.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  if (!input.has("order")) return order;
  order.clear();
  for (const auto& which : input.at("order").array()) {
    const auto found =
        which.is_string() ? std::find(support.begin(), support.end(), which.string()) - support.begin() : *which.to_int() - 1;
    if (found < 0 || found >= std::ssize(support))
      return refuse(Code::Range, "order", Msg::CalcNoSuchItem, {"order", which.is_string() ? which.string() : json::print(which)});
    order.push_back(static_cast<std::size_t>(found));
  }
  auto sorted = order;
  std::sort(sorted.begin(), sorted.end());
  const bool twice = std::adjacent_find(sorted.begin(), sorted.end()) != sorted.end();
  if (order.size() != support.size() || twice)
    return refuse(Code::Shape, "order", Msg::CalcLengthsDiffer,
                  {"order", std::to_string(order.size()), "support", std::to_string(support.size())});
  return order;
}

std::expected<math::Allocation, Error> allocation_of(const Input& input, const std::vector<std::string>& support, std::size_t production) {
  const auto mismatch = [](const std::string& spot, std::size_t has, const std::string& other, std::size_t wanted) {
    return refuse(Code::Shape, spot.substr(0, spot.find('[')), Msg::CalcLengthsDiffer,
                  {spot, std::to_string(has), other, std::to_string(wanted)});
  };
  math::Allocation in{rupiah_of(input, "cost_support"), rupiah_of(input, "cost_production"), {}, {}};
  if (in.support.size() != support.size()) return mismatch("cost_support", in.support.size(), "support", support.size());
  if (in.production.size() != production) return mismatch("cost_production", in.production.size(), "production", production);
  for (const auto& row : input.at("use").array()) {
    auto& uses = in.use.emplace_back();
    for (const auto& use : row.array()) uses.push_back(use.to_decimal().value());
    if (uses.size() != support.size() + production)
      return mismatch("use[" + std::to_string(in.use.size()) + "]", uses.size(), "support + production", support.size() + production);
  }
  if (in.use.size() != support.size()) return mismatch("use", in.use.size(), "support", support.size());
  auto order = order_of(input, support);
  if (!order) return std::unexpected(std::move(order.error()));
  in.order = std::move(*order);
  return in;
}

math::AllocationMethod allocation_method(std::string_view word) {
  if (word == "direct") return math::AllocationMethod::Direct;
  if (word == "step_down") return math::AllocationMethod::StepDown;
  return word == "reciprocal" ? math::AllocationMethod::Reciprocal : math::AllocationMethod::DoubleDistribution;
}

json::Value steps_of(const std::vector<math::AllocationStep>& steps, const std::vector<std::string>& units) {
  json::Array out;
  for (const auto& step : steps) {
    json::Value charged(json::Object{});
    for (std::size_t j = 0; j < units.size(); ++j)
      if (step.charged[j] != 0) charged.set(units[j], number(step.charged[j]));
    out.push_back(json::Object{{"from", units[step.from]}, {"amount", number(step.amount)}, {"charged", std::move(charged)}});
  }
  return out;
}

Outcome run_allocate(const Input& input) {
  const auto support = input.words("support"), production = input.words("production");
  auto units = support;
  units.insert(units.end(), production.begin(), production.end());
  auto sorted = units;
  std::sort(sorted.begin(), sorted.end());
  if (std::adjacent_find(sorted.begin(), sorted.end()) != sorted.end())
    return refuse(Code::Range, "production", Msg::CalcTwins, {"support + production"});
  const auto in = allocation_of(input, support, production.size());
  if (!in) return std::unexpected(in.error());
  const auto method = allocation_method(input.word("method"));
  const auto outcome = math::allocate(*in, method);
  if (outcome.unused) return refuse(Code::Undefined, "use", Msg::CalcUnitUnused, {support[outcome.unused->support]});
  const auto& costs = outcome.costs;
  json::Value result(json::Object{}), gross(json::Object{});
  for (std::size_t i = 0; i < production.size(); ++i) result.set(production[i], costs.result[i]);
  for (std::size_t i = 0; i < costs.gross_support_cost.size(); ++i) gross.set(support[i], number(costs.gross_support_cost[i]));
  Output out;
  out.set("method", input.at("method"));
  out.set("result", std::move(result));
  out.set("total", std::accumulate(costs.result.begin(), costs.result.end(), std::int64_t{0}));
  const bool stepwise = method == math::AllocationMethod::StepDown || method == math::AllocationMethod::DoubleDistribution;
  if (stepwise) out.set("steps", steps_of(costs.steps, units));
  if (method == math::AllocationMethod::Reciprocal) out.set("gross_support_cost", std::move(gross));
  return out;
}

}  // namespace

constinit const Method kAllocate{"allocate", Msg::CalcAllocate, kAllocateSchema, run_allocate};

}  // namespace pilar::calc
