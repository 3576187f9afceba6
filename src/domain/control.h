#pragma once
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "domain/reading.h"
#include "math/spc.h"

namespace pilar {

/// A month of one measure; `reading` is null where there is none.
struct ControlMonth {
  Month month;
  bool running = false;  ///< not over yet: without part in lines and rules
  const MeasureReading* reading = nullptr;
};

/// What has become of a measure, month by month, as its control chart judges it.
struct Control {
  enum class Turn : std::uint8_t { TooShort, Ordinary, Better, Worse, Changed };

  math::SpcChart kind = math::SpcChart::I;
  math::Spc chart{};             ///< one point a month, the running one too; per cent for shares
  std::vector<double> n{};       ///< answers or cases of each month
  std::size_t months = 0;        ///< complete ones with a value
  std::size_t baseline = 0;      ///< how many of the first of them the lines come from
  std::optional<Month> baseline_from{}, baseline_to{};
  std::optional<Month> last{};   ///< the last complete month with a value
  Turn turn = Turn::TooShort;    ///< of that month
  std::optional<Month> since{};  ///< the first month of the signals that lead up to it; empty where it is ordinary
  std::size_t lasting = 0;       ///< for so many months with a value
  std::vector<Month> earlier{};  ///< other months with a signal
};

/// Fewer complete months are shown without a verdict; so many of the first ones decide the lines of a longer series.
inline constexpr std::size_t kControlMonths = math::kSpcFewest;

/// Ratings are an x-bar chart of the answers' mean, single shares and ratios a p chart, rates a u chart, shares over several questions a p'
/// chart, because the answers of one person hang together; indices, averages and sums are charts of individual values. Rules of NHS
/// England; the good way is better_of(measure). `months` are in their order.
Control control_of(const Measure& measure, std::span<const ControlMonth> months);

}  // namespace pilar
