#include <array>

#include "app/calc_method.h"
#include "i18n/words/calc.h"
#include "math/rational.h"

namespace pilar::calc {
namespace {

using math::Rational;

constexpr std::string_view kPremiumSchema = R"json({
  "properties": {
    "services": {
      "description": "What members use: cost of one service, uses a member and year, and the share of the cost that the member pays.", "type": "array", "minItems": 1, "maxItems": 1000,
      "items": {
        "type": "object", "additionalProperties": false, "required": ["name", "unit_cost", "utilisation_per_member_year"],
        "properties": {
          "name": {"type": "string", "minLength": 1},
          "unit_cost": {"type": "number", "x-exact": true, "minimum": 0, "maximum": 1000000000000},
          "utilisation_per_member_year": {"type": "number", "x-exact": true, "minimum": 0, "maximum": 10000},
          "cost_sharing": {"type": "number", "x-exact": true, "minimum": 0, "maximum": 1}
        }
      }
    },
    "loading": {
      "description": "on_top: a value of at most 1 is a share of the pure premium, a larger one rupiah a year for all. of_gross: shares of the gross premium, below 1 in sum.",
      "type": "object", "additionalProperties": false,
      "properties": {
        "management": {"type": "number", "x-exact": true, "minimum": 0, "maximum": 1000000000000000},
        "margin": {"type": "number", "x-exact": true, "minimum": 0, "maximum": 1000000000000000},
        "surplus": {"type": "number", "x-exact": true, "minimum": 0, "maximum": 1000000000000000},
        "basis": {"enum": ["on_top", "of_gross"]}
      },
      "default": {}
    },
    "members": {"description": "Insured people.", "x-unit": "people", "type": "integer", "minimum": 1, "maximum": 1000000000},
    "premium_paid": {"description": "What a member pays a year.", "x-unit": "rupiah", "type": "number", "x-exact": true, "minimum": 0, "maximum": 1000000000000},
    "other_costs": {"description": "Benefits a year that are not in services, such as drugs and referral claims.", "x-unit": "rupiah", "type": "number", "x-exact": true, "minimum": 0, "maximum": 1000000000000000, "default": 0},
    "stated": {
      "description": "Totals as printed elsewhere, to be reconciled with the parts.", "type": "object", "additionalProperties": false,
      "properties": {
        "pure_premium_year": {"type": "number", "x-exact": true}, "capitation_month": {"type": "number", "x-exact": true}, "pure_premium_total": {"type": "number", "x-exact": true},
        "loading_total": {"type": "number", "x-exact": true}, "gross_premium": {"type": "number", "x-exact": true}, "total_cost": {"type": "number", "x-exact": true},
        "income": {"type": "number", "x-exact": true}, "surplus": {"type": "number", "x-exact": true}, "cost_per_member": {"type": "number", "x-exact": true}
      },
      "default": {}
    }
  },
  "required": ["services", "members"],
  "x-output": {
    "per_service": "each: name pure_premium_year (a member) capitation_month (a member) total_year", "pure_premium_year": "a member: sum of utilisation x unit cost x (1 - cost sharing)",
    "capitation_month": "pure_premium_year / 12", "pure_premium_total": "for all members", "loading_total": "management, margin and surplus a year", "gross_premium": "pure_premium_total + loading_total",
    "total_cost": "gross_premium + other_costs", "income": "premium_paid x members; null without premium_paid", "surplus": "income - total_cost; null without premium_paid",
    "cost_per_member": "total_cost / members", "break_even_premium": "least whole rupiah a member and year that covers total_cost",
    "claim_ratio": "(pure_premium_total + other_costs) / income; null without income", "combined_ratio": "total_cost / income; null without income",
    "reconciliation": "each stated total: name stated computed difference (stated - computed)"
  },
  "x-source": ["Utilisation x unit cost, premium = pure premium + loading, or pure / (1 - loading share): the JPKM method. Exact fractions; totals in whole rupiah, rounded half up."],
  "examples": [{
    "services": [{"name": "umum", "unit_cost": 6672, "utilisation_per_member_year": 1}, {"name": "gigi", "unit_cost": 6610, "utilisation_per_member_year": 1}],
    "loading": {"management": 297777500, "basis": "on_top"}, "members": 21828, "premium_paid": 60000, "other_costs": 636266684, "stated": {"total_cost": 1232974580, "surplus": 76705420}
  }]
})json";

std::optional<std::int64_t> whole(const Rational& amount) {
  const auto rounded = amount.rounded(0);
  return rounded ? rounded->scaled(0) : std::nullopt;
}

json::Value rupiah(const Rational& amount) {
  const auto value = whole(amount);
  return value ? json::Value(*value) : number(amount.to_double());
}

/// Loading a year on a pure premium for all members.
std::expected<Rational, Error> loading_of(const json::Value& loading, const Rational& pure) {
  const auto* basis = loading.find("basis");
  const bool of_gross = basis != nullptr && basis->string() == "of_gross";
  Rational shares, amounts;
  for (const auto* key : {"management", "margin", "surplus"}) {
    const auto* given = loading.find(key);
    if (given == nullptr) continue;
    const Rational value(given->to_decimal().value());
    if (value > Rational(1) && of_gross)
      return refuse(Code::Range, std::string("loading.") + key, Msg::CalcAtMost, {std::string("loading.") + key, "1"});
    (value > Rational(1) ? amounts : shares) = (value > Rational(1) ? amounts : shares) + value;
  }
  if (!of_gross) return pure * shares + amounts;
  if (shares >= Rational(1)) return refuse(Code::Undefined, "loading", Msg::CalcBelow, {"management + margin + surplus", "1"});
  return pure / (Rational(1) - shares) - pure;
}

/// All figures of one plan; exact.
struct Plan {
  Rational pure_member, members, pure, loading, other;
  std::optional<Rational> income;

  Rational gross() const { return pure + loading; }
  Rational cost() const { return gross() + other; }
};

std::optional<Rational> figure(const Plan& plan, std::string_view key) {
  if (key == "pure_premium_year") return plan.pure_member;
  if (key == "capitation_month") return plan.pure_member / Rational(12);
  if (key == "pure_premium_total") return plan.pure;
  if (key == "loading_total") return plan.loading;
  if (key == "gross_premium") return plan.gross();
  if (key == "total_cost") return plan.cost();
  if (key == "cost_per_member") return plan.cost() / plan.members;
  if (!plan.income || key == "income") return plan.income;
  return *plan.income - plan.cost();  // surplus
}

json::Value reconciliation(const Plan& plan, const json::Value& stated) {
  json::Array out;
  for (const auto& [key, value] : stated.object()) {
    const auto computed = figure(plan, key);
    json::Object line{{"name", key}, {"stated", value}};
    line.emplace_back("computed", computed ? number(computed->to_double()) : nullptr);
    line.emplace_back("difference", computed ? number((Rational(value.to_decimal().value()) - *computed).to_double()) : nullptr);
    out.emplace_back(std::move(line));
  }
  return out;
}

void write_income(Output& out, const Plan& plan, bool known) {
  const auto ratio = [&](const Rational& part) {
    return plan.income && *plan.income > Rational(0) ? number((part / *plan.income).to_double()) : json::Value(nullptr);
  };
  out.set("income", known ? rupiah(*plan.income) : nullptr);
  out.set("surplus", known ? rupiah(*plan.income - plan.cost()) : nullptr);
  out.number("cost_per_member", (plan.cost() / plan.members).to_double());
  const auto least = (plan.cost() / plan.members).ceiling();
  out.set("break_even_premium", least ? json::Value(*least) : nullptr);
  out.set("claim_ratio", ratio(plan.pure + plan.other));
  out.set("combined_ratio", ratio(plan.cost()));
}

Outcome run_premium(const Input& input) {
  Plan plan;
  plan.members = Rational(input.whole("members"));
  plan.other = Rational(input.decimal("other_costs"));
  json::Array services;
  for (const auto& service : input.at("services").array()) {
    const auto* shared = service.find("cost_sharing");
    const Rational paid = shared == nullptr ? Rational(1) : Rational(1) - Rational(shared->to_decimal().value());
    const auto pure = Rational(service.find("unit_cost")->to_decimal().value()) *
                      Rational(service.find("utilisation_per_member_year")->to_decimal().value()) * paid;
    plan.pure_member = plan.pure_member + pure;
    services.push_back(json::Object{{"name", *service.find("name")},
                                    {"pure_premium_year", number(pure.to_double())},
                                    {"capitation_month", number((pure / Rational(12)).to_double())},
                                    {"total_year", rupiah(pure * plan.members)}});
  }
  plan.pure = plan.pure_member * plan.members;
  auto loading = loading_of(input.at("loading"), plan.pure);
  if (!loading) return std::unexpected(std::move(loading.error()));
  plan.loading = *std::move(loading);
  const bool known = input.has("premium_paid");
  if (known) plan.income = Rational(input.decimal("premium_paid")) * plan.members;
  Output out;
  out.set("per_service", std::move(services));
  out.number("pure_premium_year", plan.pure_member.to_double());
  out.number("capitation_month", (plan.pure_member / Rational(12)).to_double());
  out.set("pure_premium_total", rupiah(plan.pure));
  out.set("loading_total", rupiah(plan.loading));
  out.set("gross_premium", rupiah(plan.gross()));
  out.set("total_cost", rupiah(plan.cost()));
  write_income(out, plan, known);
  auto lines = reconciliation(plan, input.at("stated"));
  for (const auto& line : lines.array())
    if (!line.find("difference")->is_null() && line.find("difference")->to_double() != 0.0)
      out.warn("stated_differs", Msg::CalcStatedDiffers, {line.find("name")->string(), json::print(*line.find("difference"))});
  out.set("reconciliation", std::move(lines));
  return out;
}

}  // namespace

constinit const Method kPremium{"premium", Msg::CalcPremium, kPremiumSchema, run_premium};

}  // namespace pilar::calc
