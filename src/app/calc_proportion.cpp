#include "app/calc_method.h"
#include "i18n/words/calc.h"
#include "math/proportion.h"

namespace pilar::calc {
namespace {

constexpr std::string_view kProportionSchema = R"json({
  "properties": {
    "x": {"description": "Cases that have the property, at most n.", "x-unit": "count", "type": "integer", "minimum": 0, "maximum": 1000000000000},
    "n": {"description": "All cases.", "x-unit": "count", "type": "integer", "minimum": 0, "maximum": 1000000000000},
    "level": {
      "description": "Confidence level of the intervals.", "x-unit": "fraction",
      "type": "number", "exclusiveMinimum": 0, "exclusiveMaximum": 1, "default": 0.95
    }
  },
  "required": ["x", "n"],
  "x-output": {
    "p": "x / n, a fraction; null when n is 0",
    "wilson": "[low, high], score interval without continuity correction",
    "clopper_pearson": "[low, high], exact",
    "jeffreys": "[low, high], quantiles of Beta(x + 1/2, n - x + 1/2); low is 0 at x = 0, high is 1 at x = n",
    "agresti_coull": "[low, high], cut at 0 and 1, with the exact z",
    "wald": "[low, high], cut at 0 and 1; for comparison only"
  },
  "x-source": [
    "Wilson (1927), J. Am. Stat. Assoc. 22:209-212; Clopper and Pearson (1934), Biometrika 26:404-413.",
    "Brown, Cai and DasGupta (2001), Statistical Science 16:101-133; Agresti and Coull (1998), The American Statistician 52:119-126."
  ],
  "examples": [{"x": 81, "n": 263}]
})json";

Outcome run_proportion(const Input& input) {
  const double x = input.number("x"), n = input.number("n"), level = input.number("level");
  if (x > n) return refuse(Code::Range, "x", Msg::CalcNotAbove, {"x", "n"});
  const auto of = [&](math::Interval (*method)(double, double, double)) {
    return n > 0 ? std::optional(method(x, n, level)) : std::nullopt;
  };
  Output out;
  out.number("p", n > 0 ? std::optional(x / n) : std::nullopt);
  out.interval("wilson", of(math::wilson));
  out.interval("clopper_pearson", of(math::clopper_pearson));
  out.interval("jeffreys", of(math::jeffreys));
  out.interval("agresti_coull", of(math::agresti_coull));
  out.interval("wald", of(math::wald));
  return out;
}

}  // namespace

constinit const Method kProportion{"proportion", Msg::CalcProportion, kProportionSchema, run_proportion};

}  // namespace pilar::calc
