#include "web/api_calc_pages.h"

#include <array>

#include "app/calc.h"
#include "base/json.h"
#include "i18n/messages.h"
#include "i18n/words/api.h"
#include "web/api_doc.h"
#include "web/site.h"

namespace pilar::web {
namespace {

http::Reply get_methods(const Visit& visit) {
  json::Array all;
  for (const auto* method : calc::methods())
    all.emplace_back(json::Object{{"method", calc::name(*method)}, {"summary", calc::summary(*method, visit.lang)}});
  return json_reply(200, json::print(json::Object{{"methods", std::move(all)}}));
}

http::Reply get_schema(const Visit& visit) {
  const auto* method = calc::find(visit.args.front());
  if (method == nullptr) {
    const auto unknown = calc::unknown_method(visit.args.front(), visit.lang);
    return json_reply(unknown.http_status, json::print(unknown.body));
  }
  return json_reply(200, json::print(calc::schema(*method)));
}

http::Reply post_calc(const Visit& visit) {
  const auto answer = calc::run(visit.args.front(), visit.request.body, visit.lang);
  return json_reply(answer.http_status, json::print(answer.body));
}

constexpr std::array kMethodParameters{ApiParameter{"method", ApiParameter::In::Path, Msg::ApiDocMethod, kTextSchema, "proportion", true}};
constexpr std::array kMethodsReplies{
    ApiReply{200, Msg::ApiDocMethods, "application/json",
             R"({"type": "object", "required": ["methods"], "additionalProperties": false, "properties": {"methods": {"type": "array",
             "items": {"type": "object", "required": ["method", "summary"], "additionalProperties": false,
             "properties": {"method": {"type": "string"}, "summary": {"type": "string"}}}}}})",
             R"({"methods": [{"method": "proportion", "summary": "Proporsi dengan selang Wilson."}]})"}};
constexpr std::string_view kCalcError = R"({"$ref": "#/components/schemas/CalcError"})";
constexpr std::array kSchemaReplies{
    ApiReply{200, Msg::ApiDocMethodSchema, "application/json", R"({"type": "object"})", R"({"type": "object"})"},
    ApiReply{404, Msg::ApiDocUnknownMethod, "application/json", kCalcError}};
constexpr std::array kCalcBodies{ApiBody{"application/json", R"({"type": "object"})", R"({"x": 81, "n": 263})"}};
constexpr std::array kCalcReplies{ApiReply{200, Msg::ApiDocCalculated, "application/json", R"({"type": "object"})"},
                                  ApiReply{404, Msg::ApiDocUnknownMethod, "application/json", kCalcError},
                                  ApiReply{422, Msg::ApiDocCalcRefused, "application/json", kCalcError}};
constexpr ApiDoc kMethodsDoc{.id = "listMethods", .tag = "calc", .title = Msg::ApiDocListMethods, .replies = kMethodsReplies};
constexpr ApiDoc kSchemaDoc{
    .id = "readMethod", .tag = "calc", .title = Msg::ApiDocReadMethod, .parameters = kMethodParameters, .replies = kSchemaReplies};
constexpr ApiDoc kCalcDoc{.id = "calculate",
                          .tag = "calc",
                          .title = Msg::ApiDocCalculate,
                          .parameters = kMethodParameters,
                          .bodies = kCalcBodies,
                          .replies = kCalcReplies};

constexpr std::array kCalcRoutes{
    Route{http::Method::Get, "/api/v1/calc", May::Anyone, Work::Quick, &get_methods, "The methods of calculation.", 64U << 10U,
          &kMethodsDoc},
    Route{http::Method::Get, "/api/v1/calc/:arg", May::Anyone, Work::Quick, &get_schema, "The input of a method as JSON Schema.",
          64U << 10U, &kSchemaDoc},
    Route{http::Method::Post, "/api/v1/calc/:arg", May::Anyone, Work::Blocking, &post_calc, "Runs a method.", calc::kMaxBytes, &kCalcDoc},
};

}  // namespace

std::span<const Route> api_calc_routes() { return kCalcRoutes; }

}  // namespace pilar::web
