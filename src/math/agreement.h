#pragma once
#include <cstdint>
#include <optional>
#include <span>

#include "math/interval.h"

namespace pilar::math {

/// How far two persons who judge the same cases agree.
struct Agreement {
  std::int64_t n = 0;
  double observed = 0, expected = 0;  ///< shares that agree, and that would agree by chance; both 0 where n is 0
  std::optional<double> kappa{};      ///< empty without cases, and where both gave one and the same answer to all
  std::optional<double> se{};         ///< of kappa, large-sample
  std::optional<Interval> ci{};       ///< kappa +- z se, clipped to [-1,1]; empty where they agree on everything: then it has no width
};

/// Cohen's kappa of `table`, k x k counts row by row: rows the first person's answers, columns the second's. k > 0, level in (0,1).
/// kappa = (observed - expected) / (1 - expected).
/// Source: Cohen (1960), Educ. Psychol. Meas. 20:37-46; standard error of Fleiss, Cohen and Everitt (1969), Psychol. Bull. 72:323-327.
/// Worked example: the data set SexualFun of the R package vcd (Hout, Duncan and Sobel 1987; n 91) -> kappa 0.1293, ASE 0.0686,
/// 95 % [-0.00512, 0.26378], as Kappa() and its confint() print them.
Agreement agreement(std::span<const std::int64_t> table, std::size_t k, double level);

}  // namespace pilar::math
