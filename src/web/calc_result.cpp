#include "web/calc_result.h"

#include <algorithm>
#include <cmath>

#include "i18n/field_name.h"
#include "i18n/format.h"
#include "i18n/messages.h"
#include "i18n/terms.h"
#include "i18n/words/guide.h"
#include "web/components.h"
#include "web/words.h"

namespace pilar::web {
namespace {

using json::Value;

bool is_pair(const Value& value) {
  return value.is_array() && value.array().size() == 2 && std::ranges::all_of(value.array(), &Value::is_number);
}
bool is_scalar(const Value& value) { return !value.is_array() && !value.is_object(); }
bool is_cell(const Value& value) { return is_scalar(value) || is_pair(value); }

/// Whether figures stand in these cells.
bool is_numeric(const Value& value) { return value.is_number() || is_pair(value); }

class ResultDrawing {
 public:
  ResultDrawing(html::Out& o, Lang lang, std::string_view method, const Value& schema)
      : o_(o),
        lang_(lang),
        method_(method),
        outputs_(schema.find("x-output")) {}

  void draw(const Value& body) {
    draw_warnings(body);
    draw_single(body);
    draw_arrays(body);
    for (const auto& [key, value] : body.object())
      if (key != "warnings") draw_nested(key, value);
  }

 private:
  std::string name(const std::string& key) const { return std::string(field_name(lang_, method_, key)); }

  std::string meaning(const std::string& key) const {
    const auto* text = outputs_ == nullptr ? nullptr : outputs_->find(key);
    if (text == nullptr || !text->is_string()) return {};
    return with_field_names(lang_, method_, term(lang_, text->string()), [](std::string_view) { return false; });
  }

  /// A value that stands under this key; a word of the method's own is said as people say it.
  std::string cell_words(const std::string& key, const Value& value) const {
    if (value.is_null()) return std::string(format::kNone);
    if (value.is_bool()) return words(lang_, value.boolean() ? Msg::CalcPagesYes : Msg::CalcPagesNo);
    if (value.is_number()) return figure_words(lang_, value.to_double().value_or(NAN));
    if (value.is_string()) {
      const auto choice = key + "=" + value.string();
      return has_field_name(method_, choice) ? name(choice) : std::string(term(lang_, value.string()));
    }
    if (is_pair(value)) return format::range(cell_words(key, value.array()[0]), cell_words(key, value.array()[1]));
    std::string out;
    if (value.is_array())
      for (const auto& one : value.array()) (out += out.empty() ? "" : "; ") += cell_words(key, one);
    else
      for (const auto& [part, one] : value.object()) (out += out.empty() ? "" : "; ") += name(part) + ": " + cell_words(part, one);
    return out;
  }

  void draw_warnings(const Value& body) {
    const auto* warnings = body.find("warnings");
    if (warnings == nullptr) return;
    for (const auto& warning : warnings->array()) {
      auto text = with_field_names(lang_, method_, warning.find("message")->string(), [&](std::string_view word) {
        return warning.find("code")->string() == "undefined" && body.find(word) != nullptr;
      });
      if (const auto& rows = warning.find("rows")->array(); !rows.empty()) {
        std::string at;
        for (const auto& row : rows) (at += at.empty() ? "" : ", ") += row.number().text;
        text += " " + say(lang_, Msg::CalcPagesRows, {at});
      }
      o_.el("p", {{"class", "note"}}, [&] { draw_badge(o_, Mark::Neutral, text); });
    }
  }

  void draw_single(const Value& body) {
    const auto single = [](const auto& member) { return member.first != "warnings" && is_cell(member.second); };
    if (std::ranges::none_of(body.object(), single)) return;
    const TableHead head{
        .caption = words(lang_, Msg::CalcPagesResult),
        .columns = {{words(lang_, Msg::CalcPagesFigure)}, {words(lang_, Msg::CalcPagesValue), true}, {words(lang_, Msg::CalcPagesMeaning)}},
        .stacks = true};
    draw_table(o_, head, [&](Rows& rows) {
      for (const auto& member : body.object())
        if (single(member))
          rows.row([&](Row& row) {
            row.name(name(member.first));
            row.cell(cell_words(member.first, member.second));
            row.cell(meaning(member.first));
          });
    });
  }

  /// Arrays of one length stand side by side, names first.
  void draw_arrays(const Value& body) {
    std::vector<std::size_t> lengths;
    for (const auto& [key, value] : body.object())
      if (is_column(key, value) && std::ranges::find(lengths, value.array().size()) == lengths.end())
        lengths.push_back(value.array().size());
    for (const auto length : lengths) {
      std::vector<const json::Member*> columns;
      for (const auto& member : body.object())
        if (is_column(member.first, member.second) && member.second.array().size() == length) columns.push_back(&member);
      draw_columns_table(columns, length);
      draw_meanings(columns);
    }
  }

  static bool is_column(const std::string& key, const Value& value) {
    return key != "warnings" && value.is_array() && !is_pair(value) && !value.array().empty() &&
           std::ranges::all_of(value.array(), is_cell);
  }

  void draw_columns_table(const std::vector<const json::Member*>& columns, std::size_t length) {
    TableHead head{.caption = name(columns.front()->first)};
    const bool named = std::ranges::all_of(columns.front()->second.array(), &Value::is_string);
    if (!named) head.columns.push_back({words(lang_, Msg::CalcPagesNumber)});
    for (const auto* column : columns)
      head.columns.push_back({name(column->first), std::ranges::any_of(column->second.array(), is_numeric)});
    draw_table(o_, head, [&](Rows& rows) {
      for (std::size_t i = 0; i < length; ++i)
        rows.row([&](Row& row) {
          if (!named) row.name(format::number(lang_, static_cast<std::int64_t>(i + 1)));
          for (const auto* column : columns) {
            const auto text = cell_words(column->first, column->second.array()[i]);
            named&& column == columns.front() ? row.name(text) : row.cell(text);
          }
        });
    });
  }

  void draw_meanings(const std::vector<const json::Member*>& columns) {
    std::vector<Fact> facts;
    for (const auto* column : columns)
      if (auto text = meaning(column->first); !text.empty()) facts.push_back({name(column->first), std::move(text)});
    if (!facts.empty()) draw_facts(o_, facts);
  }

  void draw_nested(const std::string& key, const Value& value) {
    if (is_cell(value) || is_column(key, value)) return;
    o_.el("h3", {}, name(key));
    if (const auto text = meaning(key); !text.empty()) o_.el("p", {{"class", "hint"}}, text);
    if (value.is_array()) return draw_list(key, value.array());
    draw_object(key, value.object());
  }

  void draw_list(const std::string& key, const json::Array& rows) {
    if (rows.empty()) return o_.el("p", {{"class", "note"}}, format::kNone);
    if (std::ranges::all_of(rows, &Value::is_object)) return draw_rows(key, {}, rows);
    draw_table(o_, {.caption = name(key), .columns = {{words(lang_, Msg::CalcPagesNumber)}, {words(lang_, Msg::CalcPagesValue)}}},
               [&](Rows& out) {
                 for (std::size_t i = 0; i < rows.size(); ++i)
                   out.row([&](Row& row) {
                     row.name(format::number(lang_, static_cast<std::int64_t>(i + 1)));
                     row.cell(cell_words(key, rows[i]));
                   });
               });
  }

  void draw_object(const std::string& key, const json::Object& members) {
    if (members.empty()) return o_.el("p", {{"class", "note"}}, format::kNone);
    const bool objects = std::ranges::all_of(members, [](const auto& member) { return member.second.is_object(); });
    const bool columns = std::ranges::all_of(members, [&](const auto& member) {
      return member.second.is_array() && members.front().second.is_array() &&
             member.second.array().size() == members.front().second.array().size() && !is_pair(member.second);
    });
    if (objects) {
      json::Array rows;
      std::vector<std::string> names;
      for (const auto& [part, row] : members) {
        names.push_back(name(part));
        rows.push_back(row);
      }
      return draw_rows(key, names, rows);
    }
    if (columns) {
      std::vector<const json::Member*> all;
      for (const auto& member : members) all.push_back(&member);
      return draw_columns_table(all, members.front().second.array().size());
    }
    draw_table(o_, {.caption = name(key), .columns = {{words(lang_, Msg::CalcPagesName)}, {words(lang_, Msg::CalcPagesValue), true}}},
               [&](Rows& out) {
                 for (const auto& [part, value] : members)
                   out.row([&](Row& row) {
                     row.name(name(part));
                     row.cell(cell_words(part, value));
                   });
               });
  }

  /// Objects line by line under the keys of all of them; `names` before them where they have some.
  void draw_rows(const std::string& key, const std::vector<std::string>& names, const json::Array& rows) {
    std::vector<std::string> keys;
    TableHead head{.caption = name(key)};
    if (!names.empty()) head.columns.push_back({words(lang_, Msg::CalcPagesName)});
    for (const auto& row : rows)
      for (const auto& [part, value] : row.object())
        if (std::ranges::find(keys, part) == keys.end()) {
          keys.push_back(part);
          head.columns.push_back({name(part), is_numeric(value)});
        }
    draw_table(o_, head, [&](Rows& out) {
      for (std::size_t i = 0; i < rows.size(); ++i)
        out.row([&](Row& row) {
          if (!names.empty()) row.name(names[i]);
          for (std::size_t k = 0; k < keys.size(); ++k) {
            const auto* value = rows[i].find(keys[k]);
            const auto text = value == nullptr ? std::string() : cell_words(keys[k], *value);
            names.empty() && k == 0 ? row.name(text) : row.cell(text);
          }
        });
    });
  }

  html::Out& o_;
  Lang lang_;
  std::string_view method_;
  const Value* outputs_;
};

}  // namespace

std::string figure_words(Lang lang, double value) {
  constexpr double kWhole = 1e15;
  constexpr int kSignificant = 6, kMost = 9;
  if (!std::isfinite(value)) return std::string(format::kNone);
  if (std::trunc(value) == value && std::abs(value) < kWhole) return format::number(lang, static_cast<std::int64_t>(value));
  const int before = static_cast<int>(std::floor(std::log10(std::abs(value)))) + 1;
  return format::number(lang, value, std::clamp(kSignificant - before, 0, kMost));
}

void draw_calc_result(html::Out& o, Lang lang, std::string_view method, const Value& schema, const Value& body) {
  ResultDrawing(o, lang, method, schema).draw(body);
}

}  // namespace pilar::web
