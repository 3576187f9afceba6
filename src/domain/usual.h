#pragma once
#include <cstdint>
#include <optional>
#include <span>

/// Whether a figure looks like what the same place reported of the same thing before.
namespace pilar {

/// How a figure differs from what is usual there.
enum class Oddness : std::uint8_t {
  TenTimes,   ///< about ten times the usual: a digit too many
  OneTenth,   ///< about a tenth: a digit too few
  DigitSwap,  ///< two neighbouring digits changed round make it a usual one
  Far         ///< further from the middle than kFarDeviations
};

/// What the earlier months were like: the middle, and the range in which nearly all of them lie.
struct Usual {
  double median = 0, low = 0, high = 0;
  double deviation = 0;  ///< of one figure, never below what counts of this size vary by themselves
  std::size_t months = 0;
};

/// Fewer earlier figures say nothing.
inline constexpr std::size_t kFewestUsual = 6;
/// Robust deviations beyond which a figure is far from usual; wider than the 3.5 of Iglewicz and Hoaglin because months differ by season.
inline constexpr double kFarDeviations = 5;

/// Empty with fewer than kFewestUsual figures.
std::optional<Usual> usual_of(std::span<const double> earlier);
/// Empty where the figure is as usual. Only where the usual figure is 5 or more is a factor of ten looked for.
/// Worked example: after 110 118 121 125 119 123, 1210 is TenTimes, 12 OneTenth, 211 DigitSwap, 420 Far and 130 nothing.
std::optional<Oddness> oddness_of(double figure, const Usual& usual);

}  // namespace pilar
