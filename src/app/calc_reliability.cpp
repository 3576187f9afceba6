#include <algorithm>

#include "app/calc_method.h"
#include "i18n/words/calc.h"
#include "math/reliability.h"

namespace pilar::calc {
namespace {

constexpr std::string_view kReliabilitySchema = R"json({
  "properties": {
    "rows": {
      "description": "One array a respondent with a number an item; a respondent with a null is left out.",
      "type": "array", "x-rectangular": true, "items": {"type": "array", "minItems": 1, "maxItems": 200, "items": {"type": ["number", "null"]}}
    },
    "items": {
      "description": "Names of the items, one a column; I1, I2 ... when left out.",
      "type": "array", "minItems": 1, "uniqueItems": true, "items": {"type": "string", "minLength": 1}
    },
    "reversed": {
      "description": "Items worded in reverse, by name or by position from 1: x becomes low + high - x of scale.",
      "type": "array", "uniqueItems": true, "items": {"type": ["string", "integer"]}, "default": []
    },
    "scale": {
      "description": "[lowest, highest] possible answer; needed with reversed. Answers outside are refused.",
      "type": "array", "minItems": 2, "maxItems": 2, "items": {"type": "number"}
    },
    "level": {
      "description": "1 - level is the two-sided risk of the table of r.", "x-unit": "fraction",
      "type": "number", "exclusiveMinimum": 0, "exclusiveMaximum": 1, "default": 0.95
    }
  },
  "required": ["rows"],
  "x-output": {
    "n_rows": "respondents given", "n_complete": "respondents who answered every item; the rest is computed from them", "items": "names; the arrays below are in this order",
    "alpha": "Cronbach's alpha; null when the total does not vary", "std_alpha": "from the mean correlation", "average_r": "mean correlation between items",
    "item_total_r": "with the sum of all items", "corrected_item_total_r": "with the sum of the other items", "alpha_if_deleted": "alpha of the other items",
    "item_mean": "after turning reversed items", "item_sd": "divisor n - 1",
    "r_table_5pct": "r that chance exceeds with probability 1 - level, two-sided; null below 3 respondents",
    "item_valid": "whether item_total_r is above r_table_5pct; null when either is"
  },
  "x-source": [
    "Cronbach (1951), Psychometrika 16:297-334; standardised alpha and item statistics as alpha() of the R package psych.",
    "Table of r: t / sqrt(n - 2 + t2) with the exact t of n - 2 degrees of freedom."
  ],
  "examples": [{"items": ["a", "b", "c"], "rows": [[4, 5, 2], [3, 3, 3], [5, 4, 1], [2, 3, null], [2, 2, 5]], "reversed": ["c"], "scale": [1, 5]}]
})json";

std::vector<std::string> item_names(const Input& input, std::size_t count) {
  if (input.has("items")) return input.words("items");
  std::vector<std::string> names;
  for (std::size_t i = 1; i <= count; ++i) names.push_back("I" + std::to_string(i));
  return names;
}

/// Which columns are turned round.
std::expected<std::vector<bool>, Error> reversed_columns(const Input& input, const std::vector<std::string>& names) {
  std::vector<bool> reversed(names.size(), false);
  for (const auto& which : input.at("reversed").array()) {
    const auto found = which.is_string() ? std::find(names.begin(), names.end(), which.string()) - names.begin() : *which.to_int() - 1;
    if (found < 0 || found >= std::ssize(names))
      return refuse(Code::Range, "reversed", Msg::CalcNoSuchItem, {"reversed", which.is_string() ? which.string() : json::print(which)});
    reversed[static_cast<std::size_t>(found)] = true;
  }
  return reversed;
}

struct Scale {
  double low, high;
};

std::expected<std::optional<Scale>, Error> scale_of(const Input& input, const Rows& rows) {
  if (!input.has("scale")) {
    if (!input.at("reversed").array().empty()) return refuse(Code::FieldMissing, "scale", Msg::CalcFieldMissing, {"scale"});
    return std::nullopt;
  }
  const auto ends = input.column("scale");
  const Scale scale{*ends[0], *ends[1]};
  if (scale.low >= scale.high) return refuse(Code::Range, "scale", Msg::CalcNotAbove, {"scale[1]", "scale[2]"});
  for (std::size_t r = 0; r < rows.size(); ++r)
    for (std::size_t c = 0; c < rows[r].size(); ++c)
      if (const auto& answer = rows[r][c]; answer && (*answer < scale.low || *answer > scale.high))
        return refuse(Code::Range, "rows", Msg::CalcOutsideScale, {"rows[" + std::to_string(r + 1) + "][" + std::to_string(c + 1) + "]"});
  return scale;
}

struct Complete {
  std::vector<std::vector<double>> rows{};
  std::vector<std::size_t> left_out{};
};

Complete complete_rows(const Rows& rows, const std::vector<bool>& reversed, const std::optional<Scale>& scale) {
  Complete complete;
  for (std::size_t r = 0; r < rows.size(); ++r) {
    if (!std::all_of(rows[r].begin(), rows[r].end(), [](const auto& answer) { return answer.has_value(); })) {
      complete.left_out.push_back(r + 1);
      continue;
    }
    auto& row = complete.rows.emplace_back();
    for (std::size_t c = 0; c < rows[r].size(); ++c) row.push_back(reversed[c] ? scale->low + scale->high - *rows[r][c] : *rows[r][c]);
  }
  return complete;
}

void write_items(Output& out, const math::Reliability& result, std::optional<double> critical) {
  Column total, corrected, deleted, mean, sd;
  json::Array valid;
  for (const auto& item : result.items) {
    total.push_back(item.item_total_r);
    corrected.push_back(item.corrected_item_total_r);
    deleted.push_back(item.alpha_if_deleted);
    mean.emplace_back(item.mean);
    sd.push_back(item.sd);
    valid.push_back(critical && item.item_total_r ? json::Value(*item.item_total_r > *critical) : nullptr);
  }
  out.column("item_total_r", total);
  out.column("corrected_item_total_r", corrected);
  out.column("alpha_if_deleted", deleted);
  out.column("item_mean", mean);
  out.column("item_sd", sd);
  out.number("r_table_5pct", critical);
  out.set("item_valid", std::move(valid));
}

Outcome run_reliability(const Input& input) {
  const auto rows = input.rows("rows");
  if (rows.empty()) return refuse(Code::Shape, "rows", Msg::CalcTooFewItems, {"rows", "1"});
  const auto names = item_names(input, rows.front().size());
  if (names.size() != rows.front().size())
    return refuse(Code::Shape, "items", Msg::CalcLengthsDiffer,
                  {"items", std::to_string(names.size()), "rows", std::to_string(rows.front().size())});
  const auto reversed = reversed_columns(input, names);
  if (!reversed) return std::unexpected(reversed.error());
  const auto scale = scale_of(input, rows);
  if (!scale) return std::unexpected(scale.error());
  auto complete = complete_rows(rows, *reversed, *scale);
  if (complete.rows.empty()) return refuse(Code::Undefined, "rows", Msg::CalcNoCompleteRow, {"rows"});
  const auto result = math::reliability(complete.rows);
  Output out;
  out.set("n_rows", static_cast<std::int64_t>(rows.size()));
  out.set("n_complete", static_cast<std::int64_t>(complete.rows.size()));
  out.set("items", json::Array(names.begin(), names.end()));
  out.number("alpha", result.alpha);
  out.number("std_alpha", result.std_alpha);
  out.number("average_r", result.average_r);
  write_items(out, result, math::critical_r(complete.rows.size(), input.number("level")));
  if (!complete.left_out.empty()) out.warn("missing", Msg::CalcRowsLeftOut, {}, std::move(complete.left_out));
  return out;
}

}  // namespace

constinit const Method kReliability{"reliability", Msg::CalcReliability, kReliabilitySchema, run_reliability};

}  // namespace pilar::calc
