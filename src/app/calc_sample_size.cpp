#include "app/calc_method.h"
#include "i18n/words/calc.h"
#include "math/sample_size.h"

namespace pilar::calc {
namespace {

constexpr std::string_view kSampleSizeSchema = R"json({
  "properties": {
    "method": {"description": "krejcie_morgan is the table of Permenpan RB 14/2017.", "enum": ["krejcie_morgan", "slovin", "cochran"]},
    "population": {
      "description": "People served in the period. Required except for cochran, where leaving it out means very many.",
      "x-unit": "people", "type": "integer", "minimum": 1, "maximum": 1000000000000
    },
    "error": {
      "description": "Margin of error, 0.05 for 5 points. Required except for krejcie_morgan, whose table has 0.05.",
      "x-unit": "fraction", "type": "number", "x-exact": true, "exclusiveMinimum": 0, "exclusiveMaximum": 1
    },
    "p": {
      "description": "Expected share; 0.5 asks for the largest sample.", "x-unit": "fraction",
      "type": "number", "x-exact": true, "exclusiveMinimum": 0, "exclusiveMaximum": 1, "default": 0.5
    },
    "chi_square": {
      "description": "krejcie_morgan only: chi-square of one degree of freedom at 95 %, as printed.",
      "type": "number", "x-exact": true, "exclusiveMinimum": 0, "default": 3.841
    },
    "level": {
      "description": "cochran only: confidence level, whose exact z is used.", "x-unit": "fraction",
      "type": "number", "exclusiveMinimum": 0, "exclusiveMaximum": 1, "default": 0.95
    }
  },
  "required": ["method"],
  "x-output": {"n": "respondents: krejcie_morgan to the nearest whole (half up), slovin and cochran up", "unrounded": "before rounding"},
  "x-source": [
    "krejcie_morgan: X2 N p(1-p) / (d2 (N-1) + X2 p(1-p)); Krejcie and Morgan (1970), Educational and Psychological Measurement 30:607-610.",
    "slovin: N / (1 + N e2) at p 0.5; in general N / (1 + N e2 / (4 p(1-p))).",
    "cochran: n0 = z2 p(1-p) / e2, with a population n0 / (1 + (n0 - 1) / N); Cochran (1977), Sampling Techniques, 3rd edition, 4.4."
  ],
  "examples": [{"method": "krejcie_morgan", "population": 1000}, {"method": "slovin", "population": 1000, "error": 0.05}, {"method": "cochran", "error": 0.05}]
})json";

constexpr double kLargestSample = 1e15;

Outcome answer(const math::SampleSize& size) {
  Output out;
  out.set("n", size.n);
  out.number("unrounded", size.unrounded);
  return out;
}

Outcome run_sample_size(const Input& input) {
  const auto& method = input.word("method");
  const bool knows_population = input.has("population");
  if (method != "cochran" && !knows_population) return refuse(Code::FieldMissing, "population", Msg::CalcFieldMissing, {"population"});
  if (method != "krejcie_morgan" && !input.has("error")) return refuse(Code::FieldMissing, "error", Msg::CalcFieldMissing, {"error"});
  if (method == "krejcie_morgan") {
    const auto error = input.has("error") ? input.decimal("error") : *Decimal::make(5, 2);
    return answer(math::krejcie_morgan(input.whole("population"), error, input.decimal("p"), input.decimal("chi_square")));
  }
  if (method == "slovin") return answer(math::slovin(input.whole("population"), input.decimal("error"), input.decimal("p")));
  const auto population = knows_population ? std::optional(input.whole("population")) : std::nullopt;
  const auto size = math::cochran(population, input.number("error"), input.number("p"), input.number("level"));
  if (size.unrounded > kLargestSample) return refuse(Code::Range, "error", Msg::CalcNumberTooBig, {"error"});
  return answer(size);
}

}  // namespace

constinit const Method kSampleSize{"sample_size", Msg::CalcSampleSize, kSampleSizeSchema, run_sample_size};

}  // namespace pilar::calc
