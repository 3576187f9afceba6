#pragma once
#include <span>
#include <string>

#include "app/result.h"
#include "domain/control.h"
#include "interchange/table.h"
#include "web/charts.h"

/// Control charts of measures, and what they find, in words.
namespace pilar::web {

/// The months as read, judged.
Control control_of(const Measure& measure, std::span<const app::ResultMonth> months);

/// A measure with its chart; borrowed.
struct ControlView {
  const Instrument& form;
  const Measure& measure;
  const Control& control;
  std::span<const app::ResultMonth> months;
};

/// "Sejak April 2026 rating pelayanan benar-benar membaik, bukan kebetulan": the title of a chart.
std::string finding_words(Lang lang, const ControlView& view);
/// The chart without id. Not for a series that is too short: it has no limits.
SpcChart control_chart(Lang lang, const ControlView& view);
/// Whether it changed, and whether its target can be reached, each with its sign.
void draw_change(html::Out& o, Lang lang, const ControlView& view);
/// Its points as a table; the view must outlive it.
Table control_table(Lang lang, const ControlView& view, const std::string& place);
/// "Bagan p, aturan NHS v1; garis tengah dari ...".
std::vector<std::string> control_source(Lang lang, const ControlView& view);

}  // namespace pilar::web
