#pragma once
#include <optional>
#include <span>
#include <string>

#include "app/result.h"
#include "base/result.h"
#include "domain/control.h"
#include "interchange/table.h"
#include "web/charts.h"

/// Control charts of measures, and what they find, in words.
namespace pilar::web {

/// How the reader wishes to see it.
struct ControlWish {
  std::optional<math::SpcChart> kind{};
  math::SpcRules rules = math::SpcRules::Nhs;
};
/// The trend as read, judged by the lines that the facility laid down; of a part of the answers (breakdown) by the usual ones.
Control control_of(const Measure& measure, const app::ResultView& view, const ControlWish& wish = {});

/// A measure with its chart; borrowed but for what is laid down on it.
struct ControlView {
  const Instrument& form;
  const Measure& measure;
  const Control& control;
  std::span<const app::ResultMonth> months;
  std::vector<ChartMark> marks{};
  std::vector<ProfileBreak> breaks{};
};
ControlView control_view(const Measure& measure, const Control& control, const app::ResultView& view);

/// "Sejak April 2026 rating pelayanan benar-benar membaik, bukan kebetulan": the title of a chart.
std::string finding_words(Lang lang, const ControlView& view);
/// The chart without id. Not for a series that is too short: it has no limits.
SpcChart control_chart(Lang lang, const ControlView& view);
/// Whether it changed, and whether its target can be reached, each with its sign.
void draw_change(html::Out& o, Lang lang, const ControlView& view);
/// Its points as a table; the view must outlive it.
Table control_table(Lang lang, const ControlView& view, const std::string& place);
/// The foot of the chart: its kind, points, baseline, rules with version, what is not judged, the instrument with its version.
std::vector<std::string> control_source(Lang lang, const ControlView& view);
/// How a point is drawn; ordinary where it is not judged.
Mark spc_mark(std::optional<math::SpcPointType> type);
/// "Bagan p", "Aturan NHS v1".
Message kind_words(math::SpcChart kind);
Message rules_words(math::SpcRules rules);
/// "12–66 kasus per bulan" of the complete months; empty without any.
std::string cases_words(Lang lang, const ControlView& view);

}  // namespace pilar::web
