#pragma once
#include <array>
#include <optional>
#include <span>
#include <vector>

#include "math/spc.h"

/// The lines of one phase of a control chart; part of spc().
namespace pilar::math {

/// P(X <= x) and P(X >= x) of a point's own count x.
struct SpcTails {
  double low = 1, high = 1;
};

/// Lines at one point; low and high at 1, 2 and 3 sigma from the centre (index 0 to 2).
struct SpcLines {
  std::optional<double> centre{};
  bool limits = false;  ///< whether low and high mean anything
  std::array<double, 3> low{}, high{};
  std::optional<SpcTails> tails{};  ///< where the limits are those of the exact law
};

/// The upper tail of the normal law beyond 1, 2 and 3 sigma.
inline constexpr std::array kSigmaTails{0.15865525393145707, 0.022750131948179195, 0.0013498980316300933};

struct SpcPhaseLines {
  std::vector<std::optional<double>> y{};  ///< what is drawn
  std::vector<SpcLines> lines{};           ///< one a point
  std::optional<double> sigma{}, sigma_z{};
  bool kept_unscreened = false;
};

/// The points of `baseline` decide the lines; of the options, the chart, `screen` and `exact_small` are read.
SpcPhaseLines spc_lines(std::span<const SpcValue> phase, SpcBaseline baseline, const SpcOptions& options);

}  // namespace pilar::math
