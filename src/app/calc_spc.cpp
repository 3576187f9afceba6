#include <algorithm>
#include <array>
#include <cmath>

#include "app/calc_method.h"
#include "app/calc_series.h"
#include "i18n/words/calc.h"
#include "math/spc.h"

namespace pilar::calc {
namespace {

constexpr std::string_view kSpcSchema = R"json({
  "properties": {
    "chart": {
      "description": "run median only; i individuals; mr moving ranges (signals only outside the limits, as neighbours share a value); p, u by denominator; pp, up the same after Laney; c counts; g cases between; t time between; xbar, s subgroups.",
      "enum": ["run", "i", "mr", "p", "pp", "u", "up", "c", "g", "t", "xbar", "s"]
    },
    "y": {"description": "Values in time order; null is missing.", "type": "array", "minItems": 1, "items": {"type": ["number", "null"]}},
    "numerator": {"description": "With denominator, for p, pp, u, up; run, i and mr draw the quotient.", "type": "array", "minItems": 1, "items": {"type": ["number", "null"]}},
    "denominator": {"description": "0 or null makes the point missing.", "type": "array", "minItems": 1, "items": {"type": ["number", "null"], "minimum": 0}},
    "value": {"description": "With subgroup, for xbar and s: single values.", "type": "array", "minItems": 1, "items": {"type": ["number", "null"]}},
    "subgroup": {"description": "The subgroup of each value; a point each, in the order of first appearance.", "type": "array", "minItems": 1, "items": {"type": ["string", "number"]}},
    "x": {"description": "Labels of the points; 1, 2 ... when left out.", "type": "array", "items": {"type": ["string", "number", "null"]}},
    "multiply": {"description": "Draws y and its lines times this, 100 for per cent.", "type": "number", "exclusiveMinimum": 0, "default": 1},
    "freeze_rows": {"description": "The lines of the first phase come from its first points, this many.", "type": "integer", "minimum": 1},
    "split_after_rows": {
      "description": "A new phase with its own lines begins after these points.",
      "anyOf": [{"type": "array", "uniqueItems": true, "items": {"type": "integer", "minimum": 1}}, {"type": "integer", "minimum": 1}], "default": []
    },
    "exclude_rows": {
      "description": "Points that are drawn but count for nothing.",
      "anyOf": [{"type": "array", "items": {"type": "integer", "minimum": 1}}, {"type": "integer", "minimum": 1}], "default": []
    },
    "target": {"description": "On the drawn scale.", "type": "number"},
    "improvement": {"description": "Which way is good.", "enum": ["increase", "decrease", "neutral"], "default": "neutral"},
    "rules": {"description": "What signals a point.", "enum": ["anhoej", "nhs", "western_electric", "nelson"], "default": "nhs"},
    "rule_lengths": {
      "description": "Points of the nhs rules.", "type": "object", "additionalProperties": false,
      "properties": {
        "shift": {"type": "integer", "minimum": 2, "maximum": 1000, "default": 7},
        "trend": {"type": "integer", "minimum": 2, "maximum": 1000, "default": 7}
      },
      "default": {"shift": 7, "trend": 7}
    },
    "screen_moving_ranges": {"description": "i, pp, up: drop moving ranges of 3.267 times their mean or more, once.", "type": "boolean", "default": false}
  },
  "required": ["chart"],
  "x-equal-lengths": ["y", "numerator", "denominator"],
  "x-output": {
    "points": "arrays x y n cl lcl ucl lcl_2sigma ucl_2sigma sigma_signal special_cause_type point_type; null where a point is missing",
    "phases": "each: first_row last_row n_obs n_useful cl sigma sigma_z longest_run longest_run_max n_crossings n_crossings_min runs_signal short",
    "variation": "of the last point: common_cause, improvement, concern or neutral", "assurance": "target against the last limits: consistently_passing, inconsistent, consistently_failing, no_target",
    "rules": "as used"
  },
  "x-source": [
    "Montgomery, Introduction to Statistical Quality Control; Laney (2002), Quality Engineering 14:531-537; Nelson (1982, 1984, 1994), J. Quality Technology.",
    "Anhoej (2015), PLoS ONE 10:e0121349: longest run round(log2 n) + 3, crossings qbinom(0.05, n - 1, 0.5); as the R package qicharts2.",
    "NHS England, Making Data Count; as the R package NHSRplotthedots.", "Western Electric, Statistical Quality Control Handbook (1956)."
  ],
  "examples": [
    {"chart": "i", "y": [1, 2, 1, 2, 10, 1, 2, 1, 2, 1, 2, 1, 2, 1, 2, 1, 2, 1], "screen_moving_ranges": true},
    {"chart": "p", "numerator": [45, 48, 50, 0], "denominator": [50, 50, 52, 0], "multiply": 100, "target": 95, "improvement": "increase"},
    {"chart": "xbar", "value": [5.1, 4.9, 5.0, 5.3, 5.2, 5.4], "subgroup": ["a", "a", "a", "b", "b", "b"]}
  ]
})json";

constexpr std::array<std::pair<std::string_view, math::SpcChart>, 12> kCharts{{{"run", math::SpcChart::Run},
                                                                               {"i", math::SpcChart::I},
                                                                               {"mr", math::SpcChart::Mr},
                                                                               {"p", math::SpcChart::P},
                                                                               {"pp", math::SpcChart::Pp},
                                                                               {"u", math::SpcChart::U},
                                                                               {"up", math::SpcChart::Up},
                                                                               {"c", math::SpcChart::C},
                                                                               {"g", math::SpcChart::G},
                                                                               {"t", math::SpcChart::T},
                                                                               {"xbar", math::SpcChart::Xbar},
                                                                               {"s", math::SpcChart::S}}};
constexpr std::array<std::pair<std::string_view, math::SpcRules>, 4> kRules{{{"anhoej", math::SpcRules::Anhoej},
                                                                             {"nhs", math::SpcRules::Nhs},
                                                                             {"western_electric", math::SpcRules::WesternElectric},
                                                                             {"nelson", math::SpcRules::Nelson}}};
constexpr std::array<std::pair<std::string_view, math::Improvement>, 3> kDirections{
    {{"neutral", math::Improvement::Neutral}, {"increase", math::Improvement::Increase}, {"decrease", math::Improvement::Decrease}}};

template <class Value, std::size_t N>
Value chosen(const std::array<std::pair<std::string_view, Value>, N>& table, std::string_view word) {
  for (const auto& [name, value] : table)
    if (name == word) return value;
  throw Bug("the schema lists the words of this table");
}

/// Points counted from 1, ascending; refuses those beyond `most`.
std::expected<std::vector<std::size_t>, Error> positions(const Input& input, const std::string& key, std::size_t most) {
  const auto& given = input.at(key);
  std::vector<std::size_t> out;
  for (const auto& one : given.is_array() ? given.array() : json::Array{given}) out.push_back(static_cast<std::size_t>(*one.to_int()));
  std::sort(out.begin(), out.end());
  if (!out.empty() && out.back() > most) return refuse(Code::Range, key, Msg::CalcAtMost, {key, std::to_string(most)});
  return out;
}

std::expected<math::SpcOptions, Error> options_of(const Input& input, std::size_t points) {
  math::SpcOptions options;
  options.chart = chosen(kCharts, input.word("chart"));
  options.rules = chosen(kRules, input.word("rules"));
  options.improvement = chosen(kDirections, input.word("improvement"));
  const auto& lengths = input.at("rule_lengths");
  if (const auto* shift = lengths.find("shift")) options.shift_length = static_cast<std::size_t>(*shift->to_int());
  if (const auto* trend = lengths.find("trend")) options.trend_length = static_cast<std::size_t>(*trend->to_int());
  if (input.has("freeze_rows")) options.freeze = static_cast<std::size_t>(input.whole("freeze_rows"));
  auto splits = positions(input, "split_after_rows", points - 1);
  if (!splits) return std::unexpected(std::move(splits.error()));
  options.split_after = std::move(*splits);
  options.screen = input.flag("screen_moving_ranges");
  options.multiply = input.number("multiply");
  if (input.has("target")) options.target = input.number("target");
  return options;
}

std::expected<json::Array, Error> labels_of(const Input& input, const ChartSeries& series) {
  json::Array labels;
  if (!input.has("x")) {
    if (!series.labels.empty()) return series.labels;
    for (std::size_t i = 1; i <= series.values.size(); ++i) labels.emplace_back(static_cast<std::int64_t>(i));
    return labels;
  }
  labels = input.at("x").array();
  if (labels.size() == series.values.size()) return labels;
  return refuse(Code::Shape, "x", Msg::CalcLengthsDiffer,
                {"x", std::to_string(labels.size()), input.has("subgroup") ? "subgroup" : "y", std::to_string(series.values.size())});
}

json::Value points_of(const math::Spc& chart, const ChartSeries& series, json::Array labels) {
  constexpr std::pair<std::string_view, std::optional<double> math::SpcPoint::*> kColumns[] = {{"cl", &math::SpcPoint::cl},
                                                                                               {"lcl", &math::SpcPoint::lcl},
                                                                                               {"ucl", &math::SpcPoint::ucl},
                                                                                               {"lcl_2sigma", &math::SpcPoint::lcl_2sigma},
                                                                                               {"ucl_2sigma", &math::SpcPoint::ucl_2sigma}};
  json::Object out{{"x", std::move(labels)}};
  json::Array y, n, signal, cause, type;
  for (std::size_t i = 0; i < chart.points.size(); ++i) {
    const auto& point = chart.points[i];
    y.push_back(number(point.y));
    n.push_back(number(series.n[i]));
    signal.emplace_back(point.sigma_signal);
    cause.push_back(point.cause ? json::Value(math::name(*point.cause)) : nullptr);
    type.push_back(point.type ? json::Value(math::point_name(*point.type)) : nullptr);
  }
  out.emplace_back("y", std::move(y));
  out.emplace_back("n", std::move(n));
  for (const auto& [key, member] : kColumns) {
    json::Array cells;
    for (const auto& point : chart.points) cells.push_back(number(point.*member));
    out.emplace_back(key, std::move(cells));
  }
  out.emplace_back("sigma_signal", std::move(signal));
  out.emplace_back("special_cause_type", std::move(cause));
  out.emplace_back("point_type", std::move(type));
  return out;
}

json::Value counted(const std::optional<std::size_t>& count) { return count ? json::Value(static_cast<std::int64_t>(*count)) : nullptr; }

json::Value phase_of(const math::SpcPhase& phase) {
  return json::Object{{"first_row", counted(phase.first + 1)},
                      {"last_row", counted(phase.first + phase.count)},
                      {"n_obs", counted(phase.n_obs)},
                      {"n_useful", counted(phase.n_useful)},
                      {"cl", number(phase.cl)},
                      {"sigma", number(phase.sigma)},
                      {"sigma_z", number(phase.sigma_z)},
                      {"longest_run", counted(phase.longest_run)},
                      {"longest_run_max", counted(phase.longest_run_max)},
                      {"n_crossings", counted(phase.n_crossings)},
                      {"n_crossings_min", counted(phase.n_crossings_min)},
                      {"runs_signal", phase.runs_signal},
                      {"short", phase.short_series}};
}

/// Warnings about whole phases name their first rows.
void warn(Output& out, const math::Spc& chart, const ChartSeries& series, const math::SpcOptions& options) {
  std::vector<std::size_t> undefined, unscreened, brief;
  for (const auto& phase : chart.phases) {
    if (phase.short_series) brief.push_back(phase.first + 1);
    if (phase.kept_unscreened) unscreened.push_back(phase.first + 1);
    const bool drawn = phase.cl && (phase.sigma || options.chart == math::SpcChart::Run);
    if (!drawn) undefined.push_back(phase.first + 1);
  }
  if (!series.missing.empty()) out.warn("missing", Msg::CalcMissingLeftOut, {}, series.missing);
  if (!series.zero.empty()) out.warn("zero_denominator", Msg::CalcZeroDenominator, {}, series.zero);
  if (!brief.empty()) out.warn("short", Msg::CalcSpcShort, {std::to_string(math::kSpcFewest)}, std::move(brief));
  if (!unscreened.empty()) out.warn("unscreened", Msg::CalcSpcUnscreened, {}, std::move(unscreened));
  if (!undefined.empty()) out.warn("undefined", Msg::CalcSpcUndefined, {}, std::move(undefined));
  if (!chart.assurance) out.warn("undefined", Msg::CalcSpcNoAssurance);
}

Outcome run_spc(const Input& input) {
  auto series = chart_series(input);
  if (!series) return std::unexpected(std::move(series.error()));
  auto labels = labels_of(input, *series);
  if (!labels) return std::unexpected(std::move(labels.error()));
  const auto options = options_of(input, series->values.size());
  if (!options) return std::unexpected(options.error());
  const auto excluded = positions(input, "exclude_rows", series->values.size());
  if (!excluded) return std::unexpected(excluded.error());
  for (const auto row : *excluded) series->values[row - 1].excluded = true;

  const auto chart = math::spc(series->values, *options);
  json::Array phases;
  for (const auto& phase : chart.phases) phases.push_back(phase_of(phase));
  Output out;
  out.set("points", points_of(chart, *series, std::move(*labels)));
  out.set("phases", std::move(phases));
  out.set("variation", chart.variation ? json::Value(math::variation_name(*chart.variation)) : nullptr);
  out.set("assurance", chart.assurance ? json::Value(math::name(*chart.assurance)) : nullptr);
  out.set("rules", input.at("rules"));
  warn(out, chart, *series, *options);
  return out;
}

}  // namespace

constinit const Method kSpc{"spc", Msg::CalcSpc, kSpcSchema, run_spc};

}  // namespace pilar::calc
