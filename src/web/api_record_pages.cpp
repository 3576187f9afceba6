#include "web/api_record_pages.h"

#include <algorithm>
#include <array>

#include "app/intake.h"
#include "app/record_again.h"
#include "app/record_list.h"
#include "app/record_reading.h"
#include "base/text.h"
#include "domain/reason.h"
#include "i18n/messages.h"
#include "i18n/words/access.h"
#include "i18n/words/answer.h"
#include "i18n/words/api.h"
#include "web/api_json.h"
#include "web/api_request.h"
#include "web/site.h"

namespace pilar::web {
namespace {

constexpr std::size_t kRecordsAReply = 100, kMostRecordsAPage = 1000, kChangeBytes = 1U << 20U;
constexpr int kPreconditionFailed = 412, kPreconditionRequired = 428;
constexpr Period kAllDays{{-36'525}, {109'573}};  // 1870 to 2270: whatever a record's day may be

using In = ApiParameter::In;
constexpr ApiParameter kFacilityParameter{"facility", In::Path, Msg::ApiDocFacility, kTextSchema, "melati-contoh", true};
constexpr ApiParameter kRecordParameter{
    "id", In::Path, Msg::ApiDocRecordId, R"({"type": "string", "format": "uuid"})", "018f2f6a-0000-7000-8000-000000000001", true};
constexpr ApiParameter kIfMatchParameter{"If-Match", In::Header, Msg::ApiDocIfMatch, R"({"type": "string", "pattern": "^\"[0-9]+\"$"})",
                                         "\"1\"",    true};
constexpr std::array kOneParameters{kFacilityParameter, kRecordParameter};
constexpr std::array kChangeParameters{kFacilityParameter, kRecordParameter, kIfMatchParameter};
constexpr std::array kListParameters{
    ApiParameter{"instrument", In::Query, Msg::ApiDocInstrument, kTextSchema, "kunjungan-bulanan", true},
    ApiParameter{"place", In::Query, Msg::ApiDocPlace, kTextSchema, "melati-contoh"},
    ApiParameter{"unit", In::Query, Msg::ApiDocUnit, kTextSchema, ""},
    ApiParameter{"from", In::Query, Msg::ApiDocFrom, kDaySchema, "2025-01"},
    ApiParameter{"to", In::Query, Msg::ApiDocTo, kDaySchema, ""},
    ApiParameter{"state", In::Query, Msg::ApiDocState, R"({"type": "string", "enum": ["valid", "voided", "flagged"]})", "valid"},
    ApiParameter{"item", In::Query, Msg::ApiDocItem, kTextSchema, ""},
    ApiParameter{"limit", In::Query, Msg::ApiDocLimit, R"({"type": "integer", "minimum": 1, "maximum": 1000, "default": 100})", "10"},
    ApiParameter{"cursor", In::Query, Msg::ApiDocCursor, kTextSchema, ""}};

constexpr std::string_view kRecordSchema = R"({"$ref": "#/components/schemas/Record"})";
constexpr std::string_view kSavedRef = R"({"$ref": "#/components/schemas/Saved"})";
constexpr std::array kOneReplies{ApiReply{.status = 200, .meaning = Msg::ApiDocRecord, .schema = kRecordSchema, .etag = true}};
constexpr std::array kListReplies{ApiReply{200, Msg::ApiDocRecords, "application/json",
                                           R"({"type": "object", "required": ["records", "next"], "additionalProperties": false,
    "properties": {"records": {"type": "array", "items": {"anyOf": [{"$ref": "#/components/schemas/Record"},
    {"$ref": "#/components/schemas/RecordAnswer"}]}}, "next": {"type": ["string", "null"]}}})"}};
constexpr std::array kChangeReplies{ApiReply{.status = 200, .meaning = Msg::ApiDocChanged, .schema = kSavedRef, .etag = true}};
constexpr std::array kCorrectBodies{
    ApiBody{"application/json", R"({"$ref": "#/components/schemas/Correction"})",
            R"({"at": "2026-10-31T14:00:00+07:00", "answers": {"rawat_jalan": 821, "rawat_inap": 31}, "reason": "Salah ketik"})"}};
constexpr std::array kVoidBodies{ApiBody{"application/json", R"({"$ref": "#/components/schemas/Voiding"})", R"({"reason": "Data ganda"})"}};
constexpr std::array kListProblems{404, 422};
constexpr std::array kOneProblems{404};
constexpr std::array kChangeProblems{404, 409, 412, 422, 428};

constexpr ApiDoc kListDoc{.id = "listRecords",
                          .tag = "records",
                          .title = Msg::ApiDocListRecords,
                          .parameters = kListParameters,
                          .replies = kListReplies,
                          .problems = kListProblems};
constexpr ApiDoc kOneDoc{.id = "readRecord",
                         .tag = "records",
                         .title = Msg::ApiDocReadRecord,
                         .parameters = kOneParameters,
                         .replies = kOneReplies,
                         .problems = kOneProblems};
constexpr ApiDoc kCorrectDoc{.id = "correctRecord",
                             .tag = "records",
                             .title = Msg::ApiDocCorrectRecord,
                             .parameters = kChangeParameters,
                             .bodies = kCorrectBodies,
                             .replies = kChangeReplies,
                             .problems = kChangeProblems};
constexpr ApiDoc kVoidDoc{.id = "voidRecord",
                          .tag = "records",
                          .title = Msg::ApiDocVoidRecord,
                          .parameters = kChangeParameters,
                          .bodies = kVoidBodies,
                          .replies = kChangeReplies,
                          .problems = kChangeProblems};

struct RecordAddress {
  const Node* facility = nullptr;
  Uuid id;
};

Result<RecordAddress> record_address(const Visit& visit) {
  const auto* facility = facility_of(visit, visit.args[0]);
  if (facility == nullptr) return refuse(Problem::Kind::NotFound, Msg::RecordUnknownFacility, "facility", {std::string(visit.args[0]), ""});
  const auto id = parse_uuid(visit.args[1]);
  if (!id) return refuse(Problem::Kind::NotFound, Msg::RecordNotFound, "id");
  return RecordAddress{facility, *id};
}

/// The answers to one item, of an instrument for the public: no id, no moment, no order.
http::Reply list_answers(const Visit& visit, const app::WholeRecordQuery& query, Asked& asked) {
  app::RecordListQuery items{.instrument = query.instrument,
                             .facility = query.place,
                             .unit = query.unit,
                             .from = query.from,
                             .to = query.to,
                             .item = std::string(asked.text("item")),
                             .after = {},
                             .limit = static_cast<std::int64_t>(query.limit)};
  if (const auto cursor = asked.text("cursor"); !cursor.empty()) {
    items.after = app::parse_list_position(cursor);
    if (!items.after) asked.wrong(Msg::ApiBadCursor, "cursor", {std::string(cursor)});
  }
  if (!asked.ok()) return asked.refuse();
  const auto list = app::list_records(visit.context, *visit.scope, items);
  if (!list) return api_refusal(visit, list.error());
  json::Array lines;
  for (const auto& line : list->lines)
    if (!query.state || *query.state == line.state) lines.push_back(seen_line_json(*list, line));
  return json_reply(200, json::print(json::Object{{"records", std::move(lines)},
                                                  {"next", list->next ? json::Value(app::text(*list->next)) : json::Value()}}));
}

http::Reply list_whole(const Visit& visit, app::WholeRecordQuery query, Asked& asked) {
  if (const auto cursor = asked.text("cursor"); !cursor.empty()) {
    query.after = app::parse_record_position(cursor);
    if (!query.after) asked.wrong(Msg::ApiBadCursor, "cursor", {std::string(cursor)});
  }
  if (!asked.ok()) return asked.refuse();
  const auto page = app::list_whole_records(visit.context, *visit.scope, query);
  if (!page) return api_refusal(visit, page.error());
  json::Array records;
  for (const auto& record : page->records) records.push_back(record_json(record));
  return json_reply(200, json::print(json::Object{{"records", std::move(records)},
                                                  {"next", page->next ? json::Value(app::text(*page->next)) : json::Value()}}));
}

http::Reply get_list(const Visit& visit) {
  Asked asked(visit, kListDoc);
  app::WholeRecordQuery query;
  query.instrument = asked.text("instrument");
  const auto* place = asked.place("place");
  if (place != nullptr) query.place = place->key;
  query.unit = asked.unit(place);
  const auto period = asked.period(kAllDays);
  query.from = period.from;
  query.to = period.to;
  query.limit = asked.limit(kRecordsAReply, kMostRecordsAPage);
  if (const auto state = asked.text("state"); !state.empty()) {
    query.state = parse_api_state(state);
    if (!query.state) asked.wrong(Msg::ApiNotOneOf, "state", {"state", "valid, voided, flagged"});
  }
  return asked.text("item").empty() ? list_whole(visit, std::move(query), asked) : list_answers(visit, query, asked);
}

http::Reply get_one(const Visit& visit) {
  const auto address = record_address(visit);
  if (!address) return api_refusal(visit, address.error());
  const auto record = app::read_whole_record(visit.context, *visit.scope, address->facility->key, address->id);
  if (!record) return api_refusal(visit, record.error());
  return with_revision(json_reply(200, json::print(record_json(*record))), record->record.revision);
}

/// A body that is an object; the reason is taken out of it.
struct ChangeBody {
  json::Value content;
  std::string reason;
};

Result<ChangeBody> read_change(const Visit& visit) {
  auto parsed = json::parse(visit.request.body, {kChangeBytes, 32});
  if (const auto* error = std::get_if<json::ParseError>(&parsed))
    return refuse(Msg::ApiNotJson, "", {std::to_string(error->offset), error->what});
  ChangeBody body{std::get<json::Value>(std::move(parsed)), {}};
  if (!body.content.is_object()) return refuse(Msg::ApiNotAnObject);
  const auto* reason = body.content.find("reason");
  if (reason == nullptr) return refuse(Msg::ApiKeyMissing, "reason", {"reason"});
  if (!reason->is_string()) return refuse(Msg::ApiNotAText, "reason", {"reason"});
  body.reason = trim(reason->string());
  if (body.reason.empty()) return refuse(Msg::ApiKeyMissing, "reason", {"reason"});
  if (!is_utf8(body.reason)) return refuse(Msg::AnswerBadText, "reason");
  if (const auto length = code_points(body.reason); length > kLongestReason)
    return refuse(Msg::AnswerTextTooLong, "reason", {std::to_string(length), std::to_string(kLongestReason)});
  std::erase_if(body.content.object(), [](const json::Member& member) { return member.first == "reason"; });
  return body;
}

/// What a record that was read holds beyond what can be sent.
void drop_read_only(json::Value& content) {
  static constexpr std::array<std::string_view, 6> kReadOnly{"day", "received_at", "channel", "state", "revision", "calculated"};
  std::erase_if(content.object(), [](const json::Member& member) { return std::ranges::find(kReadOnly, member.first) != kReadOnly.end(); });
}

/// The address says which record it is; the body may say it too, but nothing else.
std::optional<Problem> settle_identity(json::Value& content, std::string_view key, const std::string& wanted) {
  const auto* given = content.find(key);
  if (given != nullptr && *given != json::Value(wanted))
    return Problem{Problem::Kind::Invalid, Msg::ApiOtherIdentity, std::string(key), {std::string(key)}};
  content.set(key, wanted);
  return {};
}

/// Everything a change needs besides its content; a refusal when it may not go on.
struct ChangeStart {
  RecordAddress address;
  std::int32_t expected = 0;
  ChangeBody body;
};

std::expected<ChangeStart, http::Reply> begin_change(const Visit& visit) {
  const auto address = record_address(visit);
  if (!address) return std::unexpected(api_refusal(visit, address.error()));
  const auto expected = if_match(visit.request);
  if (!expected)
    return std::unexpected(problem_reply(kPreconditionRequired, visit.request.path, visit.lang,
                                         {{Problem::Kind::Invalid, Msg::ApiNeedsIfMatch, "if-match", {}}}));
  auto body = read_change(visit);
  if (!body) return std::unexpected(api_refusal(visit, body.error()));
  return ChangeStart{*address, *expected, *std::move(body)};
}

/// Somebody else was faster: 412, because the request named a revision.
int change_status(const Problems& problems) {
  return problems.front().message == Msg::RecordChanged ? kPreconditionFailed : status_of(problems);
}

http::Reply changed_reply(const app::Saved& saved, json::Value warnings = json::Array{}) {
  return with_revision(json_reply(200, json::print(saved_json(saved, std::move(warnings)))), saved.revision);
}

Result<app::Correction> read_correction(const Visit& visit, ChangeStart& start) {
  std::optional<store::StoredRecord> stored;
  visit.context.db.read([&](store::Tx& tx) { stored = store::find_record(tx, start.address.facility->key, start.address.id); });
  if (!stored) return refuse(Problem::Kind::NotFound, Msg::RecordNotFound, "id");
  if (!visit.scope->may(Right::CorrectRecords, visit.reference->organisation, stored->facility, stored->unit))
    return refuse(Problem::Kind::Forbidden, Msg::AccessMayNotWrite, "facility");
  const auto* version = visit.reference->find(stored->version);
  require(version != nullptr, "the version of a record is known");
  auto& content = start.body.content;
  drop_read_only(content);
  for (const auto& [key, wanted] : {std::pair<std::string_view, std::string>{"id", text(start.address.id)},
                                    {"facility", start.address.facility->code},
                                    {"instrument", version->form.key}})
    if (auto problem = settle_identity(content, key, wanted)) return refuse(*std::move(problem));
  if (content.find("at") == nullptr) content.set("at", iso(stored->at, start.address.facility->zone));
  if (content.find("version") == nullptr) content.set("version", version->form.version);
  auto record = app::read_record(content, *visit.reference, Channel::Api, visit.context.clock.now());
  if (!record) return std::unexpected(record.error());
  return app::Correction{record->facility, start.address.id,           start.expected,   record->unit, record->version,
                         record->at,       std::move(record->answers), start.body.reason};
}

void put_record(const Visit& visit, http::Respond respond) {
  auto start = begin_change(visit);
  if (!start) return respond(std::move(start.error()));
  const auto correction = read_correction(visit, *start);
  if (!correction) return respond(api_refusal(visit, correction.error()));
  const auto& [facility, id, expected, unit, version, at, answers, reason] = *correction;
  auto warnings = warnings_json(visit.lang, *visit.reference, {id, facility, unit, version, at, Channel::Api, answers});
  if (const auto repeated = app::find_repeated(visit.context, *visit.scope, *correction))
    return respond(changed_reply(*repeated, std::move(warnings)));
  app::submit_correction(visit.context, *visit.scope, *correction,
                         [respond = std::move(respond), lang = visit.lang, warnings = std::move(warnings)](
                             Result<app::Saved> saved, std::exception_ptr failed) mutable {
                           if (failed) return respond(fault_reply(failed, "/api/", lang));
                           if (!saved) return respond(problem_reply(change_status(saved.error()), "/api/", lang, saved.error()));
                           respond(changed_reply(*saved, std::move(warnings)));
                         });
}

http::Reply post_void(const Visit& visit) {
  auto start = begin_change(visit);
  if (!start) return std::move(start.error());
  const auto& [address, expected, body] = *start;
  if (!body.content.object().empty()) {
    const auto& key = body.content.object().front().first;
    return api_refusal(visit, {{Problem::Kind::Invalid, Msg::ApiUnknownKey, key, {key, ""}}});
  }
  const auto facility = address.facility->key;
  if (const auto repeated = app::find_repeated_voiding(visit.context, *visit.scope, facility, address.id, expected, body.reason))
    return changed_reply(*repeated);
  const auto saved = app::void_record(visit.context, *visit.scope, facility, address.id, expected, body.reason);
  if (!saved) return problem_reply(change_status(saved.error()), visit.request.path, visit.lang, saved.error());
  return changed_reply(*saved);
}

constexpr std::string_view kOnePattern = "/api/v1/records/:arg/:arg";
constexpr std::array kApiRecordRoutes{
    Route{http::Method::Get, "/api/v1/records", May::ReadRecords, Work::Blocking, &get_list, "Records, page by page.", 64U << 10U,
          &kListDoc},
    Route{http::Method::Get, kOnePattern, May::ReadRecords, Work::Blocking, &get_one, "One record.", 64U << 10U, &kOneDoc},
    Route{http::Method::Put, kOnePattern, May::CorrectRecords, Work::Blocking, &put_record, "Corrects a record.", kChangeBytes,
          &kCorrectDoc},
    Route{http::Method::Post, "/api/v1/records/:arg/:arg/void", May::CorrectRecords, Work::Blocking, &post_void, "Voids a record.",
          kChangeBytes, &kVoidDoc},
};

}  // namespace

std::span<const Route> api_record_routes() { return kApiRecordRoutes; }

}  // namespace pilar::web
