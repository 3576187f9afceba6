#include "app/calc.h"

#include <cmath>

#include "app/calc_method.h"
#include "app/calc_schema.h"
#include "base/text.h"
#include "i18n/words/calc.h"

namespace pilar::calc {
namespace {

constexpr int kRefused = 2;

int http_status(Code code) {
  if (code == Code::TooLarge) return 413;
  return code == Code::Method ? 404 : 422;
}

Answer refusal(const Error& error, Lang lang) {
  json::Object inner{{"code", name(error.code)}, {"field", error.problem.field}, {"message", say(lang, error.problem)}};
  return {json::Object{{"error", std::move(inner)}}, kRefused, http_status(error.code)};
}

Outcome answer(const Method& method, std::string_view text) {
  if (text.size() > kMaxBytes) return refuse(Code::TooLarge, "", Msg::CalcTooLarge, {std::to_string(kMaxBytes >> 20U)});
  auto parsed = json::parse(text, {.max_bytes = kMaxBytes});
  if (const auto* error = std::get_if<json::ParseError>(&parsed))
    return refuse(Code::Json, "", Msg::CalcJsonUnreadable, {std::to_string(error->offset), error->what});
  auto input = check_input(schema(method), std::get<json::Value>(std::move(parsed)));
  if (!input) return std::unexpected(std::move(input.error()));
  return method.run(*input);
}

}  // namespace

std::string_view name(Code code) {
  switch (code) {
    case Code::Json:
      return "json";
    case Code::Method:
      return "method";
    case Code::FieldMissing:
      return "field_missing";
    case Code::FieldUnknown:
      return "field_unknown";
    case Code::Type:
      return "type";
    case Code::Range:
      return "range";
    case Code::Shape:
      return "shape";
    case Code::Undefined:
      return "undefined";
    case Code::Unstable:
      return "unstable";
    case Code::TooLarge:
      return "too_large";
  }
  throw Bug("calc error code");
}

std::string_view name(const Method& method) { return method.name; }

std::string_view summary(const Method& method, Lang lang) { return say(lang, method.summary); }

json::Value schema(const Method& method) {
  auto parsed = json::parse(method.schema);
  require(std::holds_alternative<json::Value>(parsed), "a method's schema is JSON");
  json::Object whole{{"$schema", "https://json-schema.org/draft/2020-12/schema"},
                     {"title", method.name},
                     {"description", say(Lang::En, method.summary)},
                     {"type", "object"},
                     {"additionalProperties", false}};
  for (auto& member : std::get<json::Value>(parsed).object()) whole.push_back(std::move(member));
  return whole;
}

const Method* find(std::string_view wanted) {
  for (const auto* method : methods())
    if (method->name == wanted) return method;
  return nullptr;
}

Answer unknown_method(std::string_view method, Lang lang) {
  std::vector<std::string_view> names;
  for (const auto* known : methods()) names.push_back(known->name);
  constexpr std::size_t kLongest = 64;
  const auto shown = std::string(method.size() <= kLongest && is_utf8(method) ? method : "");
  const auto close = std::string(nearest(shown, names));
  const auto message = close.empty() ? Msg::CalcMethodUnknown : Msg::CalcMethodUnknownNear;
  return refusal({Code::Method, {Problem::Kind::NotFound, message, "method", {shown, close}}}, lang);
}

Answer run(std::string_view wanted, std::string_view text, Lang lang) {
  const auto* method = find(wanted);
  if (method == nullptr) return unknown_method(wanted, lang);
  auto outcome = answer(*method, text);
  if (!outcome) return refusal(outcome.error(), lang);
  return {std::move(*outcome).finish(lang)};
}

}  // namespace pilar::calc
