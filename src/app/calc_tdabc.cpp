#include "app/calc_method.h"
#include "i18n/words/calc.h"
#include "math/rational.h"

namespace pilar::calc {
namespace {

using math::Rational;

constexpr std::string_view kTdabcSchema = R"json({
  "properties": {
    "department_cost": {"description": "Cost of all capacity supplied.", "x-unit": "rupiah", "type": "integer", "minimum": 0, "maximum": 1000000000000000},
    "practical_capacity_minutes": {"description": "Minutes that can be worked.", "x-unit": "minutes", "type": "number", "x-exact": true, "exclusiveMinimum": 0, "maximum": 1000000000000},
    "activities": {
      "description": "Each with its name, the minutes of one and how many were done.", "type": "array", "minItems": 1, "maxItems": 1000,
      "items": {
        "type": "object", "additionalProperties": false, "required": ["name", "minutes", "quantity"],
        "properties": {
          "name": {"type": "string", "minLength": 1},
          "minutes": {"type": "number", "x-exact": true, "minimum": 0, "maximum": 1000000000},
          "quantity": {"type": "number", "x-exact": true, "minimum": 0, "maximum": 1000000000000}
        }
      }
    }
  },
  "required": ["department_cost", "practical_capacity_minutes", "activities"],
  "x-output": {
    "cost_per_minute": "rupiah a minute", "rates": "by activity: rupiah for one", "assigned": "by activity: whole rupiah", "total_assigned": "their sum",
    "used_minutes": "worked", "unused_minutes": "capacity - used; negative when more was worked than there is", "unused_cost": "department_cost - total_assigned, whole rupiah"
  },
  "x-source": ["Kaplan and Anderson (2004), Harvard Business Review 82(11):131-138. Exact fractions; each amount to the nearest rupiah, the rest is unused_cost."],
  "examples": [{"department_cost": 560000, "practical_capacity_minutes": 700000, "activities": [{"name": "orders", "minutes": 8, "quantity": 49000}, {"name": "checks", "minutes": 50, "quantity": 2500}]}]
})json";

Outcome run_tdabc(const Input& input) {
  const auto cost = input.whole("department_cost");
  const Rational capacity(input.decimal("practical_capacity_minutes")), per_minute = Rational(cost) / capacity;
  json::Value rates(json::Object{}), assigned(json::Object{});
  Rational used;
  std::int64_t total = 0;
  for (const auto& activity : input.at("activities").array()) {
    const auto& name = activity.find("name")->string();
    if (rates.find(name) != nullptr) return refuse(Code::Range, "activities", Msg::CalcTwins, {"activities"});
    const Rational one(activity.find("minutes")->to_decimal().value()),
        minutes = one * Rational(activity.find("quantity")->to_decimal().value());
    const auto amount = (minutes * per_minute).rounded(0);
    const auto rupiah = amount ? amount->scaled(0) : std::nullopt;
    constexpr std::int64_t kMost = 1'000'000'000'000'000'000;
    if (!rupiah || *rupiah > kMost - total) return refuse(Code::Range, "activities", Msg::CalcNumberTooBig, {name});
    used = used + minutes;
    total += *rupiah;
    rates.set(name, number((one * per_minute).to_double()));
    assigned.set(name, *rupiah);
  }
  Output out;
  out.number("cost_per_minute", per_minute.to_double());
  out.set("rates", std::move(rates));
  out.set("assigned", std::move(assigned));
  out.set("total_assigned", total);
  out.number("used_minutes", used.to_double());
  out.number("unused_minutes", (capacity - used).to_double());
  out.set("unused_cost", cost - total);
  if (used > capacity) out.warn("over_capacity", Msg::CalcOverCapacity);
  return out;
}

}  // namespace

constinit const Method kTdabc{"tdabc", Msg::CalcTdabc, kTdabcSchema, run_tdabc};

}  // namespace pilar::calc
