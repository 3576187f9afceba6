#pragma once
#include "app/calc_method.h"
#include "math/spc.h"

namespace pilar::calc {

/// The points of the method spc as they were given.
struct ChartSeries {
  std::vector<math::SpcValue> values{};
  Column n{};                           ///< denominator or size of the subgroup; 1 for a single value
  json::Array labels{};                 ///< of subgroups; else empty
  std::vector<std::size_t> missing{};   ///< rows from 1 without a value
  std::vector<std::size_t> zero{};      ///< rows from 1 whose denominator is 0
};

/// Reads what the chart of the input needs: y, numerator and denominator, or value and subgroup. Refuses the wrong columns and values
/// that the chart cannot have.
std::expected<ChartSeries, Error> chart_series(const Input& input);

}  // namespace pilar::calc
