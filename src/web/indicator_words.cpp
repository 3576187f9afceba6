#include "web/indicator_words.h"

#include <algorithm>
#include <vector>

#include "i18n/messages.h"
#include "web/drawings.h"
#include "web/result_control.h"
#include "web/result_words.h"
#include "web/words.h"

namespace pilar::web {

IndicatorTold tell_indicator(Lang lang, const app::IndicatorSeries& series, Month month) {
  IndicatorTold out;
  const auto* found = series.month(month);
  const auto* reading = series.reading(month);
  if (reading == nullptr) {
    out.state = words(lang, Msg::IndicatorNotCollected);
    return out;
  }
  const auto told = tell(lang, series.line->form->form, *reading);
  out.point = told.point;
  if (is_share(*series.measure) && reading->share.denominator > 0) {
    out.numerator = reading->share.numerator;
    out.denominator = reading->share.denominator;
  }
  if (!told.point) {
    out.state = words(lang, found->records > 0 ? Msg::IndicatorNoCases : Msg::IndicatorNotCollected);
    return out;
  }
  out.value = told.value;
  out.cases = told.cases;
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
