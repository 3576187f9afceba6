#pragma once
#include <string>
#include <vector>

#include "web/charts.h"
#include "web/result_control.h"

/// What is laid down on a control chart, in words.
namespace pilar::web {

/// "12 Mar 2026, tindakan: jalur cepat dibuka"; of new lines and baselines their months. `all`: where a linked action is looked for.
std::string mark_words(Lang lang, const ChartMark& mark, std::span<const ChartMark> all);
/// The notes of the chart, in their order, those that lie within its months: events, new lines, later versions of the profile.
std::vector<SpcNote> mark_notes(Lang lang, const ControlView& view);

}  // namespace pilar::web
