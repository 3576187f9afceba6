#include <algorithm>
#include <cmath>

#include "app/calc_method.h"
#include "i18n/words/calc.h"
#include "math/paired.h"

namespace pilar::calc {
namespace {

constexpr std::string_view kServqualSchema = R"json({
  "properties": {
    "dimensions": {
      "description": "By name, the items of each dimension; an item belongs to at most one.", "type": "object",
      "additionalProperties": {"type": "array", "minItems": 1, "uniqueItems": true, "items": {"type": "string", "minLength": 1}}
    },
    "items": {"description": "Names of the columns of both matrices; the items of the dimensions in their order when left out.", "type": "array", "minItems": 1, "uniqueItems": true, "items": {"type": "string", "minLength": 1}},
    "expectation": {"description": "One array a respondent; null is missing.", "type": "array", "minItems": 1, "x-rectangular": true, "items": {"type": "array", "items": {"type": ["number", "null"]}}},
    "perception": {"description": "The same of what was received.", "type": "array", "minItems": 1, "x-rectangular": true, "items": {"type": "array", "items": {"type": ["number", "null"]}}},
    "weights": {"description": "By dimension, for weighted_gap; only ratios matter.", "type": "object", "additionalProperties": {"type": "number", "minimum": 0}},
    "level": {"description": "Confidence level of ci.", "x-unit": "fraction", "type": "number", "exclusiveMinimum": 0, "exclusiveMaximum": 1, "default": 0.95}
  },
  "required": ["dimensions", "expectation", "perception"],
  "x-equal-lengths": ["expectation", "perception"],
  "x-output": {
    "items": "by item: n mean_expectation mean_perception gap sd_gap t df p_value ci wilcoxon_v wilcoxon_p; gap = perception - expectation over the pairs",
    "dimensions": "the same by dimension, over each respondent's mean of the pairs given", "overall_gap": "mean of the dimensions' gaps", "weighted_gap": "sum of weights x gaps / sum of weights; null without weights"
  },
  "x-source": [
    "Parasuraman, Zeithaml and Berry (1988), Journal of Retailing 64:12-40.",
    "Paired t; Wilcoxon signed ranks: zeros dropped, mid-ranks, normal law with continuity and tie corrections, as wilcox.test(exact = FALSE) of R."
  ],
  "examples": [{
    "dimensions": {"empathy": ["a", "b"], "reliability": ["c"]}, "expectation": [[5, 4, 5], [4, 4, 5], [5, 5, 4]], "perception": [[4, 4, 5], [4, 3, 4], [3, 5, 5]], "weights": {"empathy": 60, "reliability": 40}
  }]
})json";

struct Pairs {
  std::vector<double> expectation{}, perception{};

  void add(double expected, double perceived) {
    expectation.push_back(expected);
    perception.push_back(perceived);
  }
};

/// The gap as the figures of the pairs; nullopt without a pair.
std::optional<double> mean(const std::vector<double>& values) {
  if (values.empty()) return {};
  long double sum = 0;
  for (const double value : values) sum += value;
  return static_cast<double>(sum / static_cast<long double>(values.size()));
}

std::optional<double> gap_of(const Pairs& pairs) {
  std::vector<double> gaps;
  for (std::size_t i = 0; i < pairs.expectation.size(); ++i) gaps.push_back(pairs.perception[i] - pairs.expectation[i]);
  return mean(gaps);
}

json::Value figures(const Pairs& pairs, double level) {
  std::vector<double> gaps;
  for (std::size_t i = 0; i < pairs.expectation.size(); ++i) gaps.push_back(pairs.perception[i] - pairs.expectation[i]);
  const auto test = math::paired(gaps, level);
  return json::Object{{"n", static_cast<std::int64_t>(test.n)},
                      {"mean_expectation", number(mean(pairs.expectation))},
                      {"mean_perception", number(mean(pairs.perception))},
                      {"gap", number(test.mean)},
                      {"sd_gap", number(test.sd)},
                      {"t", number(test.t)},
                      {"df", test.n > 1 ? json::Value(static_cast<std::int64_t>(test.n - 1)) : nullptr},
                      {"p_value", number(test.p)},
                      {"ci", interval(test.ci)},
                      {"wilcoxon_v", number(test.wilcoxon_v)},
                      {"wilcoxon_p", number(test.wilcoxon_p)}};
}

struct Questionnaire {
  std::vector<std::string> items{};
  std::vector<std::pair<std::string, std::vector<std::size_t>>> dimensions{};  ///< name and columns
};

std::expected<Questionnaire, Error> questionnaire_of(const Input& input) {
  Questionnaire found;
  const auto& dimensions = input.at("dimensions").object();
  if (dimensions.empty()) return refuse(Code::Shape, "dimensions", Msg::CalcTooFewItems, {"dimensions", "1"});
  if (input.has("items"))
    found.items = input.words("items");
  else
    for (const auto& [name, items] : dimensions)
      for (const auto& item : items.array()) found.items.push_back(item.string());
  constexpr std::size_t kMostItems = 1000;
  if (found.items.size() > kMostItems) return refuse(Code::Shape, "items", Msg::CalcTooManyItems, {"items", std::to_string(kMostItems)});
  std::vector<bool> taken(found.items.size(), false);
  for (const auto& [name, items] : dimensions) {
    auto& columns = found.dimensions.emplace_back(name, std::vector<std::size_t>{}).second;
    for (const auto& item : items.array()) {
      const auto column = static_cast<std::size_t>(std::find(found.items.begin(), found.items.end(), item.string()) - found.items.begin());
      if (column == found.items.size()) return refuse(Code::Range, "dimensions." + name, Msg::CalcNoSuchItem, {name, item.string()});
      if (taken[column]) return refuse(Code::Range, "dimensions." + name, Msg::CalcTwins, {"dimensions"});
      taken[column] = true;
      columns.push_back(column);
    }
  }
  return found;
}

std::expected<void, Error> check_width(const Rows& rows, const std::string& key, std::size_t items) {
  if (rows.front().size() == items) return {};
  return refuse(Code::Shape, key, Msg::CalcLengthsDiffer,
                {key + "[1]", std::to_string(rows.front().size()), "items", std::to_string(items)});
}

Pairs item_pairs(const Rows& expectation, const Rows& perception, std::size_t column) {
  Pairs pairs;
  for (std::size_t r = 0; r < expectation.size(); ++r)
    if (expectation[r][column] && perception[r][column]) pairs.add(*expectation[r][column], *perception[r][column]);
  return pairs;
}

/// Each respondent's mean over the items of which both sides were given.
Pairs dimension_pairs(const Rows& expectation, const Rows& perception, const std::vector<std::size_t>& columns) {
  Pairs pairs;
  for (std::size_t r = 0; r < expectation.size(); ++r) {
    double expected = 0, perceived = 0, given = 0;
    for (const auto column : columns) {
      if (!expectation[r][column] || !perception[r][column]) continue;
      expected += *expectation[r][column];
      perceived += *perception[r][column];
      ++given;
    }
    if (given > 0) pairs.add(expected / given, perceived / given);
  }
  return pairs;
}

/// Weighted mean of the gaps; empty when one that has a weight is missing or all weights are 0.
std::optional<double> weighted_gap(const std::vector<std::optional<double>>& gaps, const std::vector<double>& weights) {
  double sum = 0, all = 0;
  for (std::size_t i = 0; i < gaps.size(); ++i) {
    if (weights[i] == 0) continue;
    if (!gaps[i]) return {};
    sum += weights[i] * *gaps[i];
    all += weights[i];
  }
  if (all <= 0) return {};
  return sum / all;
}

std::expected<std::vector<double>, Error> weights_of(const Input& input, const Questionnaire& form) {
  std::vector<double> weights;
  const auto& given = input.at("weights");
  for (const auto& [name, columns] : form.dimensions) {
    const auto* weight = given.find(name);
    if (weight == nullptr) return refuse(Code::FieldMissing, "weights." + name, Msg::CalcFieldMissing, {"weights." + name});
    weights.push_back(*weight->to_double());
  }
  for (const auto& [name, weight] : given.object())
    if (std::ranges::none_of(form.dimensions, [&](const auto& dimension) { return dimension.first == name; }))
      return refuse(Code::FieldUnknown, "weights." + name, Msg::CalcFieldUnknown, {"weights." + name});
  return weights;
}

Outcome run_servqual(const Input& input) {
  const auto form = questionnaire_of(input);
  if (!form) return std::unexpected(form.error());
  const auto expectation = input.rows("expectation"), perception = input.rows("perception");
  for (const auto& [rows, key] : {std::pair(&expectation, "expectation"), std::pair(&perception, "perception")})
    if (auto checked = check_width(*rows, key, form->items.size()); !checked) return std::unexpected(std::move(checked.error()));
  const double level = input.number("level");
  json::Value items(json::Object{}), dimensions(json::Object{});
  for (std::size_t column = 0; column < form->items.size(); ++column)
    items.set(form->items[column], figures(item_pairs(expectation, perception, column), level));
  std::vector<std::optional<double>> gaps;
  for (const auto& [name, columns] : form->dimensions) {
    const auto pairs = dimension_pairs(expectation, perception, columns);
    gaps.push_back(gap_of(pairs));
    dimensions.set(name, figures(pairs, level));
  }
  Output out;
  out.set("items", std::move(items));
  out.set("dimensions", std::move(dimensions));
  out.number("overall_gap", weighted_gap(gaps, std::vector<double>(gaps.size(), 1)));
  out.set("weighted_gap", nullptr);
  if (!input.has("weights")) return out;
  const auto weights = weights_of(input, *form);
  if (!weights) return std::unexpected(weights.error());
  out.number("weighted_gap", weighted_gap(gaps, *weights));
  return out;
}

}  // namespace

constinit const Method kServqual{"servqual", Msg::CalcServqual, kServqualSchema, run_servqual};

}  // namespace pilar::calc
