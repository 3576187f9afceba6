#include "app/calc_series.h"

#include <algorithm>
#include <cmath>
#include <map>

#include "i18n/words/calc.h"
#include "math/describe.h"

namespace pilar::calc {
namespace {

/// Which columns a chart takes and what they may hold.
struct Wants {
  bool y = false, quotient = false, subgroups = false;
  bool proportion = false;  ///< the numerator is not above the denominator
  bool not_negative = false, positive = false;
};

Wants wants_of(std::string_view chart) {
  if (chart == "p" || chart == "pp") return {.quotient = true, .proportion = true, .not_negative = true};
  if (chart == "u" || chart == "up") return {.quotient = true, .not_negative = true};
  if (chart == "c" || chart == "g") return {.y = true, .not_negative = true};
  if (chart == "t") return {.y = true, .positive = true};
  if (chart == "xbar" || chart == "s") return {.subgroups = true};
  return {.y = true, .quotient = true};
}

std::expected<void, Error> check_columns(const Input& input, const Wants& wants) {
  const auto surplus = [&](const std::string& key, bool wanted) { return input.has(key) && !wanted; };
  for (const auto& [key, wanted] : {std::pair<std::string, bool>{"y", wants.y},
                                    {"numerator", wants.quotient},
                                    {"denominator", wants.quotient},
                                    {"value", wants.subgroups},
                                    {"subgroup", wants.subgroups}})
    if (surplus(key, wanted)) return refuse(Code::FieldUnknown, key, Msg::CalcNotForChart, {key, input.word("chart")});
  if (input.has("y") && input.has("numerator")) return refuse(Code::FieldUnknown, "numerator", Msg::CalcEitherOr, {"y", "numerator"});
  const bool by_quotient = wants.quotient && (!wants.y || input.has("numerator") || input.has("denominator"));
  std::vector<std::string> needed;
  if (wants.subgroups)
    needed = {"value", "subgroup"};
  else if (by_quotient)
    needed = {"numerator", "denominator"};
  else
    needed = {"y"};
  for (const auto& key : needed)
    if (!input.has(key)) return refuse(Code::FieldMissing, key, Msg::CalcFieldMissing, {key});
  return {};
}

std::string spot(const std::string& key, std::size_t index) { return key + "[" + std::to_string(index + 1) + "]"; }

std::expected<void, Error> check_value(const Wants& wants, const std::string& key, std::size_t index, double value) {
  if (wants.not_negative && value < 0) return refuse(Code::Range, key, Msg::CalcAtLeast, {spot(key, index), "0"});
  if (wants.positive && value <= 0) return refuse(Code::Range, key, Msg::CalcAbove, {spot(key, index), "0"});
  return {};
}

std::expected<ChartSeries, Error> series_of_values(const Input& input, const Wants& wants) {
  ChartSeries series;
  for (const auto& y : input.column("y")) {
    const auto index = series.values.size();
    if (y)
      if (auto checked = check_value(wants, "y", index, *y); !checked) return std::unexpected(std::move(checked.error()));
    if (!y) series.missing.push_back(index + 1);
    series.values.push_back({.value = y});
    series.n.push_back(y ? std::optional(1.0) : std::nullopt);
  }
  return series;
}

std::expected<void, Error> check_quotient(const Wants& wants, std::size_t index, std::optional<double> above, std::optional<double> below) {
  if (!above) return {};
  if (auto checked = check_value(wants, "numerator", index, *above); !checked) return checked;
  if (wants.proportion && below && *above > *below)
    return refuse(Code::Range, "numerator", Msg::CalcNotAbove, {spot("numerator", index), spot("denominator", index)});
  return {};
}

std::expected<ChartSeries, Error> series_of_quotients(const Input& input, const Wants& wants) {
  const auto numerator = input.column("numerator"), denominator = input.column("denominator");
  ChartSeries series;
  series.n = denominator;
  for (std::size_t i = 0; i < numerator.size(); ++i) {
    const auto &above = numerator[i], &below = denominator[i];
    if (auto checked = check_quotient(wants, i, above, below); !checked) return std::unexpected(std::move(checked.error()));
    const bool known = above && below.value_or(0) > 0;
    if (!known) (below == 0 ? series.zero : series.missing).push_back(i + 1);
    if (wants.y)  // run, i and mr draw the quotient as a plain value
      series.values.push_back({.value = known ? std::optional(*above / *below) : std::nullopt});
    else
      series.values.push_back({.value = known ? above : std::nullopt, .n = below.value_or(0)});
  }
  return series;
}

ChartSeries series_of_subgroups(const Input& input) {
  const auto value = input.column("value");
  const auto& subgroup = input.at("subgroup").array();
  std::map<std::string, std::size_t> found;
  std::vector<std::vector<double>> groups;
  ChartSeries series;
  for (std::size_t i = 0; i < value.size(); ++i) {
    const auto [place, added] = found.try_emplace(identity(subgroup[i]), groups.size());
    if (added) {
      groups.emplace_back();
      series.labels.push_back(subgroup[i]);
    }
    if (value[i]) groups[place->second].push_back(*value[i]);
  }
  constexpr double kAnyLevel = 0.95;  // no interval is taken from it
  for (const auto& group : groups) {
    const auto summary = math::describe(group, {}, math::WeightKind::Sampling, kAnyLevel);
    if (group.empty()) series.missing.push_back(series.values.size() + 1);
    series.values.push_back({.value = summary.mean, .n = summary.n, .sd = summary.sd.value_or(0)});
    series.n.emplace_back(summary.n);
  }
  return series;
}

}  // namespace

std::expected<ChartSeries, Error> chart_series(const Input& input) {
  const auto wants = wants_of(input.word("chart"));
  if (auto checked = check_columns(input, wants); !checked) return std::unexpected(std::move(checked.error()));
  if (wants.subgroups) {
    const auto values = input.at("value").array().size(), subgroups = input.at("subgroup").array().size();
    if (values != subgroups)
      return refuse(Code::Shape, "subgroup", Msg::CalcLengthsDiffer,
                    {"subgroup", std::to_string(subgroups), "value", std::to_string(values)});
    return series_of_subgroups(input);
  }
  return input.has("numerator") ? series_of_quotients(input, wants) : series_of_values(input, wants);
}

}  // namespace pilar::calc
