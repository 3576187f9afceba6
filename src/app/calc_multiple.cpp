#include <cmath>

#include "app/calc_groups.h"
#include "i18n/words/calc.h"

namespace pilar::calc {
namespace {

constexpr std::string_view kMultipleSchema = R"json({
  "properties": {
    "p": {"description": "p-values of tests made elsewhere; null is left out.", "type": "array", "minItems": 1, "maxItems": 20000, "items": {"type": ["number", "null"], "minimum": 0, "maximum": 1}},
    "group": {"description": "Names of the groups; 1, 2 ... when left out.", "type": "array", "items": {"type": ["string", "number"]}},
    "numerator": {"description": "Instead of p: cases of each group.", "type": "array", "minItems": 1, "maxItems": 20000, "items": {"type": ["integer", "null"], "minimum": 0, "maximum": 1000000000000}},
    "denominator": {"description": "All cases of each group; null or 0 leaves the group out.", "type": "array", "minItems": 1, "maxItems": 20000, "items": {"type": ["integer", "null"], "minimum": 0, "maximum": 1000000000000}},
    "target": {"description": "Proportion that every group is tested against; the pooled one when left out.", "type": "number", "minimum": 0, "maximum": 1}
  },
  "required": [],
  "x-equal-lengths": ["numerator", "denominator", "group", "p"],
  "x-output": {
    "group": "names; the arrays below are in this order", "target": "as used; null with p",
    "p_exact": "two-sided binomial p: all counts no likelier than the observed; with p the values given", "bonferroni": "adjusted p", "holm": "adjusted p", "benjamini_hochberg": "adjusted p (false discovery rate)",
    "heterogeneity": "chi2, df and p_value of Pearson's test of the groups about the target; null with p"
  },
  "x-source": [
    "Exact test: minimum likelihood, as binom.test of R. Adjustment as p.adjust of R: Bonferroni; Holm (1979), Scand. J. Statistics 6:65-70; Benjamini and Hochberg (1995), J. R. Stat. Soc. B 57:289-300."
  ],
  "examples": [{"numerator": [12, 30, 55], "denominator": [100, 210, 300]}, {"p": [0.01, 0.02, null, 0.03]}]
})json";

/// The adjusted values of the p that are there.
void write_adjusted(Output& out, const Column& p) {
  std::vector<double> given;
  for (const auto& one : p)
    if (one) given.push_back(*one);
  const auto adjusted = math::adjust(given);
  const auto cells = [&](const std::vector<double>& values) {
    Column column;
    std::size_t next = 0;
    for (const auto& one : p) column.push_back(one ? std::optional(values[next++]) : std::nullopt);
    return calc::column(column);
  };
  out.set("p_exact", column(p));
  out.set("bonferroni", cells(adjusted.bonferroni));
  out.set("holm", cells(adjusted.holm));
  out.set("benjamini_hochberg", cells(adjusted.benjamini_hochberg));
}

Outcome of_p(const Input& input) {
  const auto p = input.column("p");
  Output out;
  json::Array names;
  std::vector<std::size_t> missing;
  for (std::size_t i = 1; i <= p.size(); ++i) {
    names.emplace_back(static_cast<std::int64_t>(i));
    if (!p[i - 1]) missing.push_back(i);
  }
  out.set("group", input.has("group") ? input.at("group") : json::Value(std::move(names)));
  out.set("target", nullptr);
  write_adjusted(out, p);
  out.set("heterogeneity", nullptr);
  if (!missing.empty()) out.warn("missing", Msg::CalcMissingLeftOut, {}, std::move(missing));
  return out;
}

Outcome of_groups(const Input& input) {
  const auto groups = groups_of(input, true);
  if (!groups) return std::unexpected(groups.error());
  std::optional<double> given;
  if (input.has("target")) given = input.number("target");
  const double target = given ? *given : math::pooled(groups->used);
  Column p;
  for (const auto& group : groups->used)
    p.emplace_back(math::law_on_target(group, math::FunnelKind::Proportion, target).as_rare_as(group.numerator));
  Output out;
  out.set("group", groups->names);
  out.number("target", target);
  write_adjusted(out, groups->spread(p));
  const auto test = math::heterogeneity(groups->used, math::FunnelKind::Proportion, given);
  out.set("heterogeneity",
          test ? json::Value(json::Object{{"chi2", number(test->chi_square)}, {"df", number(test->df)}, {"p_value", number(test->p)}})
               : nullptr);
  if (!test) out.warn("undefined", Msg::CalcUndefined, {"heterogeneity"});
  warn_left_out(out, *groups);
  return out;
}

Outcome run_multiple(const Input& input) {
  if (!input.has("p")) {
    for (const auto* key : {"numerator", "denominator"})
      if (!input.has(key)) return refuse(Code::FieldMissing, key, Msg::CalcFieldMissing, {key});
    return of_groups(input);
  }
  for (const auto* key : {"numerator", "denominator", "target"})
    if (input.has(key)) return refuse(Code::FieldUnknown, key, Msg::CalcEitherOr, {"p", key});
  return of_p(input);
}

}  // namespace

constinit const Method kMultiple{"multiple", Msg::CalcMultiple, kMultipleSchema, run_multiple};

}  // namespace pilar::calc
