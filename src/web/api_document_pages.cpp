#include "web/api_document_pages.h"

#include <array>

#include "i18n/messages.h"
#include "i18n/words/api.h"
#include "web/api_doc.h"
#include "web/components.h"
#include "web/forms.h"
#include "web/frame.h"
#include "web/site.h"
#include "web/words.h"

namespace pilar::web {
namespace {

constexpr std::string_view kDocumentPath = "/api/v1/openapi.json";

http::Reply get_document(const Visit& visit) {
  static const std::array<std::string, 2> texts{json::print(openapi_document(Lang::Id)), json::print(openapi_document(Lang::En))};
  return json_reply(200, texts.at(visit.lang == Lang::En ? 1 : 0));
}

/// The command that calls the route with the examples of its description.
std::string curl_of(const Route& route) {
  const auto& doc = *route.doc;
  auto path = path_of(route.pattern, doc);
  std::string query, headers;
  for (const auto& parameter : doc.parameters) {
    if (parameter.example.empty()) continue;
    const auto mark = "{" + std::string(parameter.name) + "}";
    if (parameter.in == ApiParameter::In::Path)
      path.replace(path.find(mark), mark.size(), parameter.example);
    else if (parameter.in == ApiParameter::In::Query)
      query += (query.empty() ? "?" : "&") + std::string(parameter.name) + "=" + http::percent_encode(parameter.example);
    else
      headers += " \\\n  -H '" + std::string(parameter.name) + ": " + std::string(parameter.example) + "'";
  }
  std::string out = "curl -s";
  if (route.method != http::Method::Get && route.method != http::Method::Post) out += " -X " + std::string(name(route.method));
  out += " \"$PILAR" + path + query + "\"";
  if (route.may != May::Anyone) out += " \\\n  -H \"Authorization: Bearer $TOKEN\"";
  out += headers;
  if (!doc.bodies.empty())
    out += " \\\n  -H 'Content-Type: " + std::string(doc.bodies.front().media) + "' \\\n  -d '" + std::string(doc.bodies.front().example) +
           "'";
  return out;
}

std::string right_words(Lang lang, May may) {
  if (may == May::Anyone) return words(lang, Msg::ApiPageNoToken);
  const auto right = right_of(may);
  if (!right) return words(lang, Msg::ApiPageAnyToken);
  return say(lang, Msg::ApiPageRight, {words(lang, title(*right))});
}

void draw_parameters(html::Out& o, Lang lang, const ApiDoc& doc) {
  if (doc.parameters.empty()) return;
  o.el("h4", {}, say(lang, Msg::ApiPageParameters));
  o.el("dl", {{"class", "facts"}}, [&] {
    for (const auto& parameter : doc.parameters) {
      o.el("dt", {}, [&] { o.el("code", {}, parameter.name); });
      o.el("dd", {}, words(lang, parameter.meaning) + (parameter.required ? " (" + words(lang, Msg::ApiPageNeeded) + ")" : ""));
    }
  });
}

std::string pretty_schema(std::string_view schema) {
  constexpr std::string_view kRef = R"({"$ref": "#/components/schemas/)";
  if (schema.starts_with(kRef)) {
    const auto named = schema.substr(kRef.size(), schema.find('"', kRef.size()) - kRef.size());
    for (const auto& known : api_schemas())
      if (known.name == named) schema = known.schema;
  }
  const auto parsed = json::parse(schema);
  return json::pretty(std::get<json::Value>(parsed));
}

void draw_code(html::Out& o, std::string_view text) {
  o.el("pre", {{"class", "code"}, {"tabindex", "0"}}, [&] { o.el("code", {}, text); });
}

void draw_replies(html::Out& o, Lang lang, const ApiDoc& doc) {
  o.el("h4", {}, say(lang, Msg::ApiPageReplies));
  for (const auto& reply : doc.replies) {
    o.el("p", {}, std::to_string(reply.status) + " " + std::string(reply.media) + ": " + words(lang, reply.meaning));
    o.el("details", {{"class", "more"}}, [&] {
      o.el("summary", {}, say(lang, Msg::ApiPageSchema));
      draw_code(o, pretty_schema(reply.schema));
    });
  }
}

void draw_route(html::Out& o, Lang lang, const Route& route) {
  const auto& doc = *route.doc;
  draw_card(o, {.title = words(lang, doc.title), .link = {}, .note = right_words(lang, route.may), .id = std::string(doc.id)}, [&] {
    o.el("p", {}, [&] { o.el("code", {}, std::string(name(route.method)) + " " + path_of(route.pattern, doc)); });
    draw_parameters(o, lang, doc);
    o.el("h4", {}, say(lang, Msg::ApiPageExample));
    draw_code(o, curl_of(route));
    draw_replies(o, lang, doc);
  });
}

http::Reply get_api_page(const Visit& visit) {
  const auto lang = visit.lang;
  auto frame = staff_page(visit, Place::Other, words(lang, Msg::ApiPageTitle));
  frame.actions = [&](html::Out& o) { draw_link_button(o, {words(lang, Msg::ApiPageDocument), std::string(kDocumentPath)}); };
  return html_page(200, draw_staff_page(frame, [&](html::Out& o) {
                     o.el("p", {}, say(lang, Msg::ApiDocLead));
                     o.el("p", {}, say(lang, Msg::ApiDocToken));
                     o.el("p", {}, say(lang, Msg::ApiPageHow));
                     draw_code(o, "PILAR=https://pilar.example.id\nTOKEN=pilar_...");
                     for (const auto& tag : api_tags()) {
                       o.el("h2", {}, say(lang, tag.meaning));
                       for (const auto& route : all_routes())
                         if (route.doc != nullptr && route.doc->tag == tag.tag) draw_route(o, lang, route);
                     }
                   }));
}

constexpr std::array kDocumentReplies{ApiReply{
    200, Msg::ApiDocDescription, "application/json",
    R"({"type": "object", "required": ["openapi", "info", "paths"], "properties": {"openapi": {"const": "3.1.0"}, "info": {"type": "object"}, "paths": {"type": "object"}}})"}};
constexpr ApiDoc kDocumentDoc{
    .id = "readDescription", .tag = "description", .title = Msg::ApiDocReadDescription, .replies = kDocumentReplies};

constexpr std::array kApiDocumentRoutes{
    Route{http::Method::Get, "/api", May::Anyone, Work::Blocking, &get_api_page, "The API for people, with examples."},
    Route{http::Method::Get, kDocumentPath, May::Anyone, Work::Quick, &get_document, "This API in OpenAPI 3.1.", 64U << 10U, &kDocumentDoc},
};

}  // namespace

std::span<const Route> api_document_routes() { return kApiDocumentRoutes; }

}  // namespace pilar::web
