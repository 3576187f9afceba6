#pragma once
#include "app/month_figures.h"
#include "app/month_report.h"
#include "base/json.h"
#include "domain/indicator_value.h"
#include "i18n/lang.h"

/// Indicators and their months as JSON; each has a schema of its name in api_schemas().
namespace pilar::web {

json::Value indicator_head_json(const app::KamusView& view, const app::KamusLine& line, const Indicator& profile);
/// One published version of it.
json::Value indicator_json(const app::KamusView& view, const app::KamusLine& line, const Indicator& profile);
IndicatorValue api_value(const app::SentValue& value);
json::Value indicator_value_json(const IndicatorValue& value);
/// The last `months` months up to the one that was asked for, also those before anything was collected.
json::Value indicator_months_json(const app::IndicatorMonths& all, const app::IndicatorSeries& series, int months);
json::Value month_head_json(const app::MonthReports& reports, const app::MonthCard& card);
json::Value month_report_json(const app::MonthReports& reports, const app::MonthCard& card);

/// The month for DHIS2: facilities and indicators that have codes there, of the data set where one is named. Problems: nothing has both.
Result<json::Value> data_value_set_json(Lang lang, const app::MonthFigures& figures, std::string_view data_set);
/// The Measure of a published profile.
json::Value fhir_measure_json(const app::KamusView& view, const app::KamusLine& line, const Indicator& profile);
/// A searchset of MeasureReports with the Measures that they name.
json::Value fhir_month_json(const app::MonthFigures& figures);

}  // namespace pilar::web
