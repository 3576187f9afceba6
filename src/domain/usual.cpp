#include "domain/usual.h"

#include <algorithm>
#include <cmath>
#include <string>

#include "math/plausibility.h"

namespace pilar {
namespace {

/// From 8 to 12.5 times: ten times something that varies by a quarter.
constexpr double kLeastTenfold = 8, kMostTenfold = 12.5;
constexpr double kSmallestForTenfold = 5, kLargestWhole = 1e12;
/// Figures within so many deviations of the middle are usual.
constexpr double kUsualDeviations = 2, kUnusualDeviations = 3;
/// A figure varies at least by so much of itself, however even the earlier ones were.
constexpr double kLeastSpread = 0.03;

bool is_tenfold(double larger, double smaller) { return kLeastTenfold <= larger / smaller && larger / smaller <= kMostTenfold; }

/// Whether two neighbouring digits changed round make it usual.
bool is_swapped(double figure, const Usual& usual) {
  if (figure < 10 || figure >= kLargestWhole || figure != std::floor(figure)) return false;
  const auto written = std::to_string(static_cast<long long>(figure));
  for (std::size_t i = 1; i < written.size(); ++i) {
    auto other = written;
    std::swap(other[i - 1], other[i]);
    if (other == written || other.front() == '0') continue;
    double value = 0;
    for (const auto digit : other) value = value * 10 + (digit - '0');
    if (std::abs(value - usual.median) <= kUsualDeviations * usual.deviation) return true;
  }
  return false;
}

}  // namespace

std::optional<Usual> usual_of(std::span<const double> earlier) {
  if (earlier.size() < kFewestUsual) return {};
  const auto spread = math::robust_spread(earlier).value();
  Usual out{.median = spread.median, .months = earlier.size()};
  const auto size = std::abs(spread.median);
  out.deviation = std::max({spread.deviation, std::sqrt(std::max(size, 1.0)), size * kLeastSpread});
  const auto [least, most] = std::ranges::minmax(earlier);
  out.low = std::max(least, spread.median - kUsualDeviations * out.deviation);
  out.high = std::min(most, spread.median + kUsualDeviations * out.deviation);
  return out;
}

std::optional<Oddness> oddness_of(double figure, const Usual& usual) {
  const auto away = std::abs(figure - usual.median) / usual.deviation;
  if (away <= kUnusualDeviations) return {};
  if (usual.median >= kSmallestForTenfold && away > kFarDeviations && is_tenfold(figure, usual.median)) return Oddness::TenTimes;
  if (usual.median >= kSmallestForTenfold && figure > 0 && is_tenfold(usual.median, figure)) return Oddness::OneTenth;
  if (is_swapped(figure, usual)) return Oddness::DigitSwap;
  if (away > kFarDeviations) return Oddness::Far;
  return {};
}

}  // namespace pilar
