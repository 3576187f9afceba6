#pragma once
#include <cstdint>
#include <optional>
#include <span>

#include "math/interval.h"

namespace pilar::math {

/// What a weight means; the two agree when all weights are 1.
enum class WeightKind : std::uint8_t {
  Sampling,  ///< how many people an answer stands for; only ratios matter, n is the number of values
  Frequency  ///< how often the value occurred; everything is that of the list written out, n is the sum of the weights
};

struct Description {
  double n = 0;
  std::optional<double> mean{}, sd{}, se{};
  std::optional<Interval> ci{};
  std::optional<double> median{}, q25{}, q75{}, min{}, max{};
};

/// Mean, spread and quartiles. `weight` is empty or as long as `y`, each >= 0; values of weight 0 do not count. `level` in
/// (0,1). Empty are: everything but n when n is 0, and sd, se and ci when n <= 1.
/// sd has the divisor n - 1; ci is mean +- t(n - 1) se. With sampling weights w, sum w = W:
///   sd^2 = n/(n-1) sum w (y - m)^2 / W,   se^2 = n/(n-1) sum (w (y - m) / W)^2.
/// Sources: quantile type 7 of Hyndman and Fan (1996), The American Statistician 50:361-365, weighted as Hmisc::wtd.quantile with
/// normwt; linearised standard error as svymean of the R package survey (Lumley 2004, J. Stat. Software 9(8)).
/// Worked example: {2, 4, 4, 7, 9.5} -> mean 5.3, median 4, q25 4, q75 7.
Description describe(std::span<const double> y, std::span<const double> weight, WeightKind kind, double level);

}  // namespace pilar::math
