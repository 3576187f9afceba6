#pragma once
#include <array>
#include <cstdint>
#include <optional>
#include <span>

#include "math/two_proportions.h"

/// How surprising it is that figures look as they do. All chances are in [0,1].
namespace pilar::math {

/// Fisher's exact test, one-sided: the probability that the first group has at least as many as it has, all totals given.
/// Source: Fisher (1935), J. R. Stat. Soc. 98:39-54. Worked example: 3/4, 1/4 -> 17/70 = 0.242857.
double fisher_upper(Share first, Share second);

/// P(X >= k) of n trials of probability p; 1 where k <= 0. Worked example: 5 of 5 at 0.2 -> 0.00032.
double at_least(std::int64_t k, std::int64_t n, double p);

/// The chance that two independent counts of variance v (> 0) each are equal: 1 / (2 sqrt(pi v)), at most 1; 1 where v is 0.
/// Source: the local limit theorem (Gnedenko 1948) for their difference, whose variance is 2 v. Worked example: v = 100 -> 0.028209.
double agreement(double variance);

/// Variance about a slowly moving level: half the mean square of successive differences. Empty with fewer than two values.
/// Source: von Neumann, Kent, Bellinson and Hart (1941), Ann. Math. Stat. 12:153-162. Worked example: 1 3 2 4 -> (4+1+4)/3/2 = 1.5.
std::optional<double> successive_variance(std::span<const double> values);

/// Last digits of measured or counted figures, which are spread evenly where the figures are large and honest.
struct LastDigits {
  std::int64_t n = 0;
  std::array<std::int64_t, 10> counts{};
  std::int64_t round() const { return counts[0] + counts[5]; }
  double heaping = 1;                ///< chance of so many or more 0 and 5, of which a fifth is expected
  std::optional<double> uneven{};    ///< tail of chi-square with 9 degrees of freedom; only from 50 figures on
};
/// Figures below 10 in size are left out: they have no last digit of their own.
/// Sources: Mosimann, Wiseman and Edelman (1995), Accountability in Research 4:31-55 (last digits); Myers (1940), Trans. Actuarial Soc.
/// America 41:395-415 (heaping at 0 and 5). Worked example: 20 30 40 50 60 -> 5 of 5 round, 0.2^5 = 0.00032.
LastDigits last_digits(std::span<const std::int64_t> figures);

/// Middle and spread that a few wild values do not move: median and 1.4826 times the median absolute deviation.
/// Source: Iglewicz and Hoaglin (1993), How to Detect and Handle Outliers, ASQC. Empty without values.
/// Worked example: 10 11 12 13 100 -> 12 and 1.4826.
struct RobustSpread {
  double median = 0, deviation = 0;
};
std::optional<RobustSpread> robust_spread(std::span<const double> values);

}  // namespace pilar::math
