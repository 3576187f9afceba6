#include "app/calc_method.h"
#include "i18n/words/calc.h"
#include "math/describe.h"

namespace pilar::calc {
namespace {

constexpr std::string_view kDescribeSchema = R"json({
  "properties": {
    "y": {
      "description": "The values; null is missing and left out with its weight.",
      "type": "array", "items": {"type": ["number", "null"]}
    },
    "weight": {
      "description": "One weight a value, not negative; a value of weight 0 or null is left out.",
      "type": "array", "items": {"type": ["number", "null"], "minimum": 0}
    },
    "weight_kind": {
      "description": "sampling: how many people an answer stands for, only ratios matter. frequency: how often the value occurred, as if the list were written out.",
      "enum": ["sampling", "frequency"], "default": "sampling"
    },
    "level": {
      "description": "Confidence level of ci.", "x-unit": "fraction",
      "type": "number", "exclusiveMinimum": 0, "exclusiveMaximum": 1, "default": 0.95
    }
  },
  "required": ["y"],
  "x-equal-lengths": ["y", "weight"],
  "x-output": {
    "n": "values that count; with frequency weights the sum of the weights",
    "mean": "unit of y", "sd": "divisor n - 1; null when n is 1 or less", "se": "standard error of the mean", "ci": "[low, high], mean -+ t(n-1) se",
    "median": "quantile type 7", "q25": "quantile type 7", "q75": "quantile type 7", "min": "unit of y", "max": "unit of y"
  },
  "x-source": [
    "Quantile type 7: Hyndman and Fan (1996), The American Statistician 50:361-365; weighted as Hmisc::wtd.quantile with normwt = TRUE.",
    "Sampling weights w, sum W: sd^2 = n/(n-1) sum w (y-m)^2 / W; se^2 = n/(n-1) sum (w (y-m) / W)^2, as svymean of the R package survey."
  ],
  "examples": [{"y": [2, 4, 4, null, 7, 9.5]}]
})json";

Outcome run_describe(const Input& input) {
  const auto y = input.column("y");
  const auto weight = input.has("weight") ? input.column("weight") : Column(y.size(), 1.0);
  std::vector<double> values, weights;
  std::vector<std::size_t> missing;
  for (std::size_t i = 0; i < y.size(); ++i) {
    if (y[i] && weight[i]) {
      values.push_back(*y[i]);
      weights.push_back(*weight[i]);
    } else {
      missing.push_back(i + 1);
    }
  }
  const auto kind = input.word("weight_kind") == "frequency" ? math::WeightKind::Frequency : math::WeightKind::Sampling;
  const auto result = math::describe(values, weights, kind, input.number("level"));
  Output out;
  out.number("n", result.n);
  out.number("mean", result.mean);
  out.number("sd", result.sd);
  out.number("se", result.se);
  out.interval("ci", result.ci);
  out.number("median", result.median);
  out.number("q25", result.q25);
  out.number("q75", result.q75);
  out.number("min", result.min);
  out.number("max", result.max);
  if (!missing.empty()) out.warn("missing", Msg::CalcMissingLeftOut, {}, std::move(missing));
  return out;
}

}  // namespace

constinit const Method kDescribe{"describe", Msg::CalcDescribe, kDescribeSchema, run_describe};

}  // namespace pilar::calc
