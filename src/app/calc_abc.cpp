#include <algorithm>

#include "app/calc_method.h"
#include "i18n/words/calc.h"
#include "math/rupiah.h"

namespace pilar::calc {
namespace {

using math::Rational;

constexpr std::string_view kAbcSchema = R"json({
  "properties": {
    "pools": {
      "description": "Cost pools: activity, its cost, the driver's name and how much of it each product uses. driver_total, when larger than what the products use, leaves the rest unallocated.",
      "type": "array", "minItems": 1, "maxItems": 1000,
      "items": {
        "type": "object", "additionalProperties": false, "required": ["activity", "cost", "driver_quantity"],
        "properties": {
          "activity": {"type": "string", "minLength": 1},
          "cost": {"type": "integer", "minimum": 0, "maximum": 1000000000000000},
          "driver": {"type": "string"},
          "driver_quantity": {"type": "object", "additionalProperties": {"type": "number", "x-exact": true, "minimum": 0}},
          "driver_total": {"type": "number", "x-exact": true, "minimum": 0}
        }
      }
    },
    "direct_cost": {"description": "Direct cost of each product.", "x-unit": "rupiah", "type": "object", "additionalProperties": {"type": "integer", "minimum": 0, "maximum": 1000000000000}, "default": {}},
    "output": {"description": "Units of each product, for unit_cost.", "type": "object", "additionalProperties": {"type": "number", "x-exact": true, "minimum": 0}, "default": {}}
  },
  "required": ["pools"],
  "x-output": {
    "rates": "by activity: rupiah for one unit of its driver; null when nothing is used", "total_cost": "by product: direct and charged, whole rupiah", "unit_cost": "by product: total_cost / output; null without output",
    "grand_total": "sum of total_cost", "unallocated": "by activity: what no product was charged, whole rupiah", "unallocated_total": "its sum; grand_total + unallocated_total is all cost"
  },
  "x-source": ["Activity-based costing: rate = pool cost / driver quantity, product cost = direct + sum of rate x driver used (Horngren, Datar and Rajan, Cost Accounting, ch. 5). Whole rupiah by largest remainder in each pool."],
  "examples": [{
    "pools": [{"activity": "registration", "cost": 1000000, "driver": "visits", "driver_quantity": {"general": 300, "dental": 100}}, {"activity": "cleaning", "cost": 500000, "driver": "m2", "driver_quantity": {"general": 10, "dental": 4}, "driver_total": 48}],
    "direct_cost": {"general": 2000000, "dental": 900000}, "output": {"general": 300, "dental": 100}
  }]
})json";

constexpr std::size_t kMostProducts = 1000;

/// Products in the order of their first mention; one above kMostProducts when there are too many.
std::vector<std::string> products_of(const Input& input) {
  std::vector<std::string> products;
  const auto mention = [&](const json::Value& by_product) {
    for (const auto& [name, value] : by_product.object())
      if (products.size() <= kMostProducts && std::find(products.begin(), products.end(), name) == products.end()) products.push_back(name);
  };
  mention(input.at("direct_cost"));
  for (const auto& pool : input.at("pools").array()) mention(*pool.find("driver_quantity"));
  mention(input.at("output"));
  return products;
}

Rational quantity_of(const json::Value& by_product, const std::string& product) {
  const auto* value = by_product.find(product);
  return value == nullptr ? Rational() : Rational(value->to_decimal().value());
}

struct Charged {
  std::optional<Rational> rate{};
  std::vector<std::int64_t> by_product{};  ///< whole rupiah
  std::int64_t unallocated = 0;
};

/// Charges one pool; empty when the products use more of the driver than there is.
std::optional<Charged> charge(const json::Value& pool, const std::vector<std::string>& products) {
  const auto cost = pool.find("cost")->to_int().value();
  const auto& quantity = *pool.find("driver_quantity");
  Rational used;
  for (const auto& product : products) used = used + quantity_of(quantity, product);
  const auto* stated = pool.find("driver_total");
  const Rational all = stated == nullptr ? used : Rational(stated->to_decimal().value());
  if (used > all) return {};
  Charged charged;
  if (all == 0) {
    charged.by_product.assign(products.size(), 0);
    charged.unallocated = cost;
    return charged;
  }
  charged.rate = Rational(cost) / all;
  std::vector<Rational> parts;
  for (const auto& product : products) parts.push_back(*charged.rate * quantity_of(quantity, product));
  parts.push_back(*charged.rate * (all - used));
  charged.by_product = math::whole_rupiah(parts);
  charged.unallocated = charged.by_product.back();
  charged.by_product.pop_back();
  return charged;
}

Outcome run_abc(const Input& input) {
  const auto products = products_of(input);
  if (products.size() > kMostProducts) return refuse(Code::Shape, "pools", Msg::CalcTooManyItems, {"pools", std::to_string(kMostProducts)});
  std::vector<std::int64_t> totals;
  for (const auto& product : products) {
    const auto* direct = input.at("direct_cost").find(product);
    totals.push_back(direct == nullptr ? 0 : direct->to_int().value());
  }
  json::Value rates(json::Object{}), left(json::Object{}), cost(json::Object{}), unit(json::Object{});
  std::int64_t left_over = 0, grand_total = 0;
  for (const auto& pool : input.at("pools").array()) {
    const auto& activity = pool.find("activity")->string();
    if (rates.find(activity) != nullptr) return refuse(Code::Range, "pools", Msg::CalcTwins, {"pools"});
    const auto charged = charge(pool, products);
    if (!charged) return refuse(Code::Range, "pools", Msg::CalcNotAbove, {activity + ": driver_quantity", "driver_total"});
    rates.set(activity, charged->rate ? number(charged->rate->to_double()) : nullptr);
    left.set(activity, charged->unallocated);
    left_over += charged->unallocated;
    for (std::size_t i = 0; i < products.size(); ++i) totals[i] += charged->by_product[i];
  }
  for (std::size_t i = 0; i < products.size(); ++i) {
    const auto units = quantity_of(input.at("output"), products[i]);
    cost.set(products[i], totals[i]);
    unit.set(products[i], units == 0 ? json::Value(nullptr) : number((Rational(totals[i]) / units).to_double()));
    grand_total += totals[i];
  }
  Output out;
  out.set("rates", std::move(rates));
  out.set("total_cost", std::move(cost));
  out.set("unit_cost", std::move(unit));
  out.set("grand_total", grand_total);
  out.set("unallocated", std::move(left));
  out.set("unallocated_total", left_over);
  if (left_over > 0) out.warn("unallocated", Msg::CalcUnallocated, {std::to_string(left_over)});
  return out;
}

}  // namespace

constinit const Method kAbc{"abc", Msg::CalcAbc, kAbcSchema, run_abc};

}  // namespace pilar::calc
