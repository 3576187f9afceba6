#include <algorithm>
#include <array>

#include "app/month_figures.h"
#include "base/text.h"
#include "i18n/messages.h"
#include "i18n/words/api.h"
#include "i18n/words/exchange.h"
#include "i18n/words/indicator.h"
#include "interchange/fhir.h"
#include "interchange/fhir_measure.h"
#include "web/api_indicator_json.h"
#include "web/api_indicator_pages.h"
#include "web/api_request.h"
#include "web/site.h"

namespace pilar::web {
namespace {

using In = ApiParameter::In;
constexpr std::string_view kExchangeMonth = R"({"type": "string", "pattern": "^[0-9]{4}-[0-9]{2}$"})";
constexpr ApiParameter kExchangePlace{"place", In::Query, Msg::ApiDocPlace, kTextSchema, "melati-contoh"};
constexpr ApiParameter kMonthNeeded{"month", In::Query, Msg::ApiDocMonth, kExchangeMonth, "2026-10", true};
constexpr std::array kDataValueParameters{kExchangePlace, kMonthNeeded,
                                          ApiParameter{"data_set", In::Query, Msg::ApiDocDataSet, kTextSchema, ""}};
constexpr std::array kMeasuresParameters{kExchangePlace};
constexpr std::array kMeasureParameters{
    ApiParameter{"indicator", In::Path, Msg::ApiDocIndicator, kTextSchema, "inm-kebersihan-tangan", true}, kExchangePlace,
    ApiParameter{"version", In::Query, Msg::ApiDocVersion, R"({"type": "integer", "minimum": 1})", "1"}};
constexpr std::array kMeasureReportParameters{kExchangePlace, kMonthNeeded};
constexpr std::string_view kAnyResource =
    R"({"type": "object", "required": ["resourceType"], "properties": {"resourceType": {"type": "string"}}, "additionalProperties": true})";
constexpr std::array kDataValueReplies{
    ApiReply{200, Msg::ApiDocDataValues, "application/json", R"({"$ref": "#/components/schemas/DataValueSet"})"}};
constexpr std::array kMeasureReplies{ApiReply{200, Msg::ApiDocFhirResource, fhir::kMediaType, kAnyResource}};
constexpr std::array kExchangeProblems{404, 422};

constexpr ApiDoc kDataValueDoc{.id = "readDataValueSet",
                               .tag = "indicators",
                               .title = Msg::ApiDocReadDataValues,
                               .parameters = kDataValueParameters,
                               .replies = kDataValueReplies,
                               .problems = kExchangeProblems};
constexpr ApiDoc kMeasuresDoc{.id = "listMeasures",
                              .tag = "fhir",
                              .title = Msg::ApiDocListMeasures,
                              .parameters = kMeasuresParameters,
                              .replies = kMeasureReplies,
                              .problems = kExchangeProblems};
constexpr ApiDoc kMeasureDoc{.id = "readMeasure",
                             .tag = "fhir",
                             .title = Msg::ApiDocReadMeasure,
                             .parameters = kMeasureParameters,
                             .replies = kMeasureReplies,
                             .problems = kExchangeProblems};
constexpr ApiDoc kMeasureReportsDoc{.id = "listMeasureReports",
                                    .tag = "fhir",
                                    .title = Msg::ApiDocListMeasureReports,
                                    .parameters = kMeasureReportParameters,
                                    .replies = kMeasureReplies,
                                    .problems = kExchangeProblems};

http::Reply measure_reply(const json::Value& resource) { return {200, std::string(fhir::kMediaType), json::print(resource), {}}; }

/// The month of the place that both documents are about.
Result<app::MonthFigures> read_asked_figures(const Visit& visit, Asked& asked) {
  const auto* place = asked.place("place");
  const auto month = parse_month(asked.text("month"));
  if (!month && !asked.text("month").empty()) asked.wrong(Msg::ApiBadMonth, "month", {"month"});
  if (!asked.ok()) return std::unexpected(asked.problems());
  return app::read_month_figures(visit.context, *visit.scope, place->key, *month);
}

http::Reply get_data_values(const Visit& visit) {
  Asked asked(visit, kDataValueDoc);
  const auto figures = read_asked_figures(visit, asked);
  if (!figures) return api_refusal(visit, figures.error());
  const auto set = data_value_set_json(visit.lang, *figures, asked.text("data_set"));
  if (!set) return api_refusal(visit, set.error());
  return json_reply(200, json::print(*set));
}

http::Reply get_measure_reports(const Visit& visit) {
  Asked asked(visit, kMeasureReportsDoc);
  const auto figures = read_asked_figures(visit, asked);
  if (!figures) return api_refusal(visit, figures.error());
  return measure_reply(fhir_month_json(*figures));
}

/// Only what has a measure can be one.
bool is_measure(const app::KamusLine& line) { return line.version->published && line.measure != nullptr; }

http::Reply get_measures(const Visit& visit) {
  Asked asked(visit, kMeasuresDoc);
  const auto* place = asked.place("place");
  if (!asked.ok()) return asked.refuse();
  const auto view = app::read_kamus_of(visit.context, *visit.scope, place->key);
  if (!view) return api_refusal(visit, view.error());
  std::vector<json::Value> all;
  for (const auto& line : view->lines)
    if (is_measure(line)) all.push_back(fhir_measure_json(*view, line, line.profile()));
  return measure_reply(fhir::search_bundle(std::move(all), {}));
}

http::Reply get_measure(const Visit& visit) {
  Asked asked(visit, kMeasureDoc);
  const auto* place = asked.place("place");
  if (!asked.ok()) return asked.refuse();
  const auto view = app::read_kamus_of(visit.context, *visit.scope, place->key);
  if (!view) return api_refusal(visit, view.error());
  const auto* line = view->find(visit.args.front());
  if (line == nullptr || !is_measure(*line))
    return api_refusal(visit, {{Problem::Kind::NotFound, Msg::IndicatorUnknown, "indicator", {std::string(visit.args.front())}}});
  const auto number = parse_int(asked.text("version"));
  for (const auto& version : line->entry->versions)
    if (version.published && (asked.text("version").empty() ? &version == line->version : number == std::int64_t{version.profile.version}))
      return measure_reply(fhir_measure_json(*view, *line, version.profile));
  return api_refusal(
      visit,
      {{Problem::Kind::NotFound, Msg::IndicatorNoVersion, "version", {line->entry->key(), std::to_string(line->profile().version)}}});
}

constexpr std::array kApiExchangeRoutes{
    Route{http::Method::Get, "/api/v1/dhis2/dataValueSets", May::ReadResults, Work::Blocking, &get_data_values,
          "A month's indicators as DHIS2 dataValueSets.", 64U << 10U, &kDataValueDoc},
    Route{http::Method::Get, "/api/v1/fhir/Measure", May::ReadResults, Work::Blocking, &get_measures,
          "The kamus indikator of a place as FHIR Measure.", 64U << 10U, &kMeasuresDoc},
    Route{http::Method::Get, "/api/v1/fhir/Measure/:arg", May::ReadResults, Work::Blocking, &get_measure, "One indicator as FHIR Measure.",
          64U << 10U, &kMeasureDoc},
    Route{http::Method::Get, "/api/v1/fhir/MeasureReport", May::ReadResults, Work::Blocking, &get_measure_reports,
          "A month's indicators as FHIR MeasureReport.", 64U << 10U, &kMeasureReportsDoc},
};

}  // namespace

std::span<const Route> api_exchange_routes() { return kApiExchangeRoutes; }

}  // namespace pilar::web
