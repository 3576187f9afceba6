#pragma once
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "i18n/lang.h"
#include "web/html.h"

namespace pilar::web {

/// What a shape says before its colour does.
enum class Mark : std::uint8_t {
  None,
  Common,       ///< grey circle: ordinary variation
  Improvement,  ///< blue diamond
  Concern,      ///< orange square
  Neutral,      ///< purple triangle: changed, and no direction is the good one
  Open,         ///< ring: not complete, not judged
  Done,         ///< tick
};
/// The class that carries the mark's colour: "is-concern".
std::string_view class_of(Mark mark);
/// The shape alone, 10 px; the words stand beside it.
void draw_mark(html::Out& o, Mark mark);

/// How a result moved, and whether its target can be reached as things are.
enum class Variation : std::uint8_t { Ordinary, Improving, Deteriorating, Changed };
enum class Assurance : std::uint8_t { Reliable, Uncertain, Unreachable };
/// Ring with a small line; `words` and `note` beside it.
void draw_variation(html::Out& o, Variation variation, std::string_view words, std::string_view note = {});
void draw_assurance(html::Out& o, Assurance assurance, std::string_view words, std::string_view note = {});

/// How a part of a bar is filled: five steps from worst to best, or kept, broken (hatched), outside the count (outlined).
enum class Tone : std::uint8_t { Step1, Step2, Step3, Step4, Step5, Kept, Broken, Outside };
struct Part {
  std::string label;
  std::int64_t count = 0;  ///< not negative
  Tone tone = Tone::Kept;
};
/// Bar of 100 % width; the count stands inside a part from 4 up when the part is wide enough. No parts: an empty frame.
void draw_stacked_bar(html::Out& o, Lang lang, std::span<const Part> parts);
void draw_legend(html::Out& o, std::span<const Part> parts);
/// One plain bar from zero; share in 0..1, clamped.
void draw_bar(html::Out& o, double share);

struct Axis {
  double low = 0, high = 100;  ///< low < high
};
/// Dot and line on one axis, hollow and thin where the data are few; the target as a dashed line.
struct Interval {
  double point = 0, low = 0, high = 0;
  bool few = false;
  std::optional<double> target{};
};
void draw_interval(html::Out& o, const Axis& axis, const Interval& interval, std::string_view alternative);

/// Up to a few dozen values on one axis; gaps stay gaps, the mean is a thin line, the last point is marked.
void draw_sparkline(html::Out& o, const Axis& axis, std::span<const std::optional<double>> values, std::optional<double> mean,
                    std::string_view alternative);

/// Upright bars from zero.
struct ColumnBar {
  std::string label, shown;  ///< "09" below, "63" inside or above
  double value = 0;          ///< not negative
  bool stressed = false;
};
struct Columns {
  std::vector<ColumnBar> bars{};
  double high = 100;              ///< top of the axis, > 0
  std::vector<double> ticks{};    ///< written at the left as plain numbers
  std::optional<double> limit{};  ///< dashed line
  std::string limit_words{}, alternative{};
};
void draw_columns(html::Out& o, Lang lang, const Columns& columns);

/// Patterns the drawings refer to; once a page, the page frames do it.
void draw_patterns(html::Out& o);

}  // namespace pilar::web
