#include "web/api_doc.h"

#include <algorithm>
#include <array>
#include <vector>

#include "app/calc.h"
#include "base/text.h"
#include "base/version.h"
#include "http/message.h"
#include "i18n/words/api.h"
#include "i18n/words/exchange.h"
#include "web/route.h"
#include "web/words.h"

namespace pilar::web {
namespace {

json::Value parsed(std::string_view text) {
  auto value = json::parse(text);
  require(std::holds_alternative<json::Value>(value), "a description of the API is JSON");
  return std::get<json::Value>(std::move(value));
}

std::string lower_method(http::Method method) { return lower_ascii(name(method)); }

json::Value parameter_json(Lang lang, const ApiParameter& parameter) {
  constexpr std::array<std::string_view, 3> kIn{"path", "query", "header"};
  json::Object out{{"name", parameter.name},
                   {"in", kIn.at(static_cast<std::size_t>(parameter.in))},
                   {"description", words(lang, parameter.meaning)},
                   {"required", parameter.required},
                   {"schema", parsed(parameter.schema)}};
  if (parameter.example.empty()) return out;
  const auto* type = out[4].second.find("type");
  const auto number = parse_int(parameter.example);
  out.emplace_back("example",
                   number && type != nullptr && *type == json::Value("integer") ? json::Value(*number) : json::Value(parameter.example));
  return out;
}

json::Value language_parameter() { return parsed(R"({"$ref": "#/components/parameters/bahasa"})"); }

json::Value body_json(const ApiDoc& doc) {
  json::Object content;
  for (const auto& body : doc.bodies) {
    const bool lines = body.media == "application/x-ndjson";
    json::Object media;
    media.emplace_back("schema", lines ? parsed(R"({"type": "string"})") : parsed(body.schema));
    if (lines) media.emplace_back("x-line-schema", parsed(body.schema));
    if (!body.example.empty()) media.emplace_back("example", lines ? json::Value(body.example) : parsed(body.example));
    content.emplace_back(body.media, std::move(media));
  }
  return json::Object{{"required", true}, {"content", std::move(content)}};
}

json::Value reply_json(Lang lang, const ApiReply& reply) {
  const bool lines = reply.media == "application/x-ndjson";
  json::Object media;
  media.emplace_back("schema", lines ? parsed(R"({"type": "string"})") : parsed(reply.schema));
  if (lines) media.emplace_back("x-line-schema", parsed(reply.schema));
  if (!reply.example.empty()) media.emplace_back("example", parsed(reply.example));
  json::Object out{{"description", words(lang, reply.meaning)}};
  if (reply.etag) out.emplace_back("headers", parsed(R"({"ETag": {"$ref": "#/components/headers/ETag"}})"));
  out.emplace_back("content", json::Object{{std::string(reply.media), std::move(media)}});
  return out;
}

/// Two replies of one status differ in their media types.
void add_reply(json::Object& replies, Lang lang, const ApiReply& reply) {
  const auto status = std::to_string(reply.status);
  for (auto& [key, value] : replies) {
    if (key != status) continue;
    auto content = *value.find("content");
    const auto other = reply_json(lang, reply);
    for (const auto& [media, description] : other.find("content")->object()) content.set(media, description);
    value.set("description", value.find("description")->string() + " " + words(lang, reply.meaning));
    value.set("content", std::move(content));
    return;
  }
  replies.emplace_back(status, reply_json(lang, reply));
}

struct CommonProblem {
  int status;
  Message meaning;
};
constexpr CommonProblem kCommonProblems[] = {
    {400, Msg::ApiDocBadRequest}, {401, Msg::ApiDocNoToken},      {403, Msg::ApiDocNoRight},  {404, Msg::ApiDocNotFound},
    {409, Msg::ApiDocConflict},   {412, Msg::ApiDocPrecondition}, {413, Msg::ApiDocTooLarge}, {422, Msg::ApiDocRefused},
    {428, Msg::ApiDocNoIfMatch},  {500, Msg::ApiDocBug},          {503, Msg::ApiDocBusy},
};

json::Value problem_ref(int status) { return json::Object{{"$ref", "#/components/responses/" + std::to_string(status)}}; }

/// The refusals of a route, ascending.
std::vector<int> problems_of(const Route& route) {
  std::vector<int> out(route.doc->problems.begin(), route.doc->problems.end());
  out.insert(out.end(), {400, 500});
  if (route.may != May::Anyone) out.push_back(401);
  if (right_of(route.may)) out.push_back(403);
  if (!route.doc->bodies.empty()) out.push_back(413);
  if (route.work != Work::Quick) out.push_back(503);
  std::sort(out.begin(), out.end());
  return out;
}

json::Value replies_json(Lang lang, const Route& route) {
  json::Object out;
  for (const auto& reply : route.doc->replies) add_reply(out, lang, reply);
  for (const auto status : problems_of(route)) {
    const auto key = std::to_string(status);
    if (std::ranges::find(out, key, &json::Member::first) == out.end()) out.emplace_back(key, problem_ref(status));
  }
  return out;
}

/// A calculation takes what its method's schema says.
void describe_methods(json::Value& operation) {
  json::Array any, names;
  for (const auto* method : calc::methods()) {
    any.emplace_back(json::Object{{"$ref", "#/components/schemas/calc." + std::string(calc::name(*method))}});
    names.emplace_back(calc::name(*method));
  }
  auto parameters = *operation.find("parameters");
  for (auto& parameter : parameters.array())
    if (const auto* named = parameter.find("name"); named != nullptr && *named == json::Value("method"))
      parameter.set("schema", json::Object{{"type", "string"}, {"enum", names}});
  operation.set("parameters", std::move(parameters));
  if (auto* body = operation.find("requestBody")) {
    json::Object media{{"schema", json::Object{{"anyOf", std::move(any)}}},
                       {"example", *body->find("content")->find("application/json")->find("example")}};
    operation.set("requestBody", json::Object{{"required", true}, {"content", json::Object{{"application/json", std::move(media)}}}});
  }
}

json::Value operation_json(Lang lang, const Route& route) {
  const auto& doc = *route.doc;
  json::Object out{{"operationId", doc.id}, {"tags", json::Array{doc.tag}}, {"summary", words(lang, doc.title)}};
  if (const auto right = right_of(route.may)) out.emplace_back("x-right", name(*right));
  json::Array parameters;
  for (const auto& parameter : doc.parameters) parameters.push_back(parameter_json(lang, parameter));
  parameters.push_back(language_parameter());
  out.emplace_back("parameters", std::move(parameters));
  if (!doc.bodies.empty()) out.emplace_back("requestBody", body_json(doc));
  out.emplace_back("responses", replies_json(lang, route));
  out.emplace_back("security", route.may == May::Anyone ? json::Array{} : json::Array{json::Object{{"token", json::Array{}}}});
  json::Value operation(std::move(out));
  if (doc.tag == "calc" && doc.id != "listMethods") describe_methods(operation);
  return operation;
}

json::Value paths_json(Lang lang) {
  json::Value paths(json::Object{});
  for (const auto& route : all_routes()) {
    if (!route.pattern.starts_with("/api/") || route.doc == nullptr) continue;
    const auto path = path_of(route.pattern, *route.doc);
    const auto* known = paths.find(path);
    json::Value item = known == nullptr ? json::Value(json::Object{}) : *known;
    item.set(lower_method(route.method), operation_json(lang, route));
    paths.set(path, std::move(item));
  }
  return paths;
}

json::Value components_json(Lang lang) {
  json::Object schemas, responses;
  for (const auto& [key, schema] : api_schemas()) schemas.emplace_back(key, parsed(schema));
  for (const auto* method : calc::methods()) {
    auto schema = calc::schema(*method);
    std::erase_if(schema.object(), [](const json::Member& member) { return member.first == "$schema"; });
    schemas.emplace_back("calc." + std::string(calc::name(*method)), std::move(schema));
  }
  const auto problem = parsed(R"({"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}})");
  for (const auto& [status, meaning] : kCommonProblems)
    responses.emplace_back(std::to_string(status), json::Object{{"description", words(lang, meaning)}, {"content", problem}});
  auto language = parsed(R"({"name": "bahasa", "in": "query", "schema": {"type": "string", "enum": ["id", "en"], "default": "id"}})");
  language.set("description", words(lang, Msg::ApiDocLanguage));
  auto etag = parsed(R"({"schema": {"type": "string"}})");
  etag.set("description", words(lang, Msg::ApiDocEtag));
  auto token = parsed(R"({"type": "http", "scheme": "bearer"})");
  token.set("description", words(lang, Msg::ApiDocToken));
  return json::Object{{"schemas", std::move(schemas)},
                      {"responses", std::move(responses)},
                      {"parameters", json::Object{{"bahasa", std::move(language)}}},
                      {"headers", json::Object{{"ETag", std::move(etag)}}},
                      {"securitySchemes", json::Object{{"token", std::move(token)}}}};
}

constexpr ApiTag kTags[] = {{"records", Msg::ApiDocTagRecords},
                            {"changes", Msg::ApiDocTagChanges},
                            {"results", Msg::ApiDocTagResults},
                            {"indicators", Msg::ApiDocTagIndicators},
                            {"instruments", Msg::ApiDocTagInstruments},
                            {"places", Msg::ApiDocTagPlaces},
                            {"jobs", Msg::ApiDocTagJobs},
                            {"calc", Msg::ApiDocTagCalc},
                            {"fhir", Msg::ApiDocTagFhir},
                            {"description", Msg::ApiDocTagDescription}};

}  // namespace

std::span<const ApiTag> api_tags() { return kTags; }

std::string path_of(std::string_view pattern, const ApiDoc& doc) {
  std::string out(pattern);
  for (const auto& parameter : doc.parameters) {
    if (parameter.in != ApiParameter::In::Path) continue;
    const auto at = out.find(":arg");
    require(at != std::string::npos, "a path has a place for each of its parameters");
    out.replace(at, 4, "{" + std::string(parameter.name) + "}");
  }
  require(out.find(":arg") == std::string::npos, "every place of a path has a name");
  return out;
}

json::Value openapi_document(Lang lang) {
  json::Object info{{"title", "Pilar"},
                    {"version", kVersion},
                    {"description", words(lang, Msg::ApiDocLead)},
                    {"license", json::Object{{"name", "Apache 2.0"}, {"identifier", "Apache-2.0"}}}};
  json::Array tags;
  for (const auto& [tag, meaning] : api_tags()) tags.emplace_back(json::Object{{"name", tag}, {"description", words(lang, meaning)}});
  return json::Object{{"openapi", "3.1.0"},
                      {"jsonSchemaDialect", "https://json-schema.org/draft/2020-12/schema"},
                      {"info", std::move(info)},
                      {"servers", json::Array{json::Object{{"url", "/"}}}},
                      {"tags", std::move(tags)},
                      {"paths", paths_json(lang)},
                      {"components", components_json(lang)}};
}

}  // namespace pilar::web
