#include <algorithm>
#include <cmath>

#include "app/calc_method.h"
#include "i18n/words/calc.h"
#include "math/aggregate_loss.h"

namespace pilar::calc {
namespace {

constexpr std::string_view kAggregateLossSchema = R"json({
  "properties": {
    "frequency": {
      "description": "Number of claims. poisson needs mean; binomial n and p; negative_binomial r and beta (mean r x beta).",
      "type": "object", "additionalProperties": false, "required": ["law"],
      "properties": {
        "law": {"enum": ["poisson", "binomial", "negative_binomial"]},
        "mean": {"type": "number", "exclusiveMinimum": 0, "maximum": 10000},
        "n": {"type": "integer", "minimum": 1, "maximum": 1000000},
        "p": {"type": "number", "exclusiveMinimum": 0, "exclusiveMaximum": 1},
        "r": {"type": "number", "exclusiveMinimum": 0, "maximum": 1000000},
        "beta": {"type": "number", "exclusiveMinimum": 0, "maximum": 1000000}
      }
    },
    "severity": {
      "description": "Size of one claim by its mean; gamma and lognormal need cv, standard deviation / mean.",
      "type": "object", "additionalProperties": false, "required": ["law", "mean"],
      "properties": {
        "law": {"enum": ["exponential", "gamma", "lognormal"]},
        "mean": {"type": "number", "exclusiveMinimum": 0, "maximum": 1e15, "x-unit": "rupiah"},
        "cv": {"type": "number", "exclusiveMinimum": 0, "maximum": 100}
      }
    },
    "lattice": {"description": "Instead of severity: probabilities of a claim of 0, step, 2 step ...; they add up to 1.", "type": "array", "minItems": 1, "maxItems": 20000, "items": {"type": "number", "minimum": 0, "maximum": 1}},
    "step": {"description": "Distance of the lattice's points.", "type": "number", "exclusiveMinimum": 0, "maximum": 1e15, "default": 1},
    "levels": {"description": "Probabilities of quantile, VaR and TVaR.", "type": "array", "maxItems": 100, "items": {"type": "number", "exclusiveMinimum": 0, "exclusiveMaximum": 1}, "default": [0.5, 0.9, 0.95, 0.99, 0.995]},
    "retentions": {"description": "Retentions of stop_loss.", "type": "array", "maxItems": 100, "items": {"type": "number", "minimum": 0, "maximum": 1e18}, "default": []},
    "income": {"description": "Premiums and other income to set against the cost.", "type": "number", "minimum": 0, "maximum": 1e18},
    "draws": {"description": "Draws of the simulation beside it; 0 for none.", "type": "integer", "minimum": 0, "maximum": 200000, "default": 0},
    "seed": {"description": "Start of the simulation: the same seed gives the same figures.", "type": "integer", "minimum": 0, "default": 1}
  },
  "required": ["frequency"],
  "x-output": {
    "mean": "E(N) x E(X), of the claims on the lattice", "sd": "square root of E(N) Var(X) + Var(N) E(X)^2", "p_zero": "probability that nothing is claimed",
    "quantile": "by level: least lattice point that the cost does not exceed with that probability", "VaR": "as quantile", "TVaR": "by level: mean of the worst 1 - level",
    "stop_loss": "by retention: expected cost above it", "p_exceeds_income": "probability that the cost is above income; null without income",
    "mass_beyond": "probability of costs beyond the points that were computed", "points": "lattice points that were computed",
    "simulation": "draws, seed, mean, mean_se, p_exceeds_income, p_se; null without draws"
  },
  "x-source": [
    "Panjer (1981), ASTIN Bulletin 12:22-26; Klugman, Panjer and Willmot, Loss Models, chapter 9, with the method of rounding.",
    "Simulation: Mersenne twister (64 bits), by inversion on the same lattice."
  ],
  "examples": [
    {"frequency": {"law": "poisson", "mean": 4}, "lattice": [0, 0.25, 0.5, 0.25], "retentions": [0, 8, 12], "income": 12},
    {"frequency": {"law": "negative_binomial", "r": 1, "beta": 2}, "severity": {"law": "exponential", "mean": 100}, "step": 1, "income": 600, "draws": 20000, "seed": 7}
  ]
})json";

constexpr std::size_t kMostPoints = 20'000;
constexpr double kMostClaims = 1e7;  // draws x mean number of claims

using Given = std::expected<double, Error>;

/// A member of an object of the input.
Given member(const Input& input, std::string_view object, std::string_view key) {
  const auto* value = input.at(object).find(key);
  const auto name = std::string(object) + "." + std::string(key);
  if (value == nullptr) return refuse(Code::FieldMissing, name, Msg::CalcFieldMissing, {name});
  return *value->to_double();
}

std::expected<math::ClaimCount, Error> count_of(const Input& input) {
  const auto& law = input.at("frequency").find("law")->string();
  if (law == "poisson") {
    const auto mean = member(input, "frequency", "mean");
    if (!mean) return std::unexpected(mean.error());
    return math::ClaimCount::poisson(*mean);
  }
  const bool binomial = law == "binomial";
  const auto first = member(input, "frequency", binomial ? "n" : "r"), second = member(input, "frequency", binomial ? "p" : "beta");
  if (!first) return std::unexpected(first.error());
  if (!second) return std::unexpected(second.error());
  return binomial ? math::ClaimCount::binomial(*first, *second) : math::ClaimCount::negative_binomial(*first, *second);
}

std::expected<math::Lattice, Error> given_lattice(const Input& input) {
  constexpr double kSlack = 1e-9;
  math::Lattice out{input.number("step"), {}};
  double sum = 0;
  for (const auto& mass : input.column("lattice")) {
    out.mass.push_back(*mass);
    sum += *mass;
  }
  if (std::abs(sum - 1) > kSlack) return refuse(Code::Range, "lattice", Msg::CalcMassSum, {"lattice", json::number_text(sum)});
  return out;
}

std::expected<math::Lattice, Error> claim_of(const Input& input) {
  if (input.has("lattice") && input.has("severity")) return refuse(Code::Shape, "lattice", Msg::CalcEitherOr, {"severity", "lattice"});
  if (input.has("lattice")) return given_lattice(input);
  if (!input.has("severity")) return refuse(Code::FieldMissing, "severity", Msg::CalcNeither, {"severity", "lattice"});
  const auto& law = input.at("severity").find("law")->string();
  math::ClaimSize size{math::ClaimLaw::Exponential, *member(input, "severity", "mean"), 1};
  if (law != "exponential") {
    const auto cv = member(input, "severity", "cv");
    if (!cv) return std::unexpected(cv.error());
    size.cv = *cv;
    size.law = law == "gamma" ? math::ClaimLaw::Gamma : math::ClaimLaw::Lognormal;
  }
  auto lattice = math::discretise(size, input.number("step"), kMostPoints);
  if (!lattice) return refuse(Code::TooLarge, "step", Msg::CalcStepSmall, {std::to_string(kMostPoints)});
  return *std::move(lattice);
}

/// {"0.95": figure, ...}
template <class F>
json::Value by(const Input& input, std::string_view key, F&& figure) {
  json::Value out(json::Object{});
  for (const auto& one : input.column(key)) out.set(json::number_text(*one), number(figure(*one)));
  return out;
}

std::expected<json::Value, Error> simulation(const Input& input, const math::ClaimCount& count, const math::Lattice& claim) {
  const auto draws = input.whole("draws"), seed = input.whole("seed");
  const bool with_income = input.has("income");
  const auto run = math::simulate_loss(count, claim, with_income ? input.number("income") : 0, static_cast<std::size_t>(draws),
                                       static_cast<std::uint64_t>(seed));
  if (!run) return refuse(Code::TooLarge, "frequency", Msg::CalcCountsMany, {std::to_string(math::kMostCounts)});
  return json::Object{{"draws", draws},
                      {"seed", seed},
                      {"mean", number(run->mean)},
                      {"mean_se", number(run->mean_se)},
                      {"p_exceeds_income", number(with_income ? std::optional(run->exceeds) : std::nullopt)},
                      {"p_se", number(with_income ? std::optional(run->exceeds_se) : std::nullopt)}};
}

Outcome run_aggregate_loss(const Input& input) {
  const auto count = count_of(input);
  if (!count) return std::unexpected(count.error());
  const auto claim = claim_of(input);
  if (!claim) return std::unexpected(claim.error());
  if (static_cast<double>(input.whole("draws")) * count->mean() > kMostClaims)
    return refuse(Code::TooLarge, "draws", Msg::CalcDrawsMany, {json::number_text(kMostClaims)});
  const auto loss = math::aggregate_loss(*count, *claim, kMostPoints);
  if (!loss) return refuse(Code::TooLarge, "frequency", Msg::CalcClaimsMany);
  Output out;
  out.number("mean", loss->mean);
  out.number("sd", loss->sd);
  out.number("p_zero", loss->total.mass.front());
  auto quantiles = by(input, "levels", [&](double p) { return loss->quantile(p); });
  out.set("quantile", quantiles);
  out.set("VaR", std::move(quantiles));
  out.set("TVaR", by(input, "levels", [&](double p) { return loss->tail_mean(p); }));
  out.set("stop_loss", by(input, "retentions", [&](double d) { return std::optional(loss->stop_loss(d)); }));
  out.set("p_exceeds_income", number(input.has("income") ? std::optional(1 - loss->cdf(input.number("income"))) : std::nullopt));
  out.number("mass_beyond", loss->mass_beyond);
  out.set("points", static_cast<std::int64_t>(loss->total.mass.size()));
  out.set("simulation", nullptr);
  if (input.whole("draws") > 0) {
    auto simulated = simulation(input, *count, *claim);
    if (!simulated) return std::unexpected(simulated.error());
    out.set("simulation", *std::move(simulated));
  }
  constexpr double kMuch = 1e-9;
  if (loss->mass_beyond > kMuch) out.warn("mass_beyond", Msg::CalcMassBeyond, {json::number_text(loss->mass_beyond)});
  return out;
}

}  // namespace

constinit const Method kAggregateLoss{"aggregate_loss", Msg::CalcAggregateLoss, kAggregateLossSchema, run_aggregate_loss};

}  // namespace pilar::calc
