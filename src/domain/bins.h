#pragma once
#include <cstdint>
#include <map>
#include <optional>

#include "domain/cell.h"

/// Logarithmic bins of durations and other sizes: 32 a power of two, so that a whole distribution is a few hundred buckets that add up
/// like everything else. A quantile read from them is at most 1.1 % from the observation it stands for (half a bin, 2^(1/64) - 1).
namespace pilar {

inline constexpr int kBinsAPowerOfTwo = 32;

/// The bin of a scaled value in [0, Cell::kMaxValue]: 0 for 0 and below, else 1 + floor(32 log2(value)), computed in whole numbers so
/// that it is the same everywhere. Example: 1 -> 1, 2 -> 33, 3 -> 51, 3600 -> 379.
std::int32_t bin_of(std::int64_t value);
/// The value that stands for a bin: its only whole number where it has just one, else the geometric middle of its edges.
double middle_of_bin(std::int32_t bin);

/// The nearest-rank quantile of binned values, on their scale: the value that stands for the bin of the observation of rank
/// ceil(share x n). Negative buckets are no values. Empty without observations. `share` in (0, 1].
std::optional<double> quantile_of(const std::map<std::int32_t, Cell>& bins, double share);

}  // namespace pilar
