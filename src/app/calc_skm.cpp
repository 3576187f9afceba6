#include <algorithm>

#include "app/calc_method.h"
#include "i18n/words/calc.h"
#include "math/rational.h"
#include "math/skm.h"

namespace pilar::calc {
namespace {

constexpr std::string_view kSkmSchema = R"json({
  "properties": {
    "rows": {
      "description": "One array a respondent with the answers 1 to 4 in the order of unsur; null is an answer that was not given.",
      "type": "array", "x-rectangular": true,
      "items": {"type": "array", "minItems": 1, "items": {"type": ["integer", "null"], "minimum": 1, "maximum": 4}}
    },
    "unsur": {
      "description": "Names of the unsur, one a column; U1, U2 ... when left out.",
      "type": "array", "minItems": 1, "uniqueItems": true, "items": {"type": "string", "minLength": 1}
    },
    "sum_per_unsur": {
      "description": "Instead of rows: the sum of all answers to each unsur, every respondent having answered each (n to 4n).",
      "type": "array", "minItems": 1, "items": {"type": "integer", "minimum": 0}
    },
    "n": {"description": "With sum_per_unsur: number of respondents.", "x-unit": "people", "type": "integer", "minimum": 0, "maximum": 1000000000000},
    "weight": {
      "description": "exact: 1 / number of unsur that were answered. A number is used as it stands; 0.11 reproduces reports that print the weight of 9 unsur so.",
      "anyOf": [{"type": "string", "const": "exact"}, {"type": "number", "x-exact": true, "exclusiveMinimum": 0, "maximum": 1}], "default": "exact"
    },
    "missing": {
      "description": "available: each NRR from the answers it has. complete: only respondents who answered every unsur. pooled: total of all answers / answers given x 25 (the INM form; no weights).",
      "enum": ["available", "complete", "pooled"], "default": "available"
    },
    "regulation": {
      "description": "The interval table. kepmenpan-25-2004 is superseded, for comparison with old reports.",
      "enum": ["permenpan-14-2017", "kepmenpan-25-2004"], "default": "permenpan-14-2017"
    }
  },
  "required": [],
  "oneOf": [{"required": ["rows"]}, {"required": ["sum_per_unsur", "n"]}],
  "x-output": {
    "n": "respondents who count", "unsur": "names; the arrays below are in this order, null for an unsur that nobody answered",
    "nrr": "mean answer, 1 to 4", "unsur_index": "nrr x 25", "unsur_grade": "A to D of unsur_index, rounded half up to 2 decimals",
    "lowest_unsur": "names of the unsur with the lowest nrr, all that tie", "nrr_weighted": "nrr x weight; their sum x 25 is ikm",
    "ikm": "the index, 25 to 100", "ikm_2dec": "rounded half up to 2 decimals; what is published and graded",
    "grade": "A to D by the lower bounds 25, 65, 76.61, 88.31 (25, 43.76, 62.51, 81.26 in 2004)",
    "performance": "Sangat baik, Baik, Kurang baik, Tidak baik", "weight": "as used", "missing": "as used", "regulation": "as used"
  },
  "x-source": [
    "Permenpan RB 14/2017, lampiran: bobot = 1 / jumlah unsur; NRR per unsur = jumlah nilai per unsur / jumlah kuesioner yang terisi; IKM = jumlah NRR tertimbang x 25; interval table.",
    "KEP/25/M.PAN/2/2004, lampiran: the superseded interval table.",
    "Everything is decided on exact fractions."
  ],
  "examples": [
    {"unsur": ["persyaratan", "prosedur", "waktu"], "rows": [[4, 4, 3], [3, null, 4], [4, 3, 3]]},
    {"sum_per_unsur": [105, 101, 100, 116, 102, 105, 106, 105, 115], "n": 29, "weight": 0.11}
  ]
})json";

/// The survey as the formula needs it, with the 1-based respondents that do not count.
struct Survey {
  std::vector<math::UnsurTotal> totals{};
  std::int64_t n = 0;
  std::vector<std::size_t> left_out{};
};

Survey survey_of_rows(const Rows& rows, std::size_t unsur, bool complete_only) {
  Survey survey{std::vector<math::UnsurTotal>(unsur)};
  for (std::size_t r = 0; r < rows.size(); ++r) {
    const auto given = std::count_if(rows[r].begin(), rows[r].end(), [](const auto& answer) { return answer.has_value(); });
    if (given == 0 || (complete_only && given < std::ssize(rows[r]))) {
      survey.left_out.push_back(r + 1);
      continue;
    }
    ++survey.n;
    for (std::size_t c = 0; c < unsur; ++c) {
      if (!rows[r][c]) continue;
      survey.totals[c].sum += static_cast<std::int64_t>(*rows[r][c]);
      ++survey.totals[c].n;
    }
  }
  return survey;
}

std::expected<Survey, Error> survey_of_sums(const Input& input) {
  Survey survey{{}, input.whole("n"), {}};
  for (const auto& sum : input.at("sum_per_unsur").array()) {
    const auto value = *sum.to_int();
    if (value < survey.n || value > 4 * survey.n) {
      const auto spot = "sum_per_unsur[" + std::to_string(survey.totals.size() + 1) + "]";
      return refuse(Code::Range, "sum_per_unsur", Msg::CalcSkmSumRange, {spot, std::to_string(survey.n), std::to_string(4 * survey.n)});
    }
    survey.totals.push_back({value, survey.n});
  }
  return survey;
}

/// Columns of the survey; empty only when there are neither rows nor names.
std::size_t unsur_count(const Input& input) {
  if (input.has("sum_per_unsur")) return input.at("sum_per_unsur").array().size();
  const auto& rows = input.at("rows").array();
  if (!rows.empty()) return rows.front().array().size();
  return input.has("unsur") ? input.at("unsur").array().size() : 0;
}

std::vector<std::string> unsur_names(const Input& input, std::size_t count) {
  if (input.has("unsur")) return input.words("unsur");
  std::vector<std::string> names;
  for (std::size_t i = 1; i <= count; ++i) names.push_back("U" + std::to_string(i));
  return names;
}

std::expected<void, Error> check_keys(const Input& input) {
  const bool rows = input.has("rows"), sums = input.has("sum_per_unsur"), n = input.has("n");
  if (rows && sums) return refuse(Code::FieldUnknown, "sum_per_unsur", Msg::CalcEitherOr, {"rows", "sum_per_unsur"});
  if (rows && n) return refuse(Code::FieldUnknown, "n", Msg::CalcEitherOr, {"rows", "n"});
  if (sums && !n) return refuse(Code::FieldMissing, "n", Msg::CalcFieldMissing, {"n"});
  if (!rows && !sums) return refuse(Code::FieldMissing, "rows", Msg::CalcNeither, {"rows", "sum_per_unsur + n"});
  const auto count = unsur_count(input);
  if (input.has("unsur") && input.at("unsur").array().size() != count)
    return refuse(Code::Shape, "unsur", Msg::CalcSkmColumns,
                  {"unsur", std::to_string(input.at("unsur").array().size()), std::to_string(count)});
  return {};
}

std::string listed(const std::vector<std::string>& names) {
  std::string out;
  for (const auto& name : names) (out += out.empty() ? "" : ", ") += name;
  return out;
}

/// What the reader of the number must know about its weights and its gaps.
void warn(Output& out, const Input& input, const Survey& survey, const std::vector<std::string>& names) {
  const bool complete = input.word("missing") == "complete", pooled = input.word("missing") == "pooled";
  if (!survey.left_out.empty()) out.warn("missing", complete ? Msg::CalcSkmRowsLeftOut : Msg::CalcSkmEmptyRows, {}, survey.left_out);
  std::vector<std::string> unanswered;
  for (std::size_t i = 0; i < survey.totals.size(); ++i)
    if (survey.totals[i].n == 0) unanswered.push_back(names[i]);
  if (survey.n > 0 && !unanswered.empty()) out.warn("unsur_unanswered", Msg::CalcSkmUnsurUnanswered, {listed(unanswered)});
  if (!input.at("weight").is_number()) return;
  if (pooled) return out.warn("weight_ignored", Msg::CalcSkmWeightIgnored);
  const auto weights = math::Rational(input.decimal("weight")) * static_cast<std::int64_t>(names.size() - unanswered.size());
  const auto shown = weights.rounded(6), top = (weights * 100).rounded(4);
  if (survey.n > 0 && weights != 1 && shown && top) out.warn("weight_sum", Msg::CalcSkmWeightSum, {text(*shown), text(*top)});
}

void write_unsur(Output& out, const math::Skm& result, const std::vector<std::string>& names) {
  json::Array nrr, index, grade, weighted, lowest, unsur(names.begin(), names.end());
  for (const auto& one : result.unsur) {
    nrr.push_back(one ? number(one->nrr) : nullptr);
    index.push_back(one ? number(one->index) : nullptr);
    grade.push_back(one ? json::Value(math::name(one->grade)) : nullptr);
    weighted.push_back(one ? number(one->nrr_weighted) : nullptr);
  }
  for (const auto position : result.lowest) lowest.emplace_back(names[position]);
  out.set("unsur", std::move(unsur));
  out.set("nrr", std::move(nrr));
  out.set("unsur_index", std::move(index));
  out.set("unsur_grade", std::move(grade));
  out.set("lowest_unsur", std::move(lowest));
  out.set("nrr_weighted", std::move(weighted));
}

Outcome run_skm(const Input& input) {
  if (auto checked = check_keys(input); !checked) return std::unexpected(std::move(checked.error()));
  const auto names = unsur_names(input, unsur_count(input));
  const auto& missing = input.word("missing");
  const auto survey = input.has("rows") ? survey_of_rows(input.rows("rows"), names.size(), missing == "complete") : survey_of_sums(input);
  if (!survey) return std::unexpected(survey.error());
  const auto weight = input.at("weight").is_number() ? std::optional(input.decimal("weight")) : std::nullopt;
  const auto regulation =
      input.word("regulation") == "permenpan-14-2017" ? math::SkmRegulation::Permenpan14Of2017 : math::SkmRegulation::Kepmenpan25Of2004;
  const auto result = math::skm(survey->totals, missing == "pooled" ? math::SkmForm::Pooled : math::SkmForm::MeanOfNrr, weight, regulation);
  Output out;
  out.set("n", survey->n);
  write_unsur(out, result, names);
  out.number("ikm", result.ikm);
  out.set("ikm_2dec", result.ikm_2dec ? json::Value(*result.ikm_2dec) : nullptr);
  out.set("grade", result.grade ? json::Value(math::name(*result.grade)) : nullptr);
  out.set("performance", result.grade ? json::Value(math::performance(*result.grade)) : nullptr);
  for (const auto key : {"weight", "missing", "regulation"}) out.set(key, input.at(key));
  warn(out, input, *survey, names);
  return out;
}

}  // namespace

constinit const Method kSkm{"skm", Msg::CalcSkm, kSkmSchema, run_skm};

}  // namespace pilar::calc
