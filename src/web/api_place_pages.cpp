#include "web/api_place_pages.h"

#include <algorithm>
#include <array>

#include "app/place.h"
#include "base/text.h"
#include "i18n/words/api.h"
#include "i18n/words/result.h"
#include "web/api_json.h"
#include "web/api_request.h"
#include "web/site.h"

namespace pilar::web {
namespace {

constexpr std::size_t kPlacesAPage = 100, kMostPlacesAPage = 1000;

using In = ApiParameter::In;
constexpr std::array kPlacesParameters{
    ApiParameter{"below", In::Query, Msg::ApiDocBelow, kTextSchema, "melati-contoh"},
    ApiParameter{"kind", In::Query, Msg::ApiDocKind,
                 R"({"type": "string", "enum": ["payer", "region", "branch", "province", "district", "facility"]})", "facility"},
    ApiParameter{"search", In::Query, Msg::ApiDocSearch, kTextSchema, ""},
    ApiParameter{"limit", In::Query, Msg::ApiDocLimit, R"({"type": "integer", "minimum": 1, "maximum": 1000, "default": 100})", "10"},
    ApiParameter{"cursor", In::Query, Msg::ApiDocCursor, kTextSchema, ""}};
constexpr std::array kPlaceParameters{ApiParameter{"place", In::Path, Msg::ApiDocPlaceCode, kTextSchema, "melati-contoh", true}};
constexpr std::array kPlacesReplies{ApiReply{200, Msg::ApiDocPlaces, "application/json",
                                             R"({"type": "object", "required": ["places", "next"], "additionalProperties": false,
    "properties": {"places": {"type": "array", "items": {"$ref": "#/components/schemas/Place"}}, "next": {"type": ["string", "null"]}}})"}};
constexpr std::array kPlaceReplies{
    ApiReply{.status = 200, .meaning = Msg::ApiDocPlaceOne, .schema = R"({"$ref": "#/components/schemas/PlaceDetail"})", .etag = true}};
constexpr std::array kPlacesProblems{404, 422};
constexpr std::array kPlaceProblems{404};
constexpr ApiDoc kPlacesDoc{.id = "listPlaces",
                            .tag = "places",
                            .title = Msg::ApiDocListPlaces,
                            .parameters = kPlacesParameters,
                            .replies = kPlacesReplies,
                            .problems = kPlacesProblems};
constexpr ApiDoc kPlaceDoc{.id = "readPlace",
                           .tag = "places",
                           .title = Msg::ApiDocReadPlace,
                           .parameters = kPlaceParameters,
                           .replies = kPlaceReplies,
                           .problems = kPlaceProblems};

bool has_words(const Node& node, const std::string& words) {
  return lower_ascii(node.name).find(words) != std::string::npos || lower_ascii(node.code).find(words) != std::string::npos;
}

http::Reply get_places(const Visit& visit) {
  Asked asked(visit, kPlacesDoc);
  const auto& organisation = visit.reference->organisation;
  const auto* below = asked.text("below").empty() ? nullptr : asked.place("below");
  const auto limit = asked.limit(kPlacesAPage, kMostPlacesAPage);
  const auto kind = parse_node_kind(asked.text("kind"));
  if (!asked.text("kind").empty() && !kind)
    asked.wrong(Msg::ApiNotOneOf, "kind", {"kind", "payer, region, branch, province, district, facility"});
  const auto search = lower_ascii(asked.text("search"));
  const auto cursor = asked.text("cursor");
  const auto after = cursor.empty() ? std::optional<std::int64_t>(0) : parse_int(cursor);
  if (!after) asked.wrong(Msg::ApiBadCursor, "cursor", {std::string(cursor)});
  if (!asked.ok()) return asked.refuse();
  json::Array places;
  json::Value next;
  std::int64_t last = 0;
  for (const auto& node : organisation.nodes()) {
    if (node.key.value <= *after || (kind && node.kind != *kind) || !has_words(node, search)) continue;
    if (below != nullptr && !organisation.is_under(node.key, below->key)) continue;
    if (!visit.scope->may(Right::ReadResults, organisation, node.key)) continue;
    if (places.size() == limit) {
      next = std::to_string(last);
      break;
    }
    places.push_back(place_json(organisation, node));
    last = node.key.value;
  }
  return json_reply(200, json::print(json::Object{{"places", std::move(places)}, {"next", std::move(next)}}));
}

json::Value place_detail_json(const Organisation& organisation, const Node& node, const app::PlaceView& view) {
  auto out = place_json(organisation, node);
  json::Array units, path, capabilities, villages;
  for (const auto& unit : organisation.units(node.key)) units.push_back(unit_json(unit));
  for (const auto* above : organisation.path_to(node.key)) path.emplace_back(above->code);
  for (const auto& capability : view.facts.capabilities) capabilities.emplace_back(capability);
  for (const auto& village : view.facts.villages) villages.emplace_back(json::Object{{"name", village.name}, {"code", village.code}});
  json::Object codes;
  for (const auto& [system, code] : view.facts.codes) codes.emplace_back(system, code);
  out.set("path", std::move(path));
  out.set("units", std::move(units));
  out.set("codes", std::move(codes));
  out.set("capabilities", std::move(capabilities));
  out.set("villages", std::move(villages));
  return out;
}

http::Reply get_place(const Visit& visit) {
  const auto& organisation = visit.reference->organisation;
  const auto* node = organisation.find(visit.args.front());
  if (node == nullptr)
    return api_refusal(visit, {{Problem::Kind::NotFound, Msg::ResultUnknownPlace, "place", {std::string(visit.args.front())}}});
  const auto view = app::read_place(visit.context, *visit.scope, node->key);
  if (!view) return api_refusal(visit, view.error());
  return with_revision(json_reply(200, json::print(place_detail_json(organisation, *node, *view))), node->version);
}

constexpr std::array kApiPlaceRoutes{
    Route{http::Method::Get, "/api/v1/places", May::ReadResults, Work::Blocking, &get_places, "Places of the organisation, page by page.",
          64U << 10U, &kPlacesDoc},
    Route{http::Method::Get, "/api/v1/places/:arg", May::ReadResults, Work::Blocking, &get_place, "One place with its units.", 64U << 10U,
          &kPlaceDoc},
};

}  // namespace

std::span<const Route> api_place_routes() { return kApiPlaceRoutes; }

}  // namespace pilar::web
