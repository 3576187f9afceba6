#include "web/indicator_words.h"

#include <algorithm>
#include <vector>

#include "app/month_report.h"
#include "i18n/messages.h"
#include "i18n/words/indicator.h"
#include "i18n/words/result.h"
#include "web/drawings.h"
#include "web/result_control.h"
#include "web/result_words.h"
#include "web/words.h"

namespace pilar::web {

IndicatorTold tell_indicator(Lang lang, const app::IndicatorSeries& series, Month month) {
  const auto now = app::value_now(series, month);
  IndicatorTold out{.point = now.point, .numerator = now.numerator, .denominator = now.denominator};
  if (!now.point) {
    out.state = words(lang, now.collected ? Msg::IndicatorNoCases : Msg::IndicatorNotCollected);
    return out;
  }
  const auto* reading = series.reading(month);
  const auto told = tell(lang, series.line->form->form, *reading);
  out.value = told.value;
  out.cases = told.cases;
  out.over = told.over;
  out.few = told.n < kFew && series.measure->kind != MeasureKind::Ratio && series.measure->kind != MeasureKind::Sum;
  out.met = meets_target(*reading);
  if (out.met) out.state = words(lang, *out.met ? Msg::ResultTargetReached : Msg::ResultTargetMissed);
  return out;
}

void draw_series_line(html::Out& o, Lang lang, const app::IndicatorSeries& series) {
  std::vector<std::optional<double>> values;
  double highest = 0, sum = 0, known = 0;
  for (const auto& month : series.months) {
    values.push_back(month.running ? std::nullopt : tell(lang, series.line->form->form, month.measures.front()).point);
    if (!values.back()) continue;
    highest = std::max(highest, *values.back());
    sum += *values.back();
    ++known;
  }
  if (known < 2) return;
  const auto finding = finding_words(lang, {series.line->form->form, *series.measure, series.control, series.months});
  draw_sparkline(o, axis_of(series.line->form->form, *series.measure, highest), values, sum / known, finding);
}

}  // namespace pilar::web
