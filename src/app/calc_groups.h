#pragma once
#include "app/calc_method.h"
#include "math/funnel.h"

namespace pilar::calc {

/// Numerators and denominators by group; a group with a null or without a denominator is left out and has nulls in the result.
struct Groups {
  json::Array names{};                    ///< as given, else 1, 2 ...
  std::vector<math::FunnelGroup> used{};
  std::vector<std::size_t> place{};       ///< of each used group among the given, from 0
  std::vector<std::size_t> missing{}, zero{};  ///< rows from 1 that were left out

  /// One cell a given group from one value a used group.
  Column spread(const Column& of_used) const;
};

/// Reads `group` (optional), `numerator` and `denominator`. `proportion`: a numerator above its denominator is refused. No usable group
/// at all is refused as undefined.
std::expected<Groups, Error> groups_of(const Input& input, bool proportion);
void warn_left_out(Output& out, const Groups& groups);

}  // namespace pilar::calc
