#pragma once
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "web/charts.h"
#include "web/result_control.h"

/// What is laid down on a control chart, in words.
namespace pilar::web {

/// "12 Mar 2026, tindakan: jalur cepat dibuka"; of new lines and baselines their months. `all`: where a linked action is looked for.
std::string mark_words(Lang lang, const ChartMark& mark, std::span<const ChartMark> all);
/// Which point a day belongs to; empty: none.
using PlaceOfDay = std::function<std::optional<std::size_t>(Day)>;
/// The notes of a chart, in their order, those that have a point: events, new lines, later versions of the profile.
std::vector<SpcNote> mark_notes(Lang lang, std::span<const ChartMark> marks, std::span<const ProfileBreak> breaks,
                                const PlaceOfDay& place_of);
/// Those within its months.
std::vector<SpcNote> mark_notes(Lang lang, const ControlView& view);
/// Those at point `at` in one line, "; " between them.
std::string notes_at(const std::vector<SpcNote>& notes, std::size_t at);

}  // namespace pilar::web
