#include "web/api_indicator_pages.h"

#include <algorithm>
#include <array>

#include "app/indicator_months.h"
#include "app/month_report.h"
#include "base/text.h"
#include "i18n/words/api.h"
#include "i18n/words/exchange.h"
#include "i18n/words/indicator.h"
#include "web/api_indicator_json.h"
#include "web/api_request.h"
#include "web/site.h"

namespace pilar::web {
namespace {

using In = ApiParameter::In;
constexpr int kUsualMonths = 12;
constexpr std::string_view kMonthSchema = R"({"type": "string", "pattern": "^[0-9]{4}-[0-9]{2}$"})";
constexpr std::string_view kMonthsSchema = R"({"type": "integer", "minimum": 1, "maximum": 24, "default": 12})";
constexpr ApiParameter kPlaceOf{"place", In::Query, Msg::ApiDocPlace, kTextSchema, "melati-contoh"};
constexpr ApiParameter kUntil{"until", In::Query, Msg::ApiDocUntil, kMonthSchema, ""};
constexpr ApiParameter kMonthCount{"months", In::Query, Msg::ApiDocMonthCount, kMonthsSchema, "3"};
constexpr std::array kIndicatorsParameters{
    kPlaceOf, ApiParameter{"area", In::Query, Msg::ApiDocArea, R"({"type": "string", "enum": ["admen", "ukm", "ukp", "kmp"]})", "ukp"}};
constexpr std::array kIndicatorParameters{
    ApiParameter{"indicator", In::Path, Msg::ApiDocIndicator, kTextSchema, "inm-kebersihan-tangan", true}, kPlaceOf,
    ApiParameter{"version", In::Query, Msg::ApiDocVersion, R"({"type": "integer", "minimum": 1})", "1"}};
constexpr std::array kValuesParameters{kPlaceOf, ApiParameter{"unit", In::Query, Msg::ApiDocUnit, kTextSchema, ""},
                                       ApiParameter{"indicator", In::Query, Msg::ApiDocIndicator, kTextSchema, ""}, kUntil, kMonthCount};
constexpr std::array kReportsParameters{kPlaceOf, kUntil, kMonthCount};
constexpr std::array kReportParameters{ApiParameter{"month", In::Path, Msg::ApiDocMonth, kMonthSchema, "2026-10", true}, kPlaceOf};

constexpr std::array kIndicatorsReplies{ApiReply{200, Msg::ApiDocIndicators, "application/json",
                                                 R"({"type": "object", "required": ["place", "indicators"], "additionalProperties": false,
    "properties": {"place": {"type": "string"}, "indicators": {"type": "array", "items": {"$ref": "#/components/schemas/IndicatorHead"}}}})"}};
constexpr std::array kIndicatorReplies{
    ApiReply{200, Msg::ApiDocIndicatorOne, "application/json", R"({"$ref": "#/components/schemas/Indicator"})"}};
constexpr std::array kValuesReplies{
    ApiReply{200, Msg::ApiDocIndicatorValues, "application/json",
             R"({"type": "object", "required": ["place", "unit", "as_of", "indicators"], "additionalProperties": false,
    "properties": {"place": {"type": "string"}, "unit": {"type": ["string", "null"]}, "as_of": {"type": "string", "format": "date-time"},
      "indicators": {"type": "array", "items": {"$ref": "#/components/schemas/IndicatorMonths"}}}})"}};
constexpr std::array kReportsReplies{
    ApiReply{200, Msg::ApiDocMonthReports, "application/json",
             R"({"type": "object", "required": ["place", "as_of", "reports"], "additionalProperties": false,
    "properties": {"place": {"type": "string"}, "as_of": {"type": "string", "format": "date-time"},
      "reports": {"type": "array", "items": {"$ref": "#/components/schemas/MonthReportHead"}}}})"}};
constexpr std::array kReportReplies{
    ApiReply{200, Msg::ApiDocMonthReport, "application/json", R"({"$ref": "#/components/schemas/MonthReport"})"}};
constexpr std::array kIndicatorProblems{404, 422};

constexpr ApiDoc kIndicatorsDoc{.id = "listIndicators",
                                .tag = "indicators",
                                .title = Msg::ApiDocListIndicators,
                                .parameters = kIndicatorsParameters,
                                .replies = kIndicatorsReplies,
                                .problems = kIndicatorProblems};
constexpr ApiDoc kIndicatorDoc{.id = "readIndicator",
                               .tag = "indicators",
                               .title = Msg::ApiDocReadIndicator,
                               .parameters = kIndicatorParameters,
                               .replies = kIndicatorReplies,
                               .problems = kIndicatorProblems};
constexpr ApiDoc kValuesDoc{.id = "listIndicatorValues",
                            .tag = "indicators",
                            .title = Msg::ApiDocListIndicatorValues,
                            .parameters = kValuesParameters,
                            .replies = kValuesReplies,
                            .problems = kIndicatorProblems};
constexpr ApiDoc kReportsDoc{.id = "listMonthReports",
                             .tag = "indicators",
                             .title = Msg::ApiDocListMonthReports,
                             .parameters = kReportsParameters,
                             .replies = kReportsReplies,
                             .problems = kIndicatorProblems};
constexpr ApiDoc kReportDoc{.id = "readMonthReport",
                            .tag = "indicators",
                            .title = Msg::ApiDocReadMonthReport,
                            .parameters = kReportParameters,
                            .replies = kReportReplies,
                            .problems = kIndicatorProblems};

Month running_month(const Visit& visit, const Node* place) {
  return month_of(civil_day(visit.context.clock.now(), place == nullptr ? Zone::Wib : place->zone));
}

/// The month that "until" names; the running one without it.
Month asked_until(const Visit& visit, Asked& asked, const Node* place) {
  const auto running = running_month(visit, place);
  const auto given = asked.text("until");
  if (given.empty()) return running;
  const auto month = parse_month(given);
  if (!month) asked.wrong(Msg::ApiBadMonth, "until", {"until"});
  if (month && running < *month) asked.wrong(Msg::MonthNotBegun, "until", {iso(*month)});
  return month.value_or(running);
}

int asked_months(Asked& asked) {
  const auto given = asked.text("months");
  if (given.empty()) return kUsualMonths;
  const auto number = parse_int(given);
  if (number && *number >= 1 && *number <= app::kIndicatorMonths) return static_cast<int>(*number);
  asked.wrong(Msg::ApiNotOneOf, "months", {"months", "1–24"});
  return kUsualMonths;
}

http::Reply get_indicators_json(const Visit& visit) {
  Asked asked(visit, kIndicatorsDoc);
  const auto* place = asked.place("place");
  const auto area = find_value(service_areas(), asked.text("area"));
  if (!asked.text("area").empty() && !area) asked.wrong(Msg::ApiNotOneOf, "area", {"area", "admen, ukm, ukp, kmp"});
  if (!asked.ok()) return asked.refuse();
  const auto view = app::read_kamus_of(visit.context, *visit.scope, place->key);
  if (!view) return api_refusal(visit, view.error());
  json::Array all;
  for (const auto& line : view->lines)
    if (line.version->published && (!area || line.profile().area == *area)) all.push_back(indicator_head_json(*view, line, line.profile()));
  return json_reply(200, json::print(json::Object{{"place", place->code}, {"indicators", std::move(all)}}));
}

/// The published version that is asked for; null where there is none.
const Indicator* asked_profile(Asked& asked, const app::KamusLine& line) {
  const auto wanted = asked.text("version");
  if (wanted.empty()) return &line.profile();
  const auto number = parse_int(wanted);
  for (const auto& version : line.entry->versions)
    if (version.published && number == std::int64_t{version.profile.version}) return &version.profile;
  asked.wrong(Msg::IndicatorNoVersion, "version", {line.entry->key(), std::to_string(line.profile().version)}, Problem::Kind::NotFound);
  return nullptr;
}

http::Reply get_indicator_json(const Visit& visit) {
  Asked asked(visit, kIndicatorDoc);
  const auto* place = asked.place("place");
  if (!asked.ok()) return asked.refuse();
  const auto view = app::read_kamus_of(visit.context, *visit.scope, place->key);
  if (!view) return api_refusal(visit, view.error());
  const auto* line = view->find(visit.args.front());
  if (line == nullptr || !line->version->published)
    return api_refusal(visit, {{Problem::Kind::NotFound, Msg::IndicatorUnknown, "indicator", {std::string(visit.args.front())}}});
  const auto* profile = asked_profile(asked, *line);
  if (profile == nullptr) return asked.refuse();
  return json_reply(200, json::print(indicator_json(*view, *line, *profile)));
}

http::Reply get_indicator_values(const Visit& visit) {
  Asked asked(visit, kValuesDoc);
  const auto* place = asked.place("place");
  const auto unit = asked.unit(place);
  const auto until = asked_until(visit, asked, place);
  const auto count = asked_months(asked);
  if (!asked.ok()) return asked.refuse();
  const auto months = app::read_indicator_months(visit.context, *visit.scope, place->key, until, unit);
  if (!months) return api_refusal(visit, months.error());
  const auto wanted = asked.text("indicator");
  json::Array all;
  for (const auto& series : months->series)
    if (wanted.empty() || series.line->entry->key() == wanted) all.push_back(indicator_months_json(*months, series, count));
  if (all.empty() && !wanted.empty()) return api_refusal(visit, {{Problem::Kind::NotFound, Msg::IndicatorNotInUse, "indicator", {}}});
  return json_reply(200, json::print(json::Object{{"place", place->code},
                                                  {"unit", unit ? json::Value(asked.text("unit")) : json::Value()},
                                                  {"as_of", iso(months->as_of, place->zone)},
                                                  {"indicators", std::move(all)}}));
}

http::Reply get_month_reports_json(const Visit& visit) {
  Asked asked(visit, kReportsDoc);
  const auto* place = asked.place("place");
  const auto until = asked_until(visit, asked, place);
  const auto count = asked_months(asked);
  if (!asked.ok()) return asked.refuse();
  const auto reports = app::read_month_reports(visit.context, *visit.scope, place->key, until);
  if (!reports) return api_refusal(visit, reports.error());
  json::Array all;
  for (const auto& card : reports->cards)
    if (until.value - count < card.month.value) all.push_back(month_head_json(*reports, card));
  return json_reply(200, json::print(json::Object{
                             {"place", place->code}, {"as_of", iso(reports->months.as_of, place->zone)}, {"reports", std::move(all)}}));
}

http::Reply get_month_report_json(const Visit& visit) {
  Asked asked(visit, kReportDoc);
  const auto* place = asked.place("place");
  const auto month = parse_month(visit.args.front());
  if (!month) asked.wrong(Msg::ApiBadMonth, "month", {"month"}, Problem::Kind::NotFound);
  if (!asked.ok()) return asked.refuse();
  if (running_month(visit, place) < *month)
    return api_refusal(visit, {{Problem::Kind::NotFound, Msg::MonthNotBegun, "month", {iso(*month)}}});
  const auto reports = app::read_month_reports(visit.context, *visit.scope, place->key, *month);
  if (!reports) return api_refusal(visit, reports.error());
  return json_reply(200, json::print(month_report_json(*reports, *reports->find(*month))));
}

constexpr std::array kApiIndicatorRoutes{
    Route{http::Method::Get, "/api/v1/indicators", May::ReadResults, Work::Blocking, &get_indicators_json,
          "The kamus indikator of a place.", 64U << 10U, &kIndicatorsDoc},
    Route{http::Method::Get, "/api/v1/indicators/:arg", May::ReadResults, Work::Blocking, &get_indicator_json,
          "One version of an indicator's profile.", 64U << 10U, &kIndicatorDoc},
    Route{http::Method::Get, "/api/v1/indicator-values", May::ReadResults, Work::Blocking, &get_indicator_values,
          "The indicators of a facility month by month.", 64U << 10U, &kValuesDoc},
    Route{http::Method::Get, "/api/v1/month-reports", May::ReadResults, Work::Blocking, &get_month_reports_json,
          "The monthly indicator reports of a facility.", 64U << 10U, &kReportsDoc},
    Route{http::Method::Get, "/api/v1/month-reports/:arg", May::ReadResults, Work::Blocking, &get_month_report_json,
          "The indicator report of a month with what was sent.", 64U << 10U, &kReportDoc},
};

}  // namespace

std::span<const Route> api_indicator_routes() { return kApiIndicatorRoutes; }

}  // namespace pilar::web
