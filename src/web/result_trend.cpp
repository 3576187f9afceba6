#include <algorithm>
#include <cmath>

#include "i18n/format.h"
#include "i18n/messages.h"
#include "i18n/words/result.h"
#include "web/charts.h"
#include "web/event_gap_chart.h"
#include "web/result_control.h"
#include "web/result_parts.h"
#include "web/result_words.h"
#include "web/words.h"

namespace pilar::web {
namespace {

struct TrendData {
  LineChart chart;
  std::vector<double> seen;    ///< values of complete months
  std::int64_t fewest = 0, most = 0;
  double low = 0, high = 0;    ///< of values and bands
  bool empty = true;           ///< no value yet
};

/// Widens the range that is shown; the first value makes it.
void note_value(TrendData& data, double value) {
  data.low = data.empty ? value : std::min(data.low, value);
  data.high = data.empty ? value : std::max(data.high, value);
  data.empty = false;
}

void note_month(TrendData& data, const Told& told, bool running) {
  auto& chart = data.chart;
  if (running) chart.open_from = std::min(chart.open_from, chart.ticks.size() - 1);
  chart.lines.front().values.push_back(told.point);
  const auto reach = running ? std::nullopt : told.reach;
  chart.lower.push_back(reach ? std::optional(reach->low) : std::nullopt);
  chart.upper.push_back(reach ? std::optional(reach->high) : std::nullopt);
  chart.cases.push_back(told.point ? told.cases : std::string(format::kNone));
  if (!told.point) return;
  note_value(data, *told.point);
  if (reach) {
    note_value(data, reach->low);
    note_value(data, reach->high);
  }
  if (running) return;
  data.fewest = data.seen.empty() ? told.n : std::min(data.fewest, told.n);
  data.most = std::max(data.most, told.n);
  data.seen.push_back(*told.point);
}

TrendData gather_trend(const ResultPage& page) {
  TrendData data;
  const auto& measure = *page.headline->measure;
  data.chart.lines = {{measure.title.in(page.lang), {}, false}};
  for (const auto& month : page.view.trend) {
    const auto* reading = find_measure(month.measures, &measure);
    const auto told = reading == nullptr ? Told{} : tell(page.lang, page.form(), *reading);
    data.chart.ticks.push_back(format::short_month(page.lang, month.month));
    note_month(data, told, month.running);
  }
  return data;
}

/// What is seen, without claiming that it is more than chance.
std::string seen_words(const ResultPage& page, const TrendData& data) {
  const auto& measure = *page.headline->measure;
  const auto title = measure.title.in(page.lang);
  if (data.seen.empty()) return say(page.lang, Msg::ResultTrendNone, {title});
  if (data.seen.size() == 1) return say(page.lang, Msg::ResultTrendOne, {title});
  const auto unit = unit_of(page.form(), measure);
  const auto [low, high] = std::ranges::minmax(data.seen);
  return say(page.lang, Msg::ResultTrendRange,
             {title, format::number(page.lang, low, unit.digits) + unit.behind, format::number(page.lang, high, unit.digits) + unit.behind,
              format::number(page.lang, std::ssize(data.seen))});
}

/// Shares and indices keep their top; the bottom is cut to a round number below what is shown.
Axis trend_axis(const ResultPage& page, const TrendData& data) {
  auto axis = axis_of(page.form(), *page.headline->measure, data.high);
  const auto kind = page.headline->measure->kind;
  if (is_open_ended(*page.headline->measure)) return axis;
  if (kind == MeasureKind::Rating) {
    axis.low = std::max(axis.low, std::floor(data.low - 0.2));
    return axis;
  }
  axis.low = std::max(0.0, std::floor((data.low - 5) / 10) * 10);
  return axis;
}

/// Months with their intervals, for a series that is too short for limits.
void draw_short_trend(html::Out& o, const ResultPage& page) {
  const auto lang = page.lang;
  auto data = gather_trend(page);
  if (data.seen.empty() && page.view.is_empty) return;
  auto& chart = data.chart;
  chart.id = "tren";
  chart.finding = seen_words(page, data);
  chart.axis = trend_axis(page, data);
  chart.unit = unit_of(page.form(), *page.headline->measure);
  const auto from = format::number(lang, chart.axis.low, 0) + chart.unit.behind;
  const bool band = std::ranges::any_of(chart.lower, [](const auto& one) { return one.has_value(); });
  chart.measure = say(lang, band ? Msg::ResultTrendMeasureBand : Msg::ResultTrendMeasure, {from});
  if (!data.seen.empty())
    chart.source.push_back(
        say(lang, Msg::ResultTrendCases,
            {data.fewest == data.most ? format::number(lang, data.most)
                                      : format::range(format::number(lang, data.fewest), format::number(lang, data.most))}));
  chart.source.push_back(words(lang, Msg::ResultNoLimitsYet));
  chart.source.push_back(version_words(lang, page.form()) + (page.form().mark.empty() ? "" : ", " + page.form().mark.in(lang)));
  draw_lines(o, lang, chart);
}

}  // namespace

void draw_trend(html::Out& o, const ResultPage& page) {
  if (page.headline == nullptr || page.view.trend.empty()) return;
  if (page.gaps != nullptr) return draw_gap_chart(o, page);
  const auto& measure = *page.headline->measure;
  // What accumulates through the year rises by itself: limits would mean nothing.
  if (is_cumulative(page.form(), measure)) return draw_short_trend(o, page);
  const auto control = control_of(measure, page.view, {page.address.chart, page.address.rules});
  if (control.months < kControlMonths) return draw_short_trend(o, page);
  const auto view = control_view(measure, control, page.view);
  auto chart = control_chart(page.lang, view);
  chart.id = "tren";
  chart.file = {words(page.lang, Msg::ResultDownload), page.address.href("/bagan.csv")};
  draw_spc(o, page.lang, chart);
}

}  // namespace pilar::web
