#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "web/components.h"

namespace pilar::web {

/// How the values of a chart are written: digits after the mark and what stands behind ("%", " menit").
struct ValueFormat {
  std::string behind{};
  int digits = 1;
};

/// One month (or week) of a control chart. Values and limits in the chart's unit.
struct SpcPoint {
  std::string tick{}, name{};     ///< under the axis ("Des\n2024"), in full ("Desember 2024")
  std::optional<double> value{};  ///< empty: a gap
  double lower = 0, centre = 0, upper = 0;
  Mark mark = Mark::Common;
  std::string cases{};    ///< "57 dari 66"
  bool open = false;      ///< the running month: hollow, outside every verdict
  bool labelled = false;  ///< its value is written beside it
  bool few = false;       ///< rests on too little to be judged
};
struct SpcNote {
  std::size_t at = 0;  ///< index of the point
  std::string text{};  ///< what happened; letters A, B ... are given in order
  Link link{};
};
/// A control chart with all that belongs to it: the finding as title, what is measured, its points as a table, its notes
/// and `source` lines (chart, baseline, rules, source).
struct SpcChart {
  std::string id{}, finding{}, measure{};
  std::vector<SpcPoint> points{};
  std::vector<SpcNote> notes{};
  std::optional<double> target{};
  std::string target_words{};  ///< "≥ 85%"
  Axis axis{};
  double step = 0;  ///< between ticks; 0 = chosen
  ValueFormat unit{};
  std::vector<std::string> source{};
  Link file{};  ///< its points as CSV; empty: none
  bool limits = true;  ///< else only the centre line is drawn
};
void draw_spc(html::Out& o, Lang lang, const SpcChart& chart);
/// The drawing alone, small, for a card that says the rest.
void draw_small_spc(html::Out& o, Lang lang, const SpcChart& chart);

struct FunnelPoint {
  std::string name{};
  double size = 0, value = 0;  ///< e.g. number of answers, percentage
  Mark mark = Mark::Common;
  bool few = false;  ///< hollow
};
struct FunnelLimit {
  std::string name{};  ///< "95%"
  bool dashed = false;
  std::vector<double> lower{}, upper{};  ///< at FunnelChart::sizes
};
/// Facilities against their number of cases. Only those outside the widest limit are named in it; there is no ranking.
struct FunnelChart {
  std::string id{}, finding{}, measure{}, size_words{};
  std::vector<FunnelPoint> points{};
  std::vector<double> sizes{};
  std::vector<FunnelLimit> limits{};
  double centre = 0;
  Axis axis{};
  ValueFormat unit{};
  std::vector<std::string> source{};
};
void draw_funnel(html::Out& o, Lang lang, const FunnelChart& chart);

/// Several lines over one axis (premium by age, cost by year), with an optional band.
struct Line {
  std::string name{};
  std::vector<std::optional<double>> values{};
  bool dashed = false;
};
struct LineChart {
  std::string id{}, finding{}, measure{};
  std::vector<std::string> ticks{};
  std::vector<Line> lines{};
  std::vector<std::optional<double>> lower{}, upper{};  ///< the band, one a tick with gaps; empty: none
  std::vector<std::string> cases{};                     ///< "57 dari 66", one a tick; empty: none
  std::size_t open_from = SIZE_MAX;                     ///< ticks from here on are not complete: hollow, joined by a dashed line
  Axis axis{};
  ValueFormat unit{};
  std::vector<std::string> source{};
};
void draw_lines(html::Out& o, Lang lang, const LineChart& chart);

}  // namespace pilar::web
