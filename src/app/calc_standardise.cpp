#include "app/calc_method.h"
#include "i18n/words/calc.h"
#include "math/standardise.h"

namespace pilar::calc {
namespace {

constexpr std::string_view kStandardiseSchema = R"json({
  "properties": {
    "method": {"description": "direct: own rates in a standard population. indirect: own events against those expected.", "enum": ["direct", "indirect"]},
    "count": {"description": "direct: events by stratum.", "type": "array", "minItems": 1, "items": {"type": "number", "minimum": 0, "maximum": 1e15}},
    "population": {"description": "direct: people by stratum.", "type": "array", "minItems": 1, "items": {"type": "number", "exclusiveMinimum": 0, "maximum": 1e15}},
    "standard": {"description": "direct: standard population by stratum; only ratios matter.", "type": "array", "minItems": 1, "items": {"type": "number", "minimum": 0, "maximum": 1e15}},
    "per": {"description": "direct: rates are given per this many people.", "x-unit": "people", "type": "number", "exclusiveMinimum": 0, "maximum": 1e12, "default": 100000},
    "observed": {
      "description": "indirect: events, in all or by stratum.",
      "anyOf": [{"type": "number", "minimum": 0, "maximum": 1e12}, {"type": "array", "minItems": 1, "items": {"type": "number", "minimum": 0, "maximum": 1e12}}]
    },
    "expected": {
      "description": "indirect: events expected by the standard's rates, in all or by stratum.",
      "anyOf": [{"type": "number", "minimum": 0, "maximum": 1e12}, {"type": "array", "minItems": 1, "items": {"type": "number", "minimum": 0, "maximum": 1e12}}]
    },
    "level": {"description": "Confidence level.", "x-unit": "fraction", "type": "number", "exclusiveMinimum": 0, "exclusiveMaximum": 1, "default": 0.95}
  },
  "required": ["method"],
  "x-equal-lengths": ["count", "population", "standard"],
  "x-output": {
    "crude": "direct: all events / all people x per", "adjusted": "direct: sum of standard shares x rates x per", "fay_feuer": "direct: [low, high] of adjusted, gamma interval",
    "smr_100": "indirect: observed / expected x 100; null when nothing is expected", "byar": "indirect: [low, high] of smr_100, approximate", "exact": "indirect: [low, high] of smr_100, Poisson"
  },
  "x-source": [
    "Fay and Feuer (1997), Statistics in Medicine 16:791-801; Breslow and Day (1987), Statistical Methods in Cancer Research II; Garwood (1936), Biometrika 28:437-442."
  ],
  "examples": [
    {"method": "direct", "count": [12, 40, 90], "population": [10000, 8000, 3000], "standard": [9000, 8000, 5000]},
    {"method": "indirect", "observed": 41, "expected": 34.5}
  ]
})json";

constexpr double kPerCent = 100;

std::optional<math::Interval> times(const math::Interval& interval, double factor) {
  return math::Interval{interval.low * factor, interval.high * factor};
}

double total(const json::Value& given) {
  if (given.is_number()) return given.to_double().value();
  double sum = 0;
  for (const auto& one : given.array()) sum += one.to_double().value();
  return sum;
}

Outcome direct(const Input& input) {
  const auto count = input.column("count"), population = input.column("population"), standard = input.column("standard");
  std::vector<math::Stratum> strata;
  double people = 0;
  for (std::size_t i = 0; i < count.size(); ++i) {
    strata.push_back({*count[i], *population[i], *standard[i]});
    people += *standard[i];
  }
  if (people <= 0) return refuse(Code::Undefined, "standard", Msg::CalcAbove, {"standard", "0"});
  if (!math::is_computable(strata)) return refuse(Code::Range, "population", Msg::CalcNumberTooBig, {"population"});
  const auto rate = math::direct_rate(strata, input.number("level"));
  const double per = input.number("per");
  Output out;
  out.number("crude", rate.crude * per);
  out.number("adjusted", rate.adjusted * per);
  out.interval("fay_feuer", times(rate.fay_feuer, per));
  return out;
}

Outcome indirect(const Input& input) {
  const double observed = total(input.at("observed")), expected = total(input.at("expected"));
  Output out;
  if (expected <= 0) {
    out.number("smr_100", {});
    out.interval("byar", {});
    out.interval("exact", {});
    return out;
  }
  const auto ratio = math::standardised_ratio(observed, expected, input.number("level"));
  out.number("smr_100", ratio.ratio * kPerCent);
  out.interval("byar", times(ratio.byar, kPerCent));
  out.interval("exact", times(ratio.exact, kPerCent));
  return out;
}

Outcome run_standardise(const Input& input) {
  const bool is_direct = input.word("method") == "direct";
  for (const std::string key : {"count", "population", "standard"})
    if (input.has(key) != is_direct)
      return is_direct ? refuse(Code::FieldMissing, key, Msg::CalcFieldMissing, {key})
                       : refuse(Code::FieldUnknown, key, Msg::CalcFieldUnknown, {key});
  for (const std::string key : {"observed", "expected"})
    if (input.has(key) == is_direct)
      return is_direct ? refuse(Code::FieldUnknown, key, Msg::CalcFieldUnknown, {key})
                       : refuse(Code::FieldMissing, key, Msg::CalcFieldMissing, {key});
  return is_direct ? direct(input) : indirect(input);
}

}  // namespace

constinit const Method kStandardise{"standardise", Msg::CalcStandardise, kStandardiseSchema, run_standardise};

}  // namespace pilar::calc
