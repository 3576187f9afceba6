#pragma once
#include <optional>
#include <string>

#include "app/indicator_months.h"
#include "web/html.h"

/// An indicator's value in words: the four states, target, and where it came from.
namespace pilar::web {

struct IndicatorTold {
  std::optional<double> point{};  ///< in the measure's unit; empty: no cases, or not collected
  std::string value{}, cases{};   ///< "86,4%", "57 dari 66"
  std::string state{};            ///< "Tercapai", "Belum tercapai", "tak ada kasus", "belum dikumpulkan"
  std::optional<bool> met{};      ///< empty without a target or a value
  bool few = false;               ///< rests on so little that it stands in brackets
  bool over = false;              ///< a share above 100 %
  std::optional<std::int64_t> numerator{}, denominator{};  ///< of shares and ratios
};
IndicatorTold tell_indicator(Lang lang, const app::IndicatorSeries& series, Month month);

/// Its months as a small line with the mean.
void draw_series_line(html::Out& o, Lang lang, const app::IndicatorSeries& series);

}  // namespace pilar::web
