#include "web/calc_input.h"

#include <algorithm>

#include "base/result.h"
#include "base/text.h"

namespace pilar::web {
namespace {

using json::Value;

/// Whether the schema takes this type, directly or among several.
bool takes(const Value& schema, std::string_view type) {
  if (const auto* several = schema.find("anyOf"))
    return std::ranges::any_of(several->array(), [&](const Value& one) { return takes(one, type); });
  const auto* given = schema.find("type");
  if (given == nullptr) return false;
  if (given->is_string()) return given->string() == type;
  return std::ranges::any_of(given->array(), [&](const Value& one) { return one.string() == type; });
}

const Value& items_of(const Value& schema) {
  static const Value any(json::Object{});
  if (const auto* several = schema.find("anyOf"))
    for (const auto& one : several->array())
      if (takes(one, "array")) return items_of(one);
  const auto* items = schema.find("items");
  return items == nullptr ? any : *items;
}

bool is_plain(const Value& schema) { return !takes(schema, "array") && !takes(schema, "object"); }

const json::Object& members_of(const Value& schema) {
  static const json::Object none;
  const auto* properties = schema.find("properties");
  return properties == nullptr ? none : properties->object();
}

bool has_plain_members(const Value& schema) {
  const auto& members = members_of(schema);
  return !members.empty() && std::ranges::all_of(members, [](const auto& member) { return is_plain(member.second); });
}

CalcWidget widget_of_array(const Value& schema) {
  const auto& items = items_of(schema);
  if (takes(items, "array")) return CalcWidget::Table;
  if (takes(items, "object")) return has_plain_members(items) ? CalcWidget::Records : CalcWidget::Json;
  return CalcWidget::List;
}

CalcWidget widget_of_object(const Value& schema) {
  if (has_plain_members(schema)) return CalcWidget::Group;
  const auto* more = schema.find("additionalProperties");
  const bool pairs = more != nullptr && more->is_object() && (is_plain(*more) || (takes(*more, "array") && is_plain(items_of(*more))));
  return pairs ? CalcWidget::Pairs : CalcWidget::Json;
}

/// "1.250.000": groups of three, at least one.
bool is_grouped(std::string_view text) {
  if (text.starts_with('-')) text.remove_prefix(1);
  const auto parts = split(text, '.');
  const auto digits = [](std::string_view part) {
    return !part.empty() && std::ranges::all_of(part, [](char c) { return c >= '0' && c <= '9'; });
  };
  if (parts.size() < 2 || !digits(parts[0]) || parts[0].size() > 3) return false;
  return std::all_of(parts.begin() + 1, parts.end(), [&](std::string_view part) { return part.size() == 3 && digits(part); });
}

/// Where a number is whole or money, a single point before three digits groups; elsewhere it is the decimal mark.
bool may_group(const Value& schema, std::string_view text) {
  const auto* unit = schema.find("x-unit");
  const bool money = unit != nullptr && unit->is_string() && unit->string() == "rupiah";
  return money || (takes(schema, "integer") && !takes(schema, "number")) || std::ranges::count(text, '.') > 1;
}

Value number_of(const Value& schema, std::string_view text) {
  std::string plain(text);
  if (is_grouped(plain) && may_group(schema, plain)) std::erase(plain, '.');
  if (std::ranges::count(plain, ',') == 1 && !plain.contains('.')) plain[plain.find(',')] = '.';
  auto parsed = json::parse(plain);
  auto* value = std::get_if<Value>(&parsed);
  return value != nullptr && value->is_number() ? std::move(*value) : Value(text);
}

/// A single value; `text` is trimmed.
Value plain_value(const Value& schema, std::string_view text) {
  if (text.empty() || text == "-" || text == "–" || text == "NA") return nullptr;
  if (takes(schema, "boolean") && (text == "ya" || text == "yes" || text == "true" || text == "1")) return true;
  if (takes(schema, "boolean")) return false;
  const bool number = takes(schema, "number") || takes(schema, "integer");
  if (!number) return text;
  return number_of(schema, text);
}

std::vector<std::string_view> lines_of(std::string_view text) {
  std::vector<std::string_view> out;
  for (auto line : split(text, '\n')) {
    while (line.ends_with('\r')) line.remove_suffix(1);
    if (!trim(line).empty()) out.push_back(line);
  }
  return out;
}

std::vector<std::string_view> cells_of(std::string_view line) {
  for (const char separator : {'\t', ';'})
    if (line.contains(separator)) {
      auto cells = split(line, separator);
      for (auto& cell : cells) cell = trim(cell);
      return cells;
    }
  std::vector<std::string_view> cells;
  for (const auto word : split(line, ' '))
    if (!trim(word).empty()) cells.push_back(trim(word));
  for (auto& cell : cells)
    if (cell.size() > 1 && cell.ends_with(',')) cell.remove_suffix(1);  // "1, 2, 3"
  return cells;
}

/// Words may hold blanks, so only lines, tabs and semicolons part them.
Value list_value(const Value& items, std::string_view text) {
  const bool words = takes(items, "string");
  json::Array out;
  for (const auto line : lines_of(text)) {
    const bool parted = line.contains('\t') || line.contains(';');
    if (words && !parted) {
      for (const auto word : split(line, ',')) out.push_back(plain_value(items, trim(word)));
      continue;
    }
    for (const auto cell : cells_of(line)) out.push_back(plain_value(items, cell));
  }
  return out;
}

Value table_of(const Value& rows, std::string_view text) {
  json::Array out;
  for (const auto line : lines_of(text)) {
    json::Array row;
    for (const auto cell : cells_of(line)) row.push_back(plain_value(items_of(rows), cell));
    out.emplace_back(std::move(row));
  }
  return out;
}

Value records_of(const Value& record, std::string_view text) {
  static const Value unknown(json::Object{{"type", "string"}});
  const auto lines = lines_of(text);
  json::Array out;
  if (lines.empty()) return out;
  const auto titles = cells_of(lines.front());
  for (std::size_t i = 1; i < lines.size(); ++i) {
    const auto cells = cells_of(lines[i]);
    Value one(json::Object{});
    for (std::size_t k = 0; k < titles.size() && k < cells.size(); ++k) {
      const auto* properties = record.find("properties");
      const auto* known = properties == nullptr ? nullptr : properties->find(titles[k]);
      auto value = plain_value(known == nullptr ? unknown : *known, cells[k]);
      if (!value.is_null()) one.set(titles[k], std::move(value));
    }
    out.push_back(std::move(one));
  }
  return out;
}

Value pairs_of(const Value& member, std::string_view text) {
  Value out(json::Object{});
  for (const auto line : lines_of(text)) {
    const auto colon = line.find(':');
    const auto name = trim(line.substr(0, colon));
    const auto value = colon == line.npos ? std::string_view() : trim(line.substr(colon + 1));
    out.set(name, takes(member, "array") ? list_value(items_of(member), value) : plain_value(member, value));
  }
  return out;
}

std::string plain_text(const Value& value) {
  if (value.is_null()) return "-";
  if (value.is_string()) return value.string();
  if (value.is_bool()) return value.boolean() ? "ya" : "tidak";
  return json::print(value);
}

std::string joined_text(const json::Array& values, std::string_view separator) {
  std::string out;
  for (const auto& value : values) (out += out.empty() ? "" : separator) += plain_text(value);
  return out;
}

std::string records_text(const Value& record, const json::Array& rows) {
  std::vector<std::string> titles;
  for (const auto& [key, schema] : members_of(record))
    if (std::ranges::any_of(rows, [&](const Value& row) { return row.find(key) != nullptr; })) titles.push_back(key);
  std::string out;
  for (const auto& title : titles) (out += out.empty() ? "" : "\t") += title;
  for (const auto& row : rows) {
    out += '\n';
    for (std::size_t i = 0; i < titles.size(); ++i) {
      const auto* value = row.find(titles[i]);
      (out += i == 0 ? "" : "\t") += value == nullptr ? "" : plain_text(*value);
    }
  }
  return out;
}

/// Calls with the name and schema of each field of the form.
template <class F>
void each_field(const Value& schema, F&& visit) {
  for (const auto& [key, member] : members_of(schema)) {
    if (widget_of(member) != CalcWidget::Group) {
      visit(key, std::string(), member);
      continue;
    }
    for (const auto& [inner, field] : members_of(member)) visit(key, inner, field);
  }
}

}  // namespace

CalcWidget widget_of(const Value& schema) {
  if (schema.find("enum") != nullptr) return CalcWidget::Choice;
  if (takes(schema, "array")) return widget_of_array(schema);
  if (takes(schema, "object")) return widget_of_object(schema);
  if (takes(schema, "boolean")) return CalcWidget::Flag;
  if (takes(schema, "string")) return CalcWidget::Word;
  return takes(schema, "number") || takes(schema, "integer") ? CalcWidget::Number : CalcWidget::Json;
}

Value read_calc_value(const Value& schema, std::string_view text) {
  switch (widget_of(schema)) {
    case CalcWidget::List:
      return list_value(items_of(schema), text);
    case CalcWidget::Table:
      return table_of(items_of(schema), text);
    case CalcWidget::Records:
      return records_of(items_of(schema), text);
    case CalcWidget::Pairs:
      return pairs_of(*schema.find("additionalProperties"), text);
    case CalcWidget::Choice:
      return trim(text);
    case CalcWidget::Json:
    case CalcWidget::Group: {
      auto parsed = json::parse(text);
      auto* value = std::get_if<Value>(&parsed);
      return value == nullptr ? Value(text) : std::move(*value);
    }
    default:
      return plain_value(schema, trim(text));
  }
}

std::string write_calc_value(const Value& schema, const Value& value) {
  std::string out;
  switch (widget_of(schema)) {
    case CalcWidget::List:
      return value.is_array() ? joined_text(value.array(), "\n") : plain_text(value);
    case CalcWidget::Table:
      for (const auto& row : value.array())
        (out += out.empty() ? "" : "\n") += row.is_array() ? joined_text(row.array(), "\t") : plain_text(row);
      return out;
    case CalcWidget::Records:
      return records_text(items_of(schema), value.array());
    case CalcWidget::Pairs:
      for (const auto& [name, one] : value.object())
        out += (out.empty() ? "" : "\n") + name + ": " + (one.is_array() ? joined_text(one.array(), ", ") : plain_text(one));
      return out;
    case CalcWidget::Json:
    case CalcWidget::Group:
      return json::pretty(value);
    default:
      return plain_text(value);
  }
}

Value read_calc_form(const Value& schema, const http::Fields& fields) {
  Value out(json::Object{});
  each_field(schema, [&](const std::string& key, const std::string& inner, const Value& field) {
    const auto name = inner.empty() ? key : key + "." + inner;
    const auto at = std::ranges::find(fields, name, &http::Fields::value_type::first);
    if (at == fields.end() || trim(at->second).empty()) return;
    auto value = read_calc_value(field, at->second);
    if (inner.empty()) return out.set(key, std::move(value));
    Value group = out.find(key) == nullptr ? Value(json::Object{}) : *out.find(key);
    group.set(inner, std::move(value));
    out.set(key, std::move(group));
  });
  return out;
}

http::Fields write_calc_form(const Value& schema, const Value& input) {
  http::Fields out;
  each_field(schema, [&](const std::string& key, const std::string& inner, const Value& field) {
    const auto* value = input.find(key);
    if (value != nullptr && !inner.empty()) value = value->find(inner);
    if (value != nullptr) out.emplace_back(inner.empty() ? key : key + "." + inner, write_calc_value(field, *value));
  });
  return out;
}

}  // namespace pilar::web
