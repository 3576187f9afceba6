#pragma once
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

/// Control charts (statistical process control): centre line, limits, signals and the verdict on a series in time.
namespace pilar::math {

enum class SpcChart : std::uint8_t {
  Run,   ///< median, no limits
  I,     ///< individual values: mean, mean moving range / 1.128
  Mr,    ///< moving ranges of individual values: mean, upper limit 3.267 times the mean; only a point outside is a signal
  P,     ///< proportions, binomial limits for each denominator, cut at 0 and 1
  Pp,    ///< the same, limits widened or narrowed by the spread between points (Laney's p')
  U,     ///< rates, Poisson limits for each denominator, cut at 0
  Up,    ///< the same with Laney's factor (u')
  C,     ///< counts of equal areas of opportunity, Poisson limits, cut at 0
  G,     ///< cases between events: the line is the median, the limits are those of the geometric law about the mean
  T,     ///< time between events, positive: an I chart of y^(1/3.6), turned back
  Xbar,  ///< means of subgroups, limits from the standard deviations within them
  S      ///< standard deviations of subgroups
};
enum class SpcRules : std::uint8_t { Anhoej, Nhs, WesternElectric, Nelson };
enum class Improvement : std::uint8_t { Neutral, Increase, Decrease };

/// One point as measured. `value` is y, or the numerator of p, p', u and u', or the mean of a subgroup; empty is missing.
struct SpcValue {
  std::optional<double> value{};
  double n = 1;           ///< denominator, or size of the subgroup; a point whose n is not above 0 is missing
  double sd = 0;          ///< standard deviation of the subgroup, divisor n - 1
  bool excluded = false;  ///< drawn, but without part in lines and rules; its neighbours become neighbours
  bool weak = false;      ///< counts in the lines, but rests on too little to be judged: has no label
};

/// Which points of a phase its lines come from: `count` of them behind the first `skip`; 0: all behind those.
struct SpcBaseline {
  std::size_t skip = 0, count = 0;
};

struct SpcOptions {
  SpcChart chart = SpcChart::I;
  SpcRules rules = SpcRules::Nhs;
  Improvement improvement = Improvement::Neutral;
  std::size_t shift_length = 7, trend_length = 7;  ///< points; of the Nhs rules
  std::size_t freeze = 0;                          ///< the lines of the first phase come from its first `freeze` points; 0: from all
  std::vector<std::size_t> split_after{};          ///< ascending, 1 to number of points - 1: a new phase begins after that point
  std::vector<SpcBaseline> baselines{};            ///< one a phase, in place of `freeze`; a later phase without one: from all its points
  bool exact_small = false;  ///< P, U, C: a point where fewer than kSpcFewestExpected are expected on a side has limits of the exact law
  bool screen = false;                             ///< I, Pp, Up: drop moving ranges of 3.267 times their mean or more, once
  double multiply = 1;                             ///< y and its lines are drawn times this, 100 for per cent
  std::optional<double> target{};                  ///< on the drawn scale
};

/// What a point is signalled for: one label, the first that holds in the order outside, trend, two of three, four of five, shift, rest.
enum class SpecialCause : std::uint8_t {
  Common,
  OutsideHigh,
  OutsideLow,
  TrendUp,
  TrendDown,
  TwoOfThreeHigh,
  TwoOfThreeLow,
  ShiftHigh,
  ShiftLow,
  Beyond3Sigma,
  TwoOfThree2Sigma,
  FourOfFive1Sigma,
  EightOneSide,
  SixTrend,
  FourteenAlternating,
  FifteenWithin1Sigma,
  EightBeyond1Sigma
};
enum class SpcPointType : std::uint8_t { CommonCause, Improvement, Concern, Neutral };
enum class SpcAssurance : std::uint8_t { NoTarget, ConsistentlyPassing, Inconsistent, ConsistentlyFailing };

/// A point as drawn; whatever cannot be known is empty. A missing point has its centre line and nothing else.
struct SpcPoint {
  std::optional<double> y{}, cl{}, lcl{}, ucl{}, lcl_2sigma{}, ucl_2sigma{};
  bool sigma_signal = false;  ///< beyond a 3 sigma limit; on it is inside
  bool exact = false;         ///< judged alone by the tail of the exact law; the other rules pass over it
  std::optional<SpecialCause> cause{};
  std::optional<SpcPointType> type{};
};

/// The points [first, first + count) with lines of their own.
struct SpcPhase {
  std::size_t first = 0, count = 0;
  std::size_t n_obs = 0;     ///< points that are not excluded, missing ones too
  std::size_t n_useful = 0;  ///< of them, points not on the centre line
  std::optional<double> cl{};
  std::optional<double> sigma{};  ///< of one value: mr/1.128, sqrt(p(1-p)), sqrt(u), sqrt(c), within subgroups; T: on the scale y^(1/3.6)
  std::optional<double> sigma_z{};  ///< Laney's factor
  std::optional<std::size_t> longest_run{}, longest_run_max{}, n_crossings{},
      n_crossings_min{};  ///< of Anhoej; empty without useful points
  bool runs_signal = false;  ///< the longest run is too long or there are too few crossings
  bool short_series = false;  ///< fewer than 12 points with a value
  bool kept_unscreened = false;  ///< screening would have left no moving range

  /// The second rule of Anhoej, which no single point is labelled for.
  bool few_crossings() const { return n_crossings && *n_crossings < *n_crossings_min; }
};

struct Spc {
  std::vector<SpcPoint> points{};
  std::vector<SpcPhase> phases{};
  std::optional<SpcPointType> variation{};  ///< of the last point that counts; empty when there is none
  /// The target against the limits of the last point; empty when there are no limits or no direction is given.
  std::optional<SpcAssurance> assurance = SpcAssurance::NoTarget;
};

/// Draws the chart of `values` in time order.
/// Sources: Montgomery, Introduction to Statistical Quality Control, 6th ed., ch. 6, 7 (limits); Laney (2002), Quality Engineering
/// 14:531-537 (p', u'); Nelson (1982), J. Quality Technology 14:172-173 (screening), (1994) 26:239-242 (t); Provost and Murray,
/// The Health Care Data Guide (g); Anhoej (2015), PLoS ONE 10:e0121349 (runs: longest run round(log2 n) + 3, crossings qbinom(0.05,
/// n - 1, 0.5)); NHS England, Making Data Count (shift and trend of 7, two of three beyond 2 sigma with all three on one side);
/// Western Electric, Statistical Quality Control Handbook (1956); Nelson (1984), J. Quality Technology 16:237-239 (with 8 on one side).
/// Agrees with the R packages qicharts2 (lines, runs) and NHSRplotthedots (labels).
/// Worked example: I chart of 1 2 1 2 10 1 2 1 2 1 2 1 2 1 2 1 2 1 -> centre 1.94, limits -3.06 and 6.95; screened -0.72 and 4.60.
Spc spc(std::span<const SpcValue> values, const SpcOptions& options);

/// Fewest points of a phase that are judged without the warning "short".
inline constexpr std::size_t kSpcFewest = 12;
/// Where fewer events, or fewer cases without one, are expected of a point, the normal limits of p, u and c charts do not hold:
/// Montgomery, section 7.2 (the normal law stands in for the binomial where n p and n (1 - p) are 5 or more). Exact limits are the
/// interpolated quantiles of the binomial or Poisson law at the tails of 1, 2 and 3 sigma of the normal law; a point is outside where
/// its tail is smaller than that, as in funnel(). A baseline without any event, or with nothing else, gets half of one (Jeffreys).
/// Worked example: 3 cases at a rate of 0.9, none of them with the event: tail 0.1^3 = 0.001, outside; at 0.8, tail 0.008, inside.
inline constexpr double kSpcFewestExpected = 5;

std::string_view name(SpecialCause cause);  ///< "common", "outside_high" ... as the contract of `pilar calc` spells them
std::string_view point_name(SpcPointType type);  ///< "common", "special_improvement", "special_concern", "special_neutral"
std::string_view variation_name(SpcPointType type);  ///< "common_cause", "improvement", "concern", "neutral"
std::string_view name(SpcAssurance assurance);  ///< "no_target", "consistently_passing" ...

}  // namespace pilar::math
