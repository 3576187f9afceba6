#pragma once
#include <cstdint>
#include <optional>

#include "math/interval.h"

namespace pilar::math {

/// x of n cases have the property; 0 <= x <= n <= 10^12.
struct Share {
  std::int64_t x = 0, n = 0;
};

/// Interval of p1 - p2 in [-1,1]; both n > 0, level in (0,1).
/// Source: Newcombe (1998), Stat. Med. 17:873-890, method 10: the Wilson limits of both, without continuity correction.
/// Worked example: 56/70 - 48/80 at 95 % -> [0.0524, 0.3339].
Interval newcombe(Share first, Share second, double level);

/// Pearson's chi-square of the two by two table, one degree of freedom, without continuity correction:
/// N (ad - bc)^2 / (row and column totals). Empty when a row or a column is empty.
/// Source: Pearson (1900); as prop.test(correct = FALSE) of R. Worked example: 56/70, 48/80 -> 7.0234.
std::optional<double> chi_square(Share first, Share second);

/// Fisher's exact test, two-sided: the probability of all tables with these totals that are no likelier than this one (with R's
/// relative slack of 1e-7). In [0,1].
/// Source: Fisher (1935), J. R. Stat. Soc. 98:39-54. Worked example: 3/4, 1/4 -> 0.485714 (34/70), the tea of the lady.
double fisher_exact(Share first, Share second);

}  // namespace pilar::math
