#include "web/api_fhir_pages.h"

#include <algorithm>
#include <array>

#include "app/fhir_record.h"
#include "base/text.h"
#include "i18n/messages.h"
#include "i18n/words/answer.h"
#include "i18n/words/api.h"
#include "interchange/fhir.h"
#include "web/api_json.h"
#include "web/api_request.h"
#include "web/site.h"

namespace pilar::web {
namespace {

constexpr std::size_t kResponseBytes = 1U << 20U;

using In = ApiParameter::In;
constexpr std::array kQuestionnaireParameters{
    ApiParameter{"instrument", In::Path, Msg::ApiDocInstrument, kTextSchema, "kunjungan-bulanan", true},
    ApiParameter{"version", In::Query, Msg::ApiDocVersion, R"({"type": "integer", "minimum": 1})", "1"}};
constexpr std::array kResponseParameters{ApiParameter{"id", In::Path, Msg::ApiDocRecordId, R"({"type": "string", "format": "uuid"})",
                                                      "018f2f6a-0000-7000-8000-000000000001", true},
                                         ApiParameter{"facility", In::Query, Msg::ApiDocFacility, kTextSchema, "melati-contoh", true}};
constexpr std::string_view kResource =
    R"({"type": "object", "required": ["resourceType"], "properties": {"resourceType": {"type": "string"}}, "additionalProperties": true})";
constexpr std::array kFhirReplies{ApiReply{200, Msg::ApiDocFhirResource, fhir::kMediaType, kResource}};
constexpr std::array kFhirOneReplies{
    ApiReply{.status = 200, .meaning = Msg::ApiDocFhirResource, .media = fhir::kMediaType, .schema = kResource, .etag = true}};
constexpr std::array kFhirAddReplies{ApiReply{201, Msg::ApiDocAdded, fhir::kMediaType, kResource},
                                     ApiReply{200, Msg::ApiDocRepeated, fhir::kMediaType, kResource}};
constexpr std::string_view kResponseExample =
    R"({"resourceType": "QuestionnaireResponse", "identifier": {"system": "urn:ietf:rfc:3986", "value": "urn:uuid:018f2f6a-0000-7000-8000-000000000009"},
  "questionnaire": "urn:pilar:instrument:kunjungan-bulanan|1", "status": "completed", "authored": "2026-10-31T14:00:00+07:00",
  "subject": {"identifier": {"system": "urn:pilar:place", "value": "melati-contoh"}},
  "item": [{"linkId": "rawat_jalan", "answer": [{"valueDecimal": 812}]}, {"linkId": "rawat_inap", "answer": [{"valueDecimal": 31}]}]})";
constexpr std::array kFhirBodies{ApiBody{fhir::kMediaType, kResource, kResponseExample},
                                 ApiBody{"application/json", kResource, kResponseExample}};
constexpr std::array kFhirProblems{404, 422};
constexpr std::array kFhirAddProblems{409, 422};
constexpr ApiDoc kQuestionnairesDoc{
    .id = "listQuestionnaires", .tag = "fhir", .title = Msg::ApiDocListQuestionnaires, .replies = kFhirReplies};
constexpr ApiDoc kQuestionnaireDoc{.id = "readQuestionnaire",
                                   .tag = "fhir",
                                   .title = Msg::ApiDocReadQuestionnaire,
                                   .parameters = kQuestionnaireParameters,
                                   .replies = kFhirReplies,
                                   .problems = kFhirProblems};
constexpr ApiDoc kAddResponseDoc{.id = "addResponse",
                                 .tag = "fhir",
                                 .title = Msg::ApiDocAddResponse,
                                 .bodies = kFhirBodies,
                                 .replies = kFhirAddReplies,
                                 .problems = kFhirAddProblems};
constexpr ApiDoc kReadResponseDoc{.id = "readResponse",
                                  .tag = "fhir",
                                  .title = Msg::ApiDocReadResponse,
                                  .parameters = kResponseParameters,
                                  .replies = kFhirOneReplies,
                                  .problems = kFhirProblems};

http::Reply fhir_reply(int status, const json::Value& resource) {
  return {status, std::string(fhir::kMediaType), json::print(resource), {}};
}

http::Reply get_questionnaires(const Visit& visit) {
  json::Array entries;
  for (const auto* version : visit.reference->latest_of_all())
    entries.emplace_back(
        json::Object{{"fullUrl", "urn:pilar:instrument:" + version->form.key}, {"resource", fhir::questionnaire(version->form)}});
  const auto total = static_cast<std::int64_t>(entries.size());
  return fhir_reply(200, json::Object{{"resourceType", "Bundle"}, {"type", "searchset"}, {"total", total}, {"entry", std::move(entries)}});
}

http::Reply get_questionnaire(const Visit& visit) {
  Asked asked(visit, kQuestionnaireDoc);
  const auto* version = find_version(visit, asked);
  if (!asked.ok()) return asked.refuse();
  return fhir_reply(200, fhir::questionnaire(version->form));
}

/// The resource comes back as it was sent; validation rules that it does not keep are extensions of it.
void add_warnings(json::Value& resource, const json::Value& warnings) {
  if (warnings.array().empty()) return;
  const auto* had = resource.find("extension");
  auto extensions = had != nullptr && had->is_array() ? had->array() : json::Array{};
  for (const auto& warning : warnings.array())
    extensions.emplace_back(json::Object{{"url", "urn:pilar:validation-rule"},
                                         {"valueString", warning.find("rule")->string() + ": " + warning.find("message")->string()}});
  resource.set("extension", std::move(extensions));
}

void post_response(const Visit& visit, http::Respond respond) {
  auto parsed = json::parse(visit.request.body, {kResponseBytes, 32});
  if (const auto* error = std::get_if<json::ParseError>(&parsed))
    return respond(api_refusal(visit, {{Problem::Kind::Invalid, Msg::ApiNotJson, "", {std::to_string(error->offset), error->what}}}));
  auto resource = std::get<json::Value>(std::move(parsed));
  auto record = app::read_fhir_response(resource, *visit.reference, visit.context.clock.now());
  if (!record) return respond(api_refusal(visit, record.error()));
  add_warnings(resource, warnings_json(visit.lang, *visit.reference, *record));
  app::submit_record(visit.context, *visit.scope, *std::move(record),
                     [respond = std::move(respond), desk = visit.desk, lang = visit.lang, resource = std::move(resource)](
                         Result<app::Saved> saved, std::exception_ptr failed) mutable {
                       count_record(*desk, saved, failed);
                       if (failed) return respond(fault_reply(failed, "/api/", lang));
                       if (!saved) return respond(problem_reply(status_of(saved.error()), "/api/", lang, saved.error()));
                       resource.set("id", text(saved->id));
                       respond(fhir_reply(saved->repeated ? 200 : 201, resource));
                     });
}

http::Reply get_response(const Visit& visit) {
  Asked asked(visit, kReadResponseDoc);
  const auto code = asked.text("facility");
  const auto* facility = facility_of(visit, code);
  if (facility == nullptr && !code.empty())
    asked.wrong(Msg::RecordUnknownFacility, "facility", {std::string(code), ""}, Problem::Kind::NotFound);
  const auto id = parse_uuid(visit.args.front());
  if (!id) asked.wrong(Msg::RecordNotFound, "id", {}, Problem::Kind::NotFound);
  if (!asked.ok()) return asked.refuse();
  const auto record = app::read_whole_record(visit.context, *visit.scope, facility->key, *id);
  if (!record) return api_refusal(visit, record.error());
  return with_revision(fhir_reply(200, app::fhir_response(*record)), record->record.revision);
}

constexpr std::array kApiFhirRoutes{
    Route{http::Method::Get, "/api/v1/fhir/Questionnaire", May::SignedIn, Work::Blocking, &get_questionnaires,
          "All instruments as FHIR Questionnaire.", 64U << 10U, &kQuestionnairesDoc},
    Route{http::Method::Get, "/api/v1/fhir/Questionnaire/:arg", May::SignedIn, Work::Blocking, &get_questionnaire,
          "One instrument as FHIR Questionnaire.", 64U << 10U, &kQuestionnaireDoc},
    Route{http::Method::Post, "/api/v1/fhir/QuestionnaireResponse", May::TokenWrite, Work::Blocking, &post_response,
          "Adds a record from a FHIR QuestionnaireResponse.", kResponseBytes, &kAddResponseDoc},
    Route{http::Method::Get, "/api/v1/fhir/QuestionnaireResponse/:arg", May::ReadRecords, Work::Blocking, &get_response,
          "One record as FHIR QuestionnaireResponse.", 64U << 10U, &kReadResponseDoc},
};

}  // namespace

std::span<const Route> api_fhir_routes() { return kApiFhirRoutes; }

}  // namespace pilar::web
