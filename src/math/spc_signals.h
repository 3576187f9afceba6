#pragma once
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "math/spc.h"

/// The rules that signal points of one phase; part of spc().
namespace pilar::math {

/// Where a point stands. The signs say the side: -1 below, 1 above, 0 neither.
struct SpcPlace {
  double y = 0;
  std::int8_t side = 0;     ///< of the centre line; on it is 0
  std::int8_t beyond1 = 0;  ///< beyond 1 sigma, 2 sigma, 3 sigma; on the line is inside
  std::int8_t beyond2 = 0;
  std::int8_t beyond3 = 0;
  bool limits = false;  ///< whether there are sigma lines at all
};

/// Runs of points on one side of the centre line; points on it are passed over.
struct SpcRuns {
  std::size_t useful = 0, longest = 0, crossings = 0, longest_max = 0, crossings_min = 0;
};
SpcRuns spc_runs(std::span<const SpcPlace> places);

/// One label a point. `longest_max` is that of spc_runs, for the rules of Anhoej.
std::vector<SpecialCause> spc_signals(std::span<const SpcPlace> places, const SpcOptions& options, std::size_t longest_max);

/// The label of a point that the rules do not look at: outside the limits or common.
SpecialCause spc_outside(const SpcPlace& place, SpcRules rules);

}  // namespace pilar::math
