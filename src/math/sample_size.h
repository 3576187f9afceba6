#pragma once
#include <cstdint>
#include <optional>

#include "base/decimal.h"

namespace pilar::math {

struct SampleSize {
  std::int64_t n = 0;
  double unrounded = 0;
};

/// Respondents needed to know a share `p` within +-`error` among `population` >= 1 people; error and p in (0,1).
/// S = X2 N p(1-p) / (d2 (N-1) + X2 p(1-p)), to the nearest whole, half up; `chi_square` X2 > 0 is 3.841 at 95 %. Exact.
/// Source: Krejcie and Morgan (1970), Educational and Psychological Measurement 30:607-610; annex of Permenpan RB 14/2017.
/// Worked example: N 1000, d 0.05 -> 278.
SampleSize krejcie_morgan(std::int64_t population, const Decimal& error, const Decimal& p, const Decimal& chi_square);

/// n = N / (1 + N e2) at p = 0.5, in general N / (1 + N e2 / (4 p(1-p))), rounded up. Exact.
/// Source: the formula named after Slovin; it is Cochran's with z = 2 and n0 in place of n0 - 1.
/// Worked example: N 1000, e 0.05 -> 285.7 -> 286.
SampleSize slovin(std::int64_t population, const Decimal& error, const Decimal& p);

/// n0 = z2 p(1-p) / e2 with the exact z of `level`; for a known population n = n0 / (1 + (n0 - 1) / N). Rounded up.
/// Source: Cochran (1977), Sampling Techniques, 3rd edition, section 4.4.
/// Worked example: e 0.05 -> 384.1 -> 385; N 1000 -> 277.7 -> 278.
SampleSize cochran(std::optional<std::int64_t> population, double error, double p, double level);

}  // namespace pilar::math
