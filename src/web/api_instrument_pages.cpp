#include "web/api_instrument_pages.h"

#include <array>

#include "i18n/words/api.h"
#include "web/api_json.h"
#include "web/api_request.h"
#include "web/site.h"
#include "web/table_reply.h"

namespace pilar::web {
namespace {

using In = ApiParameter::In;
constexpr std::array kVersionParameters{
    ApiParameter{"instrument", In::Path, Msg::ApiDocInstrument, kTextSchema, "kessan", true},
    ApiParameter{"version", In::Query, Msg::ApiDocVersion, R"({"type": "integer", "minimum": 1})", "1"}};
constexpr std::string_view kInstrumentSchema = R"({"$ref": "#/components/schemas/Instrument"})";
constexpr std::array kInstrumentsReplies{ApiReply{200, Msg::ApiDocInstruments, "application/json",
                                                  R"({"type": "object", "required": ["instruments"], "additionalProperties": false,
    "properties": {"instruments": {"type": "array", "items": {"$ref": "#/components/schemas/InstrumentHead"}}}})"}};
constexpr std::array kInstrumentReplies{ApiReply{200, Msg::ApiDocInstrumentOne, "application/json", kInstrumentSchema}};
constexpr std::array kPackReplies{ApiReply{200, Msg::ApiDocPack, "application/yaml", R"({"type": "string"})"}};
constexpr std::array kInstrumentProblems{404, 422};

constexpr ApiDoc kInstrumentsDoc{
    .id = "listInstruments", .tag = "instruments", .title = Msg::ApiDocListInstruments, .replies = kInstrumentsReplies};
constexpr ApiDoc kInstrumentDoc{.id = "readInstrument",
                                .tag = "instruments",
                                .title = Msg::ApiDocReadInstrument,
                                .parameters = kVersionParameters,
                                .replies = kInstrumentReplies,
                                .problems = kInstrumentProblems};
constexpr ApiDoc kPackDoc{.id = "readPack",
                          .tag = "instruments",
                          .title = Msg::ApiDocReadPack,
                          .parameters = kVersionParameters,
                          .replies = kPackReplies,
                          .problems = kInstrumentProblems};

http::Reply get_instruments(const Visit& visit) {
  json::Array all;
  for (const auto* version : visit.reference->latest_of_all()) all.push_back(instrument_head_json(*version));
  return json_reply(200, json::print(json::Object{{"instruments", std::move(all)}}));
}

http::Reply get_instrument(const Visit& visit) {
  Asked asked(visit, kInstrumentDoc);
  const auto* version = find_version(visit, asked);
  if (!asked.ok()) return asked.refuse();
  return json_reply(200, json::print(instrument_json(*version)));
}

http::Reply get_pack(const Visit& visit) {
  Asked asked(visit, kPackDoc);
  const auto* version = find_version(visit, asked);
  if (!asked.ok()) return asked.refuse();
  const auto name = safe_file_name(version->form.key) + "-" + std::to_string(version->form.version) + ".yaml";
  return {200, "application/yaml", version->form.content, {{"Content-Disposition", "attachment; filename=\"" + name + "\""}}};
}

constexpr std::array kApiInstrumentRoutes{
    Route{http::Method::Get, "/api/v1/instruments", May::SignedIn, Work::Blocking, &get_instruments, "The instruments, newest version.",
          64U << 10U, &kInstrumentsDoc},
    Route{http::Method::Get, "/api/v1/instruments/:arg", May::SignedIn, Work::Blocking, &get_instrument, "One version of an instrument.",
          64U << 10U, &kInstrumentDoc},
    Route{http::Method::Get, "/api/v1/instruments/:arg/pack", May::SignedIn, Work::Blocking, &get_pack, "The pack of an instrument.",
          64U << 10U, &kPackDoc},
};

}  // namespace

std::span<const Route> api_instrument_routes() { return kApiInstrumentRoutes; }

}  // namespace pilar::web
