#include <algorithm>
#include <cmath>

#include "app/calc_method.h"
#include "i18n/words/calc.h"

namespace pilar::calc {
namespace {

constexpr std::string_view kIpaSchema = R"json({
  "properties": {
    "items": {"description": "Names; A1, A2 ... when left out.", "type": "array", "minItems": 1, "uniqueItems": true, "items": {"type": "string", "minLength": 1}},
    "importance": {
      "description": "One array a respondent with a number an item, null is missing; or one mean an item.",
      "anyOf": [{"type": "array", "minItems": 1, "x-rectangular": true, "items": {"type": "array", "minItems": 1, "items": {"type": ["number", "null"], "minimum": 0}}}, {"type": "array", "minItems": 1, "items": {"type": "number", "minimum": 0}}]
    },
    "performance": {
      "description": "The same of performance or satisfaction.",
      "anyOf": [{"type": "array", "minItems": 1, "x-rectangular": true, "items": {"type": "array", "minItems": 1, "items": {"type": ["number", "null"], "minimum": 0}}}, {"type": "array", "minItems": 1, "items": {"type": "number", "minimum": 0}}]
    },
    "scale_max": {"description": "Highest answer; none may be above it.", "type": "number", "exclusiveMinimum": 0}
  },
  "required": ["importance", "performance", "scale_max"],
  "x-output": {
    "items": "names; the arrays below are in this order", "mean_importance": "", "mean_performance": "", "cut_importance": "mean of mean_importance", "cut_performance": "mean of mean_performance",
    "quadrant": "A high importance, low performance; B both high; C both low; D low importance, high performance; on an axis counts as high", "on_axis": "whether the item stands on an axis",
    "conformity_pct": "mean performance / mean importance x 100", "weight_factor": "per cent: mean importance / sum of them x 100", "csi": "per cent: sum of weight_factor x mean performance / scale_max"
  },
  "x-source": ["Martilla and James (1977), Journal of Marketing 41:77-79, axes at the grand means; customer satisfaction index: weighted mean performance / highest answer."],
  "examples": [{"importance": [[5, 4, 3], [4, 5, 3]], "performance": [[4, 3, 4], [5, 3, null]], "scale_max": 5}]
})json";

/// The mean of each item, empty for one that nobody answered; refuses answers above the scale.
std::expected<Column, Error> means_of(const Input& input, const std::string& key, double most) {
  const auto& given = input.at(key).array();
  const auto rows = given.front().is_array() ? input.rows(key) : Rows{input.column(key)};
  Column means;
  for (std::size_t c = 0; c < rows.front().size(); ++c) {
    long double sum = 0, n = 0;
    for (const auto& row : rows) {
      if (!row[c]) continue;
      if (*row[c] > most) return refuse(Code::Range, key, Msg::CalcAtMost, {key, json::number_text(most)});
      sum += *row[c];
      ++n;
    }
    means.push_back(n > 0 ? std::optional(static_cast<double>(sum / n)) : std::nullopt);
  }
  return means;
}

std::optional<double> grand_mean(const Column& means) {
  long double sum = 0, n = 0;
  for (const auto& mean : means) {
    if (!mean) continue;
    sum += *mean;
    ++n;
  }
  if (n == 0) return {};
  return static_cast<double>(sum / n);
}

bool on_line(double value, double cut) {
  constexpr double kSame = 1e-12;  // means that differ by rounding alone
  return std::abs(value - cut) <= kSame * std::max(std::abs(value), std::abs(cut));
}

std::string_view quadrant(bool important, bool performs) {
  if (important) return performs ? "B" : "A";
  return performs ? "D" : "C";
}

void write_quadrants(Output& out, const Column& importance, const Column& performance) {
  const auto cut_y = grand_mean(importance), cut_x = grand_mean(performance);
  json::Array quadrants, axes;
  std::vector<std::size_t> touching;
  for (std::size_t i = 0; i < importance.size(); ++i) {
    if (!importance[i] || !performance[i]) {
      quadrants.emplace_back(nullptr);
      axes.emplace_back(nullptr);
      continue;
    }
    const bool on_y = on_line(*importance[i], *cut_y), on_x = on_line(*performance[i], *cut_x);
    quadrants.emplace_back(quadrant(on_y || *importance[i] > *cut_y, on_x || *performance[i] > *cut_x));
    axes.emplace_back(on_y || on_x);
    if (on_y || on_x) touching.push_back(i + 1);
  }
  out.number("cut_importance", cut_y);
  out.number("cut_performance", cut_x);
  out.set("quadrant", std::move(quadrants));
  out.set("on_axis", std::move(axes));
  if (!touching.empty()) out.warn("on_axis", Msg::CalcOnAxis, {}, std::move(touching));
}

void write_csi(Output& out, const Column& importance, const Column& performance, double most) {
  constexpr double kPerCent = 100;
  double all = 0, satisfied = 0;
  for (std::size_t i = 0; i < importance.size(); ++i)
    if (importance[i] && performance[i]) all += *importance[i];
  Column conformity, weight;
  for (std::size_t i = 0; i < importance.size(); ++i) {
    const bool known = importance[i] && performance[i];
    conformity.push_back(known && *importance[i] > 0 ? std::optional(*performance[i] / *importance[i] * kPerCent) : std::nullopt);
    weight.push_back(known && all > 0 ? std::optional(*importance[i] / all * kPerCent) : std::nullopt);
    if (weight.back()) satisfied += *weight.back() * *performance[i];
  }
  out.column("conformity_pct", conformity);
  out.column("weight_factor", weight);
  out.number("csi", all > 0 ? std::optional(satisfied / most) : std::nullopt);
}

Outcome run_ipa_csi(const Input& input) {
  const double most = input.number("scale_max");
  const auto importance = means_of(input, "importance", most), performance = means_of(input, "performance", most);
  if (!importance) return std::unexpected(importance.error());
  if (!performance) return std::unexpected(performance.error());
  const auto differs = [&](const std::string& key, std::size_t has) {
    return refuse(Code::Shape, key, Msg::CalcLengthsDiffer, {key, std::to_string(has), "importance", std::to_string(importance->size())});
  };
  if (performance->size() != importance->size()) return differs("performance", performance->size());
  std::vector<std::string> names;
  if (input.has("items"))
    names = input.words("items");
  else
    for (std::size_t i = 1; i <= importance->size(); ++i) names.push_back("A" + std::to_string(i));
  if (names.size() != importance->size()) return differs("items", names.size());
  Output out;
  out.set("items", json::Array(names.begin(), names.end()));
  out.column("mean_importance", *importance);
  out.column("mean_performance", *performance);
  write_quadrants(out, *importance, *performance);
  write_csi(out, *importance, *performance, most);
  return out;
}

}  // namespace

constinit const Method kIpaCsi{"ipa_csi", Msg::CalcIpaCsi, kIpaSchema, run_ipa_csi};

}  // namespace pilar::calc
