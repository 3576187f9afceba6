#pragma once
#include <array>
#include <optional>
#include <span>
#include <vector>

#include "math/spc.h"

/// The lines of one phase of a control chart; part of spc().
namespace pilar::math {

/// Lines at one point; low and high at 1, 2 and 3 sigma from the centre (index 0 to 2).
struct SpcLines {
  std::optional<double> centre{};
  bool limits = false;  ///< whether low and high mean anything
  std::array<double, 3> low{}, high{};
};

struct SpcPhaseLines {
  std::vector<std::optional<double>> y{};  ///< what is drawn
  std::vector<SpcLines> lines{};           ///< one a point
  std::optional<double> sigma{}, sigma_z{};
  bool kept_unscreened = false;
};

/// `baseline`: that many points from the front decide the lines.
SpcPhaseLines spc_lines(SpcChart chart, std::span<const SpcValue> phase, std::size_t baseline, bool screen);

}  // namespace pilar::math
