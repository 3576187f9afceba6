#include "web/api_change_pages.h"

#include <array>

#include "app/change_feed.h"
#include "i18n/words/api.h"
#include "web/api_json.h"
#include "web/api_request.h"
#include "web/site.h"

namespace pilar::web {
namespace {

constexpr std::size_t kChangesAPage = 500, kMostChangesAPage = 1000;

using In = ApiParameter::In;
constexpr std::array kFeedParameters{
    ApiParameter{"after", In::Query, Msg::ApiDocAfter, kTextSchema, ""},
    ApiParameter{"place", In::Query, Msg::ApiDocPlace, kTextSchema, "melati-contoh"},
    ApiParameter{"limit", In::Query, Msg::ApiDocLimit, R"({"type": "integer", "minimum": 1, "maximum": 1000, "default": 500})", "50"}};
constexpr std::array kFeedReplies{ApiReply{200, Msg::ApiDocChanges, "application/json", R"({"$ref": "#/components/schemas/Changes"})"}};
constexpr std::array kFeedProblems{404, 422};
constexpr ApiDoc kFeedDoc{.id = "readChanges",
                          .tag = "changes",
                          .title = Msg::ApiDocReadChanges,
                          .parameters = kFeedParameters,
                          .replies = kFeedReplies,
                          .problems = kFeedProblems};

json::Value change_json(const app::ChangePage& page, const app::Change& change) {
  if (!change.record) return json::Object{{"type", "place"}, {"place", place_json(page.reference->organisation, *change.place)}};
  const auto& record = *change.record;
  if (!record.version->form.is_public) return json::Object{{"type", "record"}, {"number", change.number}, {"record", record_json(record)}};
  return json::Object{{"type", "answers"},
                      {"facility", record.node->code},
                      {"unit", record.unit == nullptr ? json::Value() : json::Value(record.unit->code)},
                      {"instrument", record.version->form.key},
                      {"day", iso(record.record.day)}};
}

http::Reply get_changes(const Visit& visit) {
  Asked asked(visit, kFeedDoc);
  app::ChangeQuery query;
  if (const auto* place = asked.place("place")) query.place = place->key;
  query.limit = asked.limit(kChangesAPage, kMostChangesAPage);
  if (const auto after = asked.text("after"); !after.empty()) {
    auto cursor = app::parse_change_cursor(after, visit.context.signing_key);
    if (cursor)
      query.after = *std::move(cursor);
    else
      asked.wrong(Msg::ApiBadCursor, "after", {std::string(after.substr(0, 60))});
  }
  if (!asked.ok()) return asked.refuse();
  const auto page = app::read_changes(visit.context, *visit.scope, query);
  if (!page) return api_refusal(visit, page.error());
  json::Array changes;
  for (const auto& change : page->changes) changes.push_back(change_json(*page, change));
  return json_reply(
      200, json::print(json::Object{
               {"changes", std::move(changes)}, {"cursor", app::text(page->next, visit.context.signing_key)}, {"more", page->more}}));
}

constexpr std::array kFeedRoutes{Route{http::Method::Get, "/api/v1/changes", May::ReadRecords, Work::Blocking, &get_changes,
                                       "What changed since a cursor.", 64U << 10U, &kFeedDoc}};

}  // namespace

std::span<const Route> api_change_routes() { return kFeedRoutes; }

}  // namespace pilar::web
