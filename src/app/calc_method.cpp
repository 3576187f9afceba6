#include "app/calc_method.h"

#include <algorithm>
#include <cmath>

#include "i18n/words/calc.h"

namespace pilar::calc {
namespace {

Column column_of(const json::Value& array) {
  Column out;
  out.reserve(array.array().size());
  for (const auto& value : array.array()) out.push_back(value.is_null() ? std::nullopt : value.to_double());
  return out;
}

template <class T>
T kept(const std::optional<T>& value) {
  require(value.has_value(), "the schema promised this number");
  return *value;
}

json::Value print_warning(Lang lang, std::string_view code, const Problem& problem, const std::vector<std::size_t>& rows) {
  json::Array positions;
  for (const auto row : rows) positions.emplace_back(static_cast<std::int64_t>(row));
  return json::Object{{"code", code}, {"message", say(lang, problem)}, {"rows", std::move(positions)}};
}

}  // namespace

const json::Value& Input::at(std::string_view key) const {
  const auto* value = value_.find(key);
  require(value != nullptr, "the schema requires this key or has a default for it");
  return *value;
}

double Input::number(std::string_view key) const { return kept(at(key).to_double()); }
std::int64_t Input::whole(std::string_view key) const { return kept(at(key).to_int()); }
Decimal Input::decimal(std::string_view key) const { return kept(at(key).to_decimal()); }
const std::string& Input::word(std::string_view key) const { return at(key).string(); }
bool Input::flag(std::string_view key) const { return at(key).boolean(); }
Column Input::column(std::string_view key) const { return column_of(at(key)); }

Rows Input::rows(std::string_view key) const {
  Rows out;
  for (const auto& row : at(key).array()) out.push_back(column_of(row));
  return out;
}

std::vector<std::string> Input::words(std::string_view key) const {
  std::vector<std::string> out;
  for (const auto& word : at(key).array()) out.push_back(word.string());
  return out;
}

std::string identity(const json::Value& value) {
  if (!value.is_number()) return json::print(value);
  if (const auto whole = value.to_int()) return std::to_string(*whole);
  const auto plain = value.to_double();
  return plain ? json::number_text(*plain) : json::print(value);
}

json::Value number(std::optional<double> value) {
  if (!value || !std::isfinite(*value)) return nullptr;
  return *value + 0.0;  // a negative zero becomes a plain one
}

json::Value interval(const std::optional<math::Interval>& value) {
  if (!value || !std::isfinite(value->low) || !std::isfinite(value->high)) return nullptr;
  return json::Array{number(value->low), number(value->high)};
}

json::Value column(const Column& values) {
  json::Array out;
  for (const auto& value : values) out.push_back(number(value));
  return out;
}

void Output::explain_null(std::string_view key, const json::Value& value) {
  if (value.is_null()) undefined_.emplace_back(key);
}

void Output::number(std::string_view key, std::optional<double> value) {
  auto shown = calc::number(value);
  explain_null(key, shown);
  set(key, std::move(shown));
}

void Output::interval(std::string_view key, const std::optional<math::Interval>& value) {
  auto shown = calc::interval(value);
  explain_null(key, shown);
  set(key, std::move(shown));
}

void Output::column(std::string_view key, const Column& values) {
  auto shown = calc::column(values);
  const auto& cells = shown.array();
  if (std::ranges::any_of(cells, &json::Value::is_null)) undefined_.emplace_back(key);
  set(key, std::move(shown));
}

void Output::warn(std::string_view code, Message message, std::vector<std::string> args, std::vector<std::size_t> rows) {
  warnings_.push_back({std::string(code), {Problem::Kind::Invalid, message, {}, std::move(args)}, std::move(rows)});
}

json::Value Output::finish(Lang lang) && {
  json::Array lines;
  for (const auto& warning : warnings_) lines.push_back(print_warning(lang, warning.code, warning.problem, warning.rows));
  if (!undefined_.empty()) {
    std::string keys;
    for (const auto& key : undefined_) (keys += keys.empty() ? "" : ", ") += key;
    lines.push_back(print_warning(lang, "undefined", {Problem::Kind::Invalid, Msg::CalcUndefined, {}, {keys}}, {}));
  }
  set("warnings", std::move(lines));
  return std::move(value_);
}

}  // namespace pilar::calc
