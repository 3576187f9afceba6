#include "app/calc_method.h"
#include "i18n/words/calc.h"
#include "math/distribution.h"
#include "math/two_proportions.h"

namespace pilar::calc {
namespace {

constexpr std::string_view kTwoProportionsSchema = R"json({
  "properties": {
    "x1": {"description": "Cases of the first group that have the property, at most n1.", "x-unit": "count", "type": "integer", "minimum": 0, "maximum": 1000000000000},
    "n1": {"description": "All cases of the first group.", "x-unit": "count", "type": "integer", "minimum": 0, "maximum": 1000000000000},
    "x2": {"description": "The same of the second group, at most n2.", "x-unit": "count", "type": "integer", "minimum": 0, "maximum": 1000000000000},
    "n2": {"description": "All cases of the second group.", "x-unit": "count", "type": "integer", "minimum": 0, "maximum": 1000000000000},
    "level": {
      "description": "Confidence level of newcombe.", "x-unit": "fraction",
      "type": "number", "exclusiveMinimum": 0, "exclusiveMaximum": 1, "default": 0.95
    }
  },
  "required": ["x1", "n1", "x2", "n2"],
  "x-output": {
    "p1": "x1 / n1; null when n1 is 0", "p2": "x2 / n2; null when n2 is 0",
    "difference": "p1 - p2; null when a group is empty", "newcombe": "[low, high] of the difference, without continuity correction",
    "chi2": "Pearson's chi-square, uncorrected; null when a row or column of the table is empty",
    "p_value": "of chi2 with one degree of freedom, two-sided", "fisher_p": "Fisher's exact test, two-sided: all tables no likelier than this one"
  },
  "x-source": [
    "Newcombe (1998), Statistics in Medicine 17:873-890, method 10.",
    "Pearson's chi-square without Yates' correction; Fisher (1935), J. R. Stat. Soc. 98:39-54, two-sided as fisher.test of R."
  ],
  "examples": [{"x1": 56, "n1": 70, "x2": 48, "n2": 80}]
})json";

std::optional<double> share_of(math::Share share) {
  if (share.n == 0) return {};
  return static_cast<double>(share.x) / static_cast<double>(share.n);
}

Outcome run_two_proportions(const Input& input) {
  const math::Share first{input.whole("x1"), input.whole("n1")}, second{input.whole("x2"), input.whole("n2")};
  if (first.x > first.n) return refuse(Code::Range, "x1", Msg::CalcNotAbove, {"x1", "n1"});
  if (second.x > second.n) return refuse(Code::Range, "x2", Msg::CalcNotAbove, {"x2", "n2"});
  const auto p1 = share_of(first), p2 = share_of(second);
  const bool both = p1 && p2;
  const auto chi2 = math::chi_square(first, second);
  Output out;
  out.number("p1", p1);
  out.number("p2", p2);
  out.number("difference", both ? std::optional(*p1 - *p2) : std::nullopt);
  out.interval("newcombe", both ? std::optional(math::newcombe(first, second, input.number("level"))) : std::nullopt);
  out.number("chi2", chi2);
  out.number("p_value", chi2 ? std::optional(math::chi_squared_tail(*chi2, 1)) : std::nullopt);
  out.number("fisher_p", both ? std::optional(math::fisher_exact(first, second)) : std::nullopt);
  return out;
}

}  // namespace

constinit const Method kTwoProportions{"two_proportions", Msg::CalcTwoProportions, kTwoProportionsSchema, run_two_proportions};

}  // namespace pilar::calc
