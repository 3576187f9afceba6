#include <algorithm>

#include "app/calc_method.h"
#include "i18n/words/calc.h"
#include "math/credibility.h"

namespace pilar::calc {
namespace {

constexpr std::string_view kCredibilitySchema = R"json({
  "properties": {
    "ratios": {"description": "One row a class, one column a period; null was not observed.", "type": "array", "minItems": 2, "x-rectangular": true, "items": {"type": "array", "minItems": 1, "items": {"type": ["number", "null"], "minimum": -1e12, "maximum": 1e12}}},
    "weights": {"description": "buehlmann_straub: members or claims behind each ratio; null or 0 was not observed.", "type": "array", "x-rectangular": true, "items": {"type": "array", "items": {"type": ["number", "null"], "minimum": 0, "maximum": 1e12}}},
    "model": {"description": "buehlmann: every ratio weighs alike.", "enum": ["buehlmann", "buehlmann_straub"]}
  },
  "required": ["ratios", "model"],
  "x-equal-lengths": ["ratios", "weights"],
  "x-output": {
    "collective": "mean of all classes, weighted by credibility", "individual_means": "by class", "between_variance": "of the classes' means, not negative", "within_variance": "of one period of weight 1",
    "credibility": "by class, 0 to 1", "premium": "by class: collective + credibility x (own mean - collective)", "model": "as used"
  },
  "x-source": ["Buehlmann and Straub (1970), Bulletin of the Swiss Association of Actuaries 70:111-133, unbiased estimators; as cm() of the R package actuar."],
  "examples": [{"model": "buehlmann", "ratios": [[10, 12, 11], [20, 19, 24], [15, 13, 14]]}]
})json";

std::expected<std::vector<std::vector<math::ClassYear>>, Error> classes_of(const Input& input) {
  const bool weighted = input.word("model") == "buehlmann_straub";
  if (weighted && !input.has("weights")) return refuse(Code::FieldMissing, "weights", Msg::CalcFieldMissing, {"weights"});
  if (!weighted && input.has("weights")) return refuse(Code::FieldUnknown, "weights", Msg::CalcFieldUnknown, {"weights"});
  const auto ratios = input.rows("ratios");
  const auto weights = weighted ? input.rows("weights") : Rows(ratios.size(), Column(ratios.front().size(), 1.0));
  if (weights.front().size() != ratios.front().size())
    return refuse(Code::Shape, "weights", Msg::CalcLengthsDiffer,
                  {"weights[1]", std::to_string(weights.front().size()), "ratios[1]", std::to_string(ratios.front().size())});
  std::vector<std::vector<math::ClassYear>> classes;
  bool repeated = false;
  for (std::size_t i = 0; i < ratios.size(); ++i) {
    auto& years = classes.emplace_back();
    for (std::size_t t = 0; t < ratios[i].size(); ++t)
      if (ratios[i][t] && weights[i][t].value_or(0) > 0) years.push_back({*ratios[i][t], *weights[i][t]});
    if (years.empty()) return refuse(Code::Undefined, "ratios", Msg::CalcTooFewItems, {"ratios[" + std::to_string(i + 1) + "]", "1"});
    repeated = repeated || years.size() > 1;
  }
  if (!repeated) return refuse(Code::Undefined, "ratios", Msg::CalcTooFewItems, {"ratios[1]", "2"});
  return classes;
}

Outcome run_credibility(const Input& input) {
  const auto classes = classes_of(input);
  if (!classes) return std::unexpected(classes.error());
  const auto result = math::credibility(*classes);
  const auto cells = [](const std::vector<double>& values) { return Column(values.begin(), values.end()); };
  Output out;
  out.set("model", input.at("model"));
  out.number("collective", result.collective);
  out.column("individual_means", cells(result.individual_means));
  out.number("between_variance", result.between_variance);
  out.number("within_variance", result.within_variance);
  out.column("credibility", cells(result.credibility));
  out.column("premium", cells(result.premium));
  if (result.cut_at_zero) out.warn("between_zero", Msg::CalcBetweenZero);
  return out;
}

}  // namespace

constinit const Method kCredibility{"credibility", Msg::CalcCredibility, kCredibilitySchema, run_credibility};

}  // namespace pilar::calc
