#pragma once
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "math/count_law.h"

/// Comparing groups with a common target: funnel limits, over-dispersion and many tests at once.
namespace pilar::math {

enum class FunnelKind : std::uint8_t {
  Proportion,  ///< numerator of denominator, binomial
  Ratio,       ///< observed / expected, Poisson
  Rate         ///< events / exposure, Poisson
};
enum class FunnelMethod : std::uint8_t { Exact, Normal, Arcsine };
enum class Overdispersion : std::uint8_t { None, Additive, Multiplicative };
enum class FunnelSignal : std::uint8_t { None, Low95, Low998, High95, High998 };

/// denominator > 0; of a proportion 0 <= numerator <= denominator.
struct FunnelGroup {
  double numerator = 0, denominator = 0;
};

struct FunnelPoint {
  double value = 0;           ///< numerator / denominator
  std::optional<double> z{};  ///< adjusted for over-dispersion; empty when the target leaves no spread (0, or 1 of a proportion)
  double p = 1;               ///< two-sided: twice the smaller tail, at most 1
  double lower95 = 0, upper95 = 0, lower99_8 = 0, upper99_8 = 0;
  FunnelSignal signal = FunnelSignal::None;  ///< by the tail: below 0.025 or below 0.001
};

struct Funnel {
  double target = 0;
  std::vector<FunnelPoint> points{};
  std::optional<double> phi{};   ///< mean of the squared z, 10 % winsorised; empty without any z
  std::optional<double> tau2{};  ///< variance between groups on the scale of z, not negative; empty for fewer than two groups
  bool normal_used = false;      ///< exact limits have no over-dispersed form: normal ones stand in their place
};

/// Groups against `target` (the pooled value when empty). Groups are not empty and have a denominator in sum.
/// Exact limits are interpolated quantiles; normal and arcsine ones target -+ z s, s the standard error (arcsine: on asin(sqrt p), for
/// ratios and rates on the square root). Over-dispersion: additive s^2 + tau2, multiplicative phi s^2 where phi > 1; both from z
/// winsorised at its 10 % and 90 % quantiles (type 7). tau2 = (I phi - (I - 1)) / (W - sum w^2 / W), w = 1/s^2, W = sum w.
/// Source: Spiegelhalter (2005), Statistics in Medicine 24:1185-1202.
Funnel funnel(std::span<const FunnelGroup> groups, FunnelKind kind, FunnelMethod method, Overdispersion overdispersion,
              std::optional<double> target);

/// The law of the numerator when the group is on target.
CountLaw law_on_target(const FunnelGroup& group, FunnelKind kind, double target);
/// Sum of numerators / sum of denominators.
double pooled(std::span<const FunnelGroup> groups);

/// Pearson's chi-square of the groups about `target`.
struct Heterogeneity {
  double chi_square = 0, df = 0;
  double p = 1;
};
/// Empty when the target leaves no spread or df is 0. `target` empty: pooled, one degree of freedom less.
std::optional<Heterogeneity> heterogeneity(std::span<const FunnelGroup> groups, FunnelKind kind, std::optional<double> target);

/// p-values for many tests: of each kind one a p given, at most 1.
/// Sources: Bonferroni; Holm (1979), Scand. J. Statistics 6:65-70; Benjamini and Hochberg (1995), J. R. Stat. Soc. B 57:289-300; as
/// p.adjust of R. Worked example: 0.01 0.02 0.03 -> Holm 0.03 0.04 0.04, Benjamini-Hochberg 0.03 0.03 0.03.
struct Adjusted {
  std::vector<double> bonferroni{}, holm{}, benjamini_hochberg{};
};
Adjusted adjust(std::span<const double> p);

}  // namespace pilar::math
