#include "app/calc_groups.h"
#include "i18n/words/calc.h"
#include "math/distribution.h"
#include "math/shrinkage.h"

namespace pilar::calc {
namespace {

constexpr std::string_view kShrinkageSchema = R"json({
  "properties": {
    "group": {"description": "Names of the groups; 1, 2 ... when left out.", "type": "array", "items": {"type": ["string", "number"]}},
    "numerator": {"description": "Cases; null leaves the group out.", "type": "array", "minItems": 1, "maxItems": 400, "items": {"type": ["integer", "null"], "minimum": 0, "maximum": 1000000000}},
    "denominator": {"description": "All cases; null or 0 leaves the group out.", "type": "array", "minItems": 1, "maxItems": 400, "items": {"type": ["integer", "null"], "minimum": 0, "maximum": 1000000000}},
    "level": {"description": "Probability of ci95.", "x-unit": "fraction", "type": "number", "exclusiveMinimum": 0, "exclusiveMaximum": 1, "default": 0.95}
  },
  "required": ["numerator", "denominator"],
  "x-equal-lengths": ["numerator", "denominator", "group"],
  "x-output": {
    "group": "names; the arrays below are in this order", "alpha": "of the beta law between groups; null without over-dispersion", "beta": "", "prior_mean": "alpha / (alpha + beta), or the pooled proportion",
    "raw": "numerator / denominator", "posterior_mean": "(alpha + x) / (alpha + beta + n)", "ci95": "[low, high] of each, quantiles of its posterior; null without over-dispersion",
    "weight_on_raw": "n / (alpha + beta + n); 0 without over-dispersion", "expected_rank": "mean rank over the posteriors, 1 the highest; null, with a warning, for many groups of many cases each"
  },
  "x-source": ["Beta-binomial maximum likelihood: Skellam (1948), J. R. Stat. Soc. B 10:257-261; no over-dispersion by the statistic of Tarone (1979), Biometrika 66:585-590."],
  "examples": [{"numerator": [2, 15, 40, 9], "denominator": [20, 60, 100, 90]}]
})json";

/// One group's posterior, or the pooled proportion for everybody.
void write_posteriors(Output& out, const Groups& groups, const std::vector<math::Trial>& trials,
                      const std::optional<math::BetaPrior>& prior, double pooled, double level) {
  Column mean, weight, rank;
  json::Array intervals(groups.names.size());
  const double tail = (1 - level) / 2;
  for (std::size_t i = 0; i < trials.size(); ++i) {
    if (!prior) {
      mean.emplace_back(pooled);
      weight.emplace_back(0);
      rank.emplace_back((static_cast<double>(trials.size()) + 1) / 2);
      continue;
    }
    const double a = prior->alpha + trials[i].x, b = prior->beta + trials[i].n - trials[i].x;
    mean.emplace_back(a / (a + b));
    weight.emplace_back(trials[i].n / (a + b));
    intervals[groups.place[i]] = interval(math::Interval{math::beta_quantile(tail, a, b), 1 - math::beta_quantile(tail, b, a)});
  }
  const auto ranks = prior ? math::expected_ranks(trials, *prior) : std::nullopt;
  for (std::size_t i = 0; prior && i < trials.size(); ++i) rank.push_back(ranks ? std::optional((*ranks)[i]) : std::nullopt);
  if (prior && !ranks) out.warn("too_large", Msg::CalcRanksMany, {"expected_rank", "numerator", "denominator"});
  out.set("posterior_mean", column(groups.spread(mean)));
  out.set("ci95", std::move(intervals));
  out.set("weight_on_raw", column(groups.spread(weight)));
  out.set("expected_rank", column(groups.spread(rank)));
}

Outcome run_shrinkage(const Input& input) {
  const auto groups = groups_of(input, true);
  if (!groups) return std::unexpected(groups.error());
  std::vector<math::Trial> trials;
  Column raw;
  for (const auto& [x, n] : groups->used) {
    trials.push_back({x, n});
    raw.emplace_back(x / n);
  }
  const auto prior = math::beta_binomial_fit(trials);
  const double pooled = math::pooled(groups->used);
  Output out;
  out.set("group", groups->names);
  out.set("alpha", prior ? number(prior->alpha) : nullptr);
  out.set("beta", prior ? number(prior->beta) : nullptr);
  out.number("prior_mean", prior ? prior->alpha / (prior->alpha + prior->beta) : pooled);
  out.set("raw", column(groups->spread(raw)));
  write_posteriors(out, *groups, trials, prior, pooled, input.number("level"));
  warn_left_out(out, *groups);
  if (!prior) out.warn("no_overdispersion", Msg::CalcNoOverdispersion);
  return out;
}

}  // namespace

constinit const Method kShrinkage{"shrinkage", Msg::CalcShrinkage, kShrinkageSchema, run_shrinkage};

}  // namespace pilar::calc
