#include "web/api_result_pages.h"

#include <array>

#include "app/result.h"
#include "i18n/messages.h"
#include "i18n/words/api.h"
#include "web/api_json.h"
#include "web/api_request.h"
#include "web/site.h"

namespace pilar::web {
namespace {

using In = ApiParameter::In;
constexpr std::array kResultParameters{
    ApiParameter{"instrument", In::Path, Msg::ApiDocInstrument, kTextSchema, "kessan", true},
    ApiParameter{"place", In::Query, Msg::ApiDocPlace, kTextSchema, "melati-contoh"},
    ApiParameter{"unit", In::Query, Msg::ApiDocUnit, kTextSchema, ""},
    ApiParameter{"from", In::Query, Msg::ApiDocFrom, kDaySchema, ""},
    ApiParameter{"to", In::Query, Msg::ApiDocTo, kDaySchema, ""},
    ApiParameter{"breakdown", In::Query, Msg::ApiDocBreakdown, R"({"type": "string", "pattern": "^[a-z0-9_]+:[a-z0-9_]+$"})", ""},
    ApiParameter{"months", In::Query, Msg::ApiDocMonths, R"({"type": "integer", "minimum": 1, "maximum": 120, "default": 24})", ""}};
constexpr std::array kResultReplies{ApiReply{200, Msg::ApiDocResult, "application/json", R"({"$ref": "#/components/schemas/Result"})"}};
constexpr std::array kResultProblems{404, 422};
constexpr ApiDoc kResultDoc{.id = "readResult",
                            .tag = "results",
                            .title = Msg::ApiDocReadResult,
                            .parameters = kResultParameters,
                            .replies = kResultReplies,
                            .problems = kResultProblems};
constexpr std::int64_t kMostMonths = 120;

void read_months_and_breakdown(Asked& asked, app::ResultQuery& query) {
  if (const auto months = asked.text("months"); !months.empty()) {
    const auto number = parse_decimal(months);
    const auto whole = number ? json::Value(*number).to_int() : std::nullopt;
    if (whole && *whole >= 1 && *whole <= kMostMonths)
      query.trend_months = static_cast<int>(*whole);
    else
      asked.wrong(Msg::ApiNotOneOf, "months", {"months", "1–120"});
  }
  const auto breakdown = asked.text("breakdown");
  if (breakdown.empty()) return;
  const auto colon = breakdown.find(':');
  if (colon == std::string_view::npos) return asked.wrong(Msg::ApiNotOneOf, "breakdown", {"breakdown", "item:option"});
  query.breakdown = app::Breakdown{std::string(breakdown.substr(0, colon)), std::string(breakdown.substr(colon + 1))};
}

http::Reply get_result(const Visit& visit) {
  Asked asked(visit, kResultDoc);
  app::ResultQuery query;
  query.instrument = visit.args.front();
  const auto* place = asked.place("place");
  query.unit = asked.unit(place);
  const auto today = civil_day(visit.context.clock.now(), place == nullptr ? Zone::Wib : place->zone);
  query.period = asked.period(period_of(month_of(today)));
  read_months_and_breakdown(asked, query);
  if (!asked.ok()) return asked.refuse();
  query.place = place->key;
  const auto view = app::read_result(visit.context, *visit.scope, query);
  if (!view) return api_refusal(visit, view.error());
  return json_reply(200, json::print(result_json(visit.lang, *view)));
}

constexpr std::array kApiResultRoutes{Route{http::Method::Get, "/api/v1/results/:arg", May::ReadResults, Work::Blocking, &get_result,
                                            "The result of an instrument, as its page shows it.", 64U << 10U, &kResultDoc}};

}  // namespace

std::span<const Route> api_result_routes() { return kApiResultRoutes; }

}  // namespace pilar::web
