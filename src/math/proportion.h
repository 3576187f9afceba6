#pragma once
#include "math/interval.h"

/// Intervals of a proportion x/n in [0,1]: 0 <= x <= n, n > 0, level in (0,1). Limits are clipped to [0,1].
/// Worked example, 81 of 263 at 95 %: Wilson [0.2553, 0.3662] (Newcombe 1998, Stat. Med. 17:857-872).
namespace pilar::math {

/// Score interval. Source: Wilson (1927), J. Am. Stat. Assoc. 22:209-212.
Interval wilson(double x, double n, double level);
/// "Exact" interval. Source: Clopper and Pearson (1934), Biometrika 26:404-413.
Interval clopper_pearson(double x, double n, double level);
/// Equal tails of the Beta(x + 1/2, n - x + 1/2) posterior; the lower limit is 0 at x = 0, the upper 1 at x = n.
/// Source: Brown, Cai and DasGupta (2001), Statistical Science 16:101-133.
Interval jeffreys(double x, double n, double level);
/// Source: Agresti and Coull (1998), The American Statistician 52:119-126, with the exact z.
Interval agresti_coull(double x, double n, double level);
/// p +- z sqrt(p(1-p)/n), for comparison only: too short for small n and of no width at x = 0 and x = n.
Interval wald(double x, double n, double level);

}  // namespace pilar::math
