#include "app/calc_schema.h"

#include <algorithm>
#include <cmath>

#include "base/text.h"
#include "i18n/words/calc.h"

namespace pilar::calc {
namespace {

using Verdict = std::optional<Error>;  ///< what is wrong, if anything

/// Where a value stands: the key that an error names, and the place within it for the message.
struct Place {
  std::string field{};
  std::string spot{};  ///< "rows[3][2]", 1-based

  Place member(const std::string& key) const {
    const auto inner = field.empty() ? key : field + "." + key;
    return {inner, spot.empty() ? key : spot + "." + key};
  }
  Place element(std::size_t index) const { return {field, spot + "[" + std::to_string(index + 1) + "]"}; }
};

Error wrong(Code code, const Place& place, Message message, std::vector<std::string> args = {}) {
  args.insert(args.begin(), place.spot.empty() ? "JSON" : place.spot);
  return {code, {Problem::Kind::Invalid, message, place.field, std::move(args)}};
}

Verdict check(const json::Value& schema, const json::Value& value, const Place& place);

bool is_of_type(const json::Value& value, std::string_view type) {
  if (type == "null") return value.is_null();
  if (type == "boolean") return value.is_bool();
  if (type == "string") return value.is_string();
  if (type == "array") return value.is_array();
  if (type == "object") return value.is_object();
  if (type == "number") return value.is_number();
  if (type != "integer") throw Bug("schema type " + std::string(type));
  const auto number = value.is_number() ? value.to_double() : std::nullopt;
  return number && std::trunc(*number) == *number;
}

Message must_be(std::string_view type) {
  if (type == "boolean") return Msg::CalcMustBeBoolean;
  if (type == "string") return Msg::CalcMustBeString;
  if (type == "array") return Msg::CalcMustBeArray;
  if (type == "object") return Msg::CalcMustBeObject;
  return type == "integer" ? Msg::CalcMustBeWhole : Msg::CalcMustBeNumber;
}

Verdict check_type(const json::Value& schema, const json::Value& value, const Place& place) {
  const auto* type = schema.find("type");
  if (type == nullptr) return {};
  if (value.is_number() && !value.to_double()) return wrong(Code::Range, place, Msg::CalcNumberTooBig);
  if (type->is_string()) {
    if (is_of_type(value, type->string())) return {};
    return wrong(Code::Type, place, must_be(type->string()));
  }
  for (const auto& allowed : type->array())
    if (is_of_type(value, allowed.string())) return {};
  return wrong(Code::Type, place, must_be(type->array().front().string()));
}

std::string listed(const json::Array& values) {
  std::string out;
  for (const auto& value : values) (out += out.empty() ? "" : ", ") += value.is_string() ? value.string() : json::print(value);
  return out;
}

Verdict check_choice(const json::Value& schema, const json::Value& value, const Place& place) {
  json::Array allowed;
  if (const auto* choices = schema.find("enum")) allowed = choices->array();
  if (const auto* only = schema.find("const")) allowed = {*only};
  if (allowed.empty()) return {};
  for (const auto& choice : allowed)
    if (choice == value) return {};
  return wrong(Code::Range, place, Msg::CalcMustBeOneOf, {listed(allowed)});
}

Verdict check_number(const json::Value& schema, const json::Value& value, const Place& place) {
  if (!value.is_number()) return {};
  const double x = *value.to_double();
  struct Bound {
    std::string_view keyword;
    Message message;
    bool (*holds)(double, double);
  };
  constexpr Bound kBounds[] = {
      {"minimum", Msg::CalcAtLeast, [](double a, double b) { return a >= b; }},
      {"maximum", Msg::CalcAtMost, [](double a, double b) { return a <= b; }},
      {"exclusiveMinimum", Msg::CalcAbove, [](double a, double b) { return a > b; }},
      {"exclusiveMaximum", Msg::CalcBelow, [](double a, double b) { return a < b; }},
  };
  for (const auto& bound : kBounds)
    if (const auto* limit = schema.find(bound.keyword); limit != nullptr && !bound.holds(x, *limit->to_double()))
      return wrong(Code::Range, place, bound.message, {limit->number().text});
  if (schema.find("x-exact") != nullptr && !value.to_decimal()) return wrong(Code::Range, place, Msg::CalcTooManyDigits);
  const auto* type = schema.find("type");
  if (type != nullptr && *type == json::Value("integer") && !value.to_int()) return wrong(Code::Range, place, Msg::CalcNumberTooBig);
  return {};
}

Verdict check_string(const json::Value& schema, const json::Value& value, const Place& place) {
  const auto* least = schema.find("minLength");
  if (least == nullptr || !value.is_string() || static_cast<std::int64_t>(code_points(value.string())) >= *least->to_int()) return {};
  return wrong(Code::Range, place, Msg::CalcTooShort, {least->number().text});
}

bool has_twins(const json::Array& values) {
  std::vector<std::string> texts;
  for (const auto& value : values) texts.push_back(identity(value));
  std::sort(texts.begin(), texts.end());
  return std::adjacent_find(texts.begin(), texts.end()) != texts.end();
}

Verdict check_rectangle(const json::Array& rows, const Place& place) {
  for (std::size_t i = 0; i < rows.size(); ++i)
    if (rows[i].array().size() != rows.front().array().size())
      return wrong(Code::Shape, place.element(i), Msg::CalcRagged,
                   {std::to_string(rows[i].array().size()), std::to_string(rows.front().array().size())});
  return {};
}

Verdict check_array(const json::Value& schema, const json::Value& value, const Place& place) {
  if (!value.is_array()) return {};
  const auto& array = value.array();
  const auto size = static_cast<std::int64_t>(array.size());
  if (const auto* least = schema.find("minItems"); least != nullptr && size < *least->to_int())
    return wrong(Code::Shape, place, Msg::CalcTooFewItems, {least->number().text});
  if (const auto* most = schema.find("maxItems"); most != nullptr && size > *most->to_int())
    return wrong(Code::Shape, place, Msg::CalcTooManyItems, {most->number().text});
  if (const auto* items = schema.find("items"))
    for (std::size_t i = 0; i < array.size(); ++i)
      if (auto error = check(*items, array[i], place.element(i))) return error;
  if (schema.find("uniqueItems") != nullptr && has_twins(array)) return wrong(Code::Range, place, Msg::CalcTwins);
  if (schema.find("x-rectangular") != nullptr) return check_rectangle(array, place);
  return {};
}

Error unknown_key(const json::Object& known, const std::string& key, const Place& place) {
  std::vector<std::string_view> candidates;
  for (const auto& [name, schema] : known) candidates.push_back(name);
  const auto close = nearest(key, candidates);
  if (close.empty()) return wrong(Code::FieldUnknown, place.member(key), Msg::CalcFieldUnknown);
  return wrong(Code::FieldUnknown, place.member(key), Msg::CalcFieldUnknownNear, {std::string(close)});
}

Verdict check_members(const json::Value& schema, const json::Value& value, const Place& place) {
  static const json::Object none;
  const auto* properties = schema.find("properties");
  const auto& known = properties == nullptr ? none : properties->object();
  const auto* others = schema.find("additionalProperties");
  for (const auto& [key, member] : value.object()) {
    const auto* rule = properties == nullptr ? nullptr : properties->find(key);
    if (rule == nullptr && others != nullptr && others->is_bool() && !others->boolean()) return unknown_key(known, key, place);
    if (rule == nullptr && others != nullptr && others->is_object()) rule = others;
    if (rule == nullptr) continue;
    if (auto error = check(*rule, member, place.member(key))) return error;
  }
  return {};
}

Verdict check_lengths(const json::Value& schema, const json::Value& value, const Place& place) {
  const auto* keys = schema.find("x-equal-lengths");
  const json::Value* first = nullptr;
  std::string first_key;
  for (const auto& key : keys == nullptr ? json::Array{} : keys->array()) {
    const auto* column = value.find(key.string());
    if (column == nullptr) continue;
    if (first != nullptr && column->array().size() != first->array().size())
      return wrong(Code::Shape, place.member(key.string()), Msg::CalcLengthsDiffer,
                   {std::to_string(column->array().size()), first_key, std::to_string(first->array().size())});
    if (first == nullptr) first_key = key.string();
    first = column;
  }
  return {};
}

Verdict check_object(const json::Value& schema, const json::Value& value, const Place& place) {
  if (!value.is_object()) return {};
  if (const auto* required = schema.find("required"))
    for (const auto& key : required->array())
      if (value.find(key.string()) == nullptr) return wrong(Code::FieldMissing, place.member(key.string()), Msg::CalcFieldMissing);
  if (auto error = check_members(schema, value, place)) return error;
  return check_lengths(schema, value, place);
}

/// Passes when one alternative does; else what the alternative of the value's own type says.
Verdict check_any(const json::Value& schema, const json::Value& value, const Place& place) {
  const auto* alternatives = schema.find("anyOf");
  if (alternatives == nullptr) return {};
  Verdict found;
  for (const auto& alternative : alternatives->array()) {
    auto error = check(alternative, value, place);
    if (!error) return {};
    if (!found || found->code == Code::Type) found = std::move(error);
  }
  return found;
}

Verdict check(const json::Value& schema, const json::Value& value, const Place& place) {
  for (const auto rule : {check_type, check_any, check_choice, check_number, check_string, check_array, check_object})
    if (auto error = rule(schema, value, place)) return error;
  return {};
}

}  // namespace

std::expected<Input, Error> check_input(const json::Value& schema, json::Value input) {
  if (auto error = check(schema, input, {})) return std::unexpected(*std::move(error));
  for (const auto& [key, rule] : schema.find("properties")->object())
    if (const auto* standard = rule.find("default"); standard != nullptr && input.find(key) == nullptr) input.set(key, *standard);
  return Input(std::move(input));
}

}  // namespace pilar::calc
