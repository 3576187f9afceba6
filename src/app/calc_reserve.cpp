#include <numeric>

#include "app/calc_method.h"
#include "i18n/words/calc.h"
#include "math/reserve.h"

namespace pilar::calc {
namespace {

constexpr std::string_view kReserveSchema = R"json({
  "properties": {
    "triangle": {
      "description": "Cumulative claims: one row an origin year, the oldest first, one column a development period; null is not yet known, 0 is a number.", "x-unit": "rupiah",
      "type": "array", "minItems": 1, "maxItems": 200, "x-rectangular": true, "items": {"type": "array", "minItems": 1, "maxItems": 200, "items": {"type": ["number", "null"], "minimum": 0, "maximum": 1e18}}
    },
    "method": {"description": "bornhuetter_ferguson needs expected_ultimate.", "enum": ["chain_ladder", "bornhuetter_ferguson"], "default": "chain_ladder"},
    "expected_ultimate": {"description": "bornhuetter_ferguson: claims expected for each origin year (premium x loss ratio).", "x-unit": "rupiah", "type": "array", "items": {"type": "number", "minimum": 0, "maximum": 1e18}},
    "sigma_rule": {"description": "Variance of the last factor: Mack's smallest of three, or the line through the logarithms of the others.", "enum": ["mack", "log_linear"], "default": "mack"}
  },
  "required": ["triangle"],
  "x-equal-lengths": ["triangle", "expected_ultimate"],
  "x-output": {
    "development_factors": "volume-weighted, from each period to the next", "latest": "known claims by origin year", "ultimate": "expected in the end", "reserve": "ultimate - latest",
    "mack_se": "standard error of each reserve; null with bornhuetter_ferguson", "total_reserve": "", "total_mack_se": "of total_reserve; null with bornhuetter_ferguson", "method": "as used"
  },
  "x-source": [
    "Mack (1993), ASTIN Bulletin 23:213-225; Bornhuetter and Ferguson (1972), Proceedings of the Casualty Actuarial Society 59:181-195."
  ],
  "examples": [{"triangle": [[100, 150, 170, 175], [110, 168, 190, null], [115, 169, null, null], [125, null, null, null]]}]
})json";

std::expected<math::Triangle, Error> triangle_of(const Input& input) {
  math::Triangle triangle;
  for (const auto& row : input.rows("triangle")) {
    const auto spot = "triangle[" + std::to_string(triangle.size() + 1) + "]";
    auto& known = triangle.emplace_back();
    for (std::size_t k = 0; k < row.size(); ++k) {
      if (row[k] && known.size() < k) return refuse(Code::Shape, "triangle", Msg::CalcHole, {spot});
      if (row[k]) known.push_back(*row[k]);
    }
    if (known.empty()) return refuse(Code::Shape, "triangle", Msg::CalcTooFewItems, {spot, "1"});
  }
  return triangle;
}

Column cells(const std::vector<double>& values) { return {values.begin(), values.end()}; }

void write_expected(Output& out, const math::Triangle& triangle, const math::ChainLadder& ladder, const Column& expected) {
  std::vector<double> claims;
  for (const auto& one : expected) claims.push_back(*one);
  const auto reserve = math::bornhuetter_ferguson(triangle, ladder.factors, claims);
  Column ultimate;
  for (std::size_t i = 0; i < reserve.size(); ++i) ultimate.emplace_back(ladder.latest[i] + reserve[i]);
  out.column("ultimate", ultimate);
  out.column("reserve", cells(reserve));
  out.set("mack_se", column(Column(reserve.size())));
  out.number("total_reserve", std::accumulate(reserve.begin(), reserve.end(), 0.0));
  out.set("total_mack_se", nullptr);
}

Outcome run_reserve(const Input& input) {
  const bool with_expectation = input.word("method") == "bornhuetter_ferguson";
  if (with_expectation && !input.has("expected_ultimate"))
    return refuse(Code::FieldMissing, "expected_ultimate", Msg::CalcFieldMissing, {"expected_ultimate"});
  const auto triangle = triangle_of(input);
  if (!triangle) return std::unexpected(triangle.error());
  const auto rule = input.word("sigma_rule") == "mack" ? math::SigmaRule::Mack : math::SigmaRule::LogLinear;
  const auto ladder = math::chain_ladder(*triangle, input.at("triangle").array().front().array().size(), rule);
  if (!ladder) return refuse(Code::Undefined, "triangle", Msg::CalcNoFactor);
  Output out;
  out.set("method", input.at("method"));
  out.column("development_factors", cells(ladder->factors));
  out.column("latest", cells(ladder->latest));
  if (with_expectation) {
    write_expected(out, *triangle, *ladder, input.column("expected_ultimate"));
    return out;
  }
  out.column("ultimate", cells(ladder->ultimate));
  out.column("reserve", cells(ladder->reserve));
  out.column("mack_se", ladder->se);
  out.number("total_reserve", ladder->total_reserve);
  out.number("total_mack_se", ladder->total_se);
  return out;
}

}  // namespace

constinit const Method kReserve{"reserve", Msg::CalcReserve, kReserveSchema, run_reserve};

}  // namespace pilar::calc
