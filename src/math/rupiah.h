#pragma once
#include <cstdint>
#include <span>
#include <vector>

#include "math/rational.h"

namespace pilar::math {

/// Whole rupiah that add up to the rounded sum of the exact amounts: each rounded down, then one more to the largest remainders,
/// the first of equals first. Amounts fit 64 bits. Worked example: 1/3, 1/3, 1/3 of 100 -> 34, 33, 33.
std::vector<std::int64_t> whole_rupiah(std::span<const Rational> exact);

}  // namespace pilar::math
