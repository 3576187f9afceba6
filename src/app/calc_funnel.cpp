#include <algorithm>
#include <cmath>
#include <set>

#include "app/calc_groups.h"
#include "i18n/words/calc.h"

namespace pilar::calc {
namespace {

constexpr std::string_view kFunnelSchema = R"json({
  "properties": {
    "group": {"description": "Names of the groups; 1, 2 ... when left out.", "type": "array", "items": {"type": ["string", "number"]}},
    "numerator": {"description": "Cases, observed or events; null leaves the group out.", "type": "array", "minItems": 1, "maxItems": 20000, "items": {"type": ["number", "null"], "minimum": 0, "maximum": 1e12}},
    "denominator": {"description": "All cases, expected or exposure; null or 0 leaves the group out.", "type": "array", "minItems": 1, "maxItems": 20000, "items": {"type": ["number", "null"], "minimum": 0, "maximum": 1e12}},
    "target": {"description": "Sum of numerators / sum of denominators when left out; of a proportion at most 1.", "type": "number", "minimum": 0},
    "method": {"description": "Limits.", "enum": ["exact", "normal", "arcsine"], "default": "exact"},
    "kind": {"description": "proportion is binomial, ratio and rate are Poisson.", "enum": ["proportion", "ratio", "rate"], "default": "proportion"},
    "overdispersion": {
      "description": "additive adds tau2, multiplicative takes phi times the variance where phi > 1; both replace exact limits by normal ones.",
      "enum": ["none", "additive", "multiplicative"], "default": "none"
    }
  },
  "required": ["numerator", "denominator"],
  "x-equal-lengths": ["numerator", "denominator", "group"],
  "x-output": {
    "group": "names; the arrays below are in this order", "value": "numerator / denominator", "z": "(value - target) / standard error, adjusted for overdispersion; arcsine on its scale",
    "p": "two-sided: twice the smaller tail", "lower95": "", "upper95": "", "lower99_8": "", "upper99_8": "",
    "signal": "none, low95, low99_8, high95 or high99_8: tail probability below 0.025 or 0.001",
    "target": "as used", "phi": "mean squared z, winsorised at 10 and 90 %", "tau2": "variance between groups on the scale of z; null without it"
  },
  "x-source": ["Spiegelhalter (2005), Statistics in Medicine 24:1185-1202, with the interpolated exact limits of appendix A.1.1."],
  "examples": [{"group": ["A", "B", "C"], "numerator": [12, 30, 55], "denominator": [100, 210, 300]}]
})json";

constexpr double kMostFunnelSteps = 4e6;
constexpr double kMostExpected = 1e15;  // whole numbers up to here are doubles

math::FunnelKind kind_of(const Input& input) {
  const auto& kind = input.word("kind");
  if (kind == "ratio") return math::FunnelKind::Ratio;
  return kind == "rate" ? math::FunnelKind::Rate : math::FunnelKind::Proportion;
}

math::FunnelMethod method_of(const Input& input) {
  const auto& method = input.word("method");
  if (method == "normal") return math::FunnelMethod::Normal;
  return method == "arcsine" ? math::FunnelMethod::Arcsine : math::FunnelMethod::Exact;
}

math::Overdispersion overdispersion_of(const Input& input) {
  const auto& how = input.word("overdispersion");
  if (how == "additive") return math::Overdispersion::Additive;
  return how == "multiplicative" ? math::Overdispersion::Multiplicative : math::Overdispersion::None;
}

std::string_view name_of(math::FunnelSignal signal) {
  constexpr std::string_view kNames[] = {"none", "low95", "low99_8", "high95", "high99_8"};
  return kNames[static_cast<std::size_t>(signal)];
}

/// Exact Poisson limits of many groups of different and large size: each takes about as many steps as the root of what is expected.
bool exact_takes_too_long(const std::vector<math::FunnelGroup>& groups, double target) {
  constexpr double kSlowest = 1e9;  // beyond it an asymptotic series takes over
  std::set<double> sizes;
  double steps = 0;
  for (const auto& group : groups)
    if (sizes.insert(group.denominator).second) steps += std::sqrt(std::min(kSlowest, target * group.denominator));
  return steps > kMostFunnelSteps;
}

json::Value signals(const math::Funnel& funnel, const Groups& groups) {
  json::Array out(groups.names.size());
  for (std::size_t i = 0; i < groups.place.size(); ++i) out[groups.place[i]] = name_of(funnel.points[i].signal);
  return out;
}

Outcome run_funnel(const Input& input) {
  const auto kind = kind_of(input);
  const auto groups = groups_of(input, kind == math::FunnelKind::Proportion);
  if (!groups) return std::unexpected(groups.error());
  std::optional<double> target;
  if (input.has("target")) target = input.number("target");
  if (kind == math::FunnelKind::Proportion && target && *target > 1) return refuse(Code::Range, "target", Msg::CalcAtMost, {"target", "1"});
  if (target && kind != math::FunnelKind::Proportion &&
      std::ranges::any_of(groups->used, [&](const math::FunnelGroup& group) { return *target * group.denominator > kMostExpected; }))
    return refuse(Code::Range, "target", Msg::CalcNumberTooBig, {"target"});
  if (kind != math::FunnelKind::Proportion && input.word("method") == "exact" && overdispersion_of(input) == math::Overdispersion::None &&
      exact_takes_too_long(groups->used, target.value_or(math::pooled(groups->used))))
    return refuse(Code::TooLarge, "denominator", Msg::CalcFunnelMany,
                  {"sum(sqrt(target × denominator))", json::number_text(kMostFunnelSteps)});
  const auto funnel = math::funnel(groups->used, kind, method_of(input), overdispersion_of(input), target);
  const auto cells = [&](auto member) {
    Column out;
    for (const auto& point : funnel.points) out.emplace_back(point.*member);
    return column(groups->spread(out));
  };
  Output out;
  out.set("group", groups->names);
  out.set("value", cells(&math::FunnelPoint::value));
  out.set("z", cells(&math::FunnelPoint::z));
  out.set("p", cells(&math::FunnelPoint::p));
  out.set("lower95", cells(&math::FunnelPoint::lower95));
  out.set("upper95", cells(&math::FunnelPoint::upper95));
  out.set("lower99_8", cells(&math::FunnelPoint::lower99_8));
  out.set("upper99_8", cells(&math::FunnelPoint::upper99_8));
  out.set("signal", signals(funnel, *groups));
  out.number("target", funnel.target);
  out.number("phi", funnel.phi);
  out.number("tau2", funnel.tau2);
  warn_left_out(out, *groups);
  if (funnel.normal_used) out.warn("normal_used", Msg::CalcFunnelNormal);
  return out;
}

}  // namespace

constinit const Method kFunnel{"funnel", Msg::CalcFunnel, kFunnelSchema, run_funnel};

}  // namespace pilar::calc
