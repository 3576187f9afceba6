#pragma once
#include <optional>
#include <span>

#include "math/interval.h"

/// Rates made comparable between populations of different make-up.
namespace pilar::math {

/// One stratum (age group): events and people here, people in the standard population. population > 0, the rest >= 0.
struct Stratum {
  double count = 0, population = 0, standard = 0;
};

struct DirectRate {
  double crude = 0;     ///< all events / all people
  double adjusted = 0;  ///< sum of standard shares x rates
  Interval fay_feuer{};
};
/// Whether the rate and its variance are numbers: populations are not too small for their counts.
bool is_computable(std::span<const Stratum> strata);
/// `strata` are not empty, computable, and their standard is not 0 in sum; level in (0,1).
/// Gamma interval of Fay and Feuer (1997), Statistics in Medicine 16:791-801; as ageadjust.direct of the R package epitools.
DirectRate direct_rate(std::span<const Stratum> strata, double level);

struct StandardisedRatio {
  double ratio = 0;  ///< observed / expected
  Interval byar{}, exact{};
};
/// observed >= 0, expected > 0. Byar's approximation (Breslow and Day 1987, vol. II, p. 69) and the exact Poisson limits by chi-square
/// (Garwood 1936, Biometrika 28:437-442).
StandardisedRatio standardised_ratio(double observed, double expected, double level);

}  // namespace pilar::math
