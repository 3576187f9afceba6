#include "app/calc_method.h"
#include "i18n/words/calc.h"
#include "math/nps.h"

namespace pilar::calc {
namespace {

constexpr std::string_view kNpsSchema = R"json({
  "properties": {
    "y": {
      "description": "Answers to 'how likely are you to recommend us', whole numbers 0 to 10; null is missing.",
      "type": "array", "items": {"type": ["integer", "null"], "minimum": 0, "maximum": 10}
    },
    "level": {
      "description": "Confidence level of ci.", "x-unit": "fraction",
      "type": "number", "exclusiveMinimum": 0, "exclusiveMaximum": 1, "default": 0.95
    }
  },
  "required": ["y"],
  "x-output": {
    "n": "answers", "promoters": "answers 9 and 10", "passives": "answers 7 and 8", "detractors": "answers 0 to 6",
    "nps": "points, -100 to 100: per cent promoters less per cent detractors",
    "se": "points: 100 sqrt((p + d - (p-d)^2) / n)", "ci": "points [low, high], nps -+ z se, cut at -100 and 100"
  },
  "x-source": [
    "Reichheld (2003), Harvard Business Review 81(12):46-54.",
    "Standard error from the multinomial variance, Wald interval: Rocks (2016), The American Statistician 70:365-372."
  ],
  "examples": [{"y": [10, 9, 9, 8, 7, null, 6, 3]}]
})json";

constexpr double kPromoter = 9, kPassive = 7;

Outcome run_nps(const Input& input) {
  std::int64_t promoters = 0, passives = 0, detractors = 0;
  std::vector<std::size_t> missing;
  const auto y = input.column("y");
  for (std::size_t i = 0; i < y.size(); ++i) {
    if (!y[i])
      missing.push_back(i + 1);
    else if (*y[i] >= kPromoter)
      ++promoters;
    else if (*y[i] >= kPassive)
      ++passives;
    else
      ++detractors;
  }
  const auto result = math::net_promoter(promoters, passives, detractors, input.number("level"));
  Output out;
  out.set("n", promoters + passives + detractors);
  out.set("promoters", promoters);
  out.set("passives", passives);
  out.set("detractors", detractors);
  out.number("nps", result.nps);
  out.number("se", result.se);
  out.interval("ci", result.ci);
  if (!missing.empty()) out.warn("missing", Msg::CalcMissingLeftOut, {}, std::move(missing));
  return out;
}

}  // namespace

constinit const Method kNps{"nps", Msg::CalcNps, kNpsSchema, run_nps};

}  // namespace pilar::calc
