#include "web/import_values.h"

#include <algorithm>

#include "base/text.h"
#include "i18n/words/import.h"
#include "interchange/import_guess.h"
#include "web/forms.h"
#include "web/words.h"

namespace pilar::web {
namespace {

constexpr std::size_t kMostOpenTexts = 40;  // of one column

/// A text of the file with what it may mean.
struct OpenText {
  std::string field{}, text{}, value{};
  bool proposed = false;
};

const std::vector<std::string>* texts_of(const ImportValues& values, std::string_view column) {
  for (std::size_t i = 0; i < values.preview.columns.size(); ++i)
    if (values.preview.columns[i].name == column) return &values.preview.texts[i];
  return nullptr;
}

std::string given_value(const ImportProfile::Values& values, std::string_view text) {
  for (const auto& [from, to] : values)
    if (from == text) return to;
  return {};
}

std::vector<OpenText> open_texts(const ImportValues& values, const Item& item, const ImportProfile::Source& source) {
  std::vector<OpenText> out;
  const auto* texts = texts_of(values, source.column);
  if (texts == nullptr) return out;
  for (const auto& text : *texts) {
    auto value = given_value(source.values, text);
    if (value.empty() && (option_meant(item, text) != nullptr || item.kind == ItemKind::Multiple)) continue;
    OpenText one{"nilai." + item.key + "." + text, text, value};
    if (value.empty())
      if (const auto* near = nearest_option(item, text)) {
        one.value = near->key;
        one.proposed = true;
      }
    out.push_back(std::move(one));
    if (out.size() == kMostOpenTexts) break;
  }
  return out;
}

void draw_texts(html::Out& o, const Visit& visit, const std::string& title, const std::vector<OpenText>& texts,
                const std::vector<Option>& options) {
  if (texts.empty()) return;
  o.el("h3", {}, title);
  o.el("div", {{"class", "field-grid"}}, [&] {
    for (const auto& one : texts) {
      Field field{one.field, say(visit.lang, Msg::ImportTextMeans, {one.text}), one.proposed ? words(visit.lang, Msg::ImportProposed) : "",
                  one.value.empty() ? std::string("-") : one.value};
      field.required = true;
      draw_select(o, visit.lang, field, options);
    }
  });
}

std::vector<OpenText> open_units(const Visit& visit, const ImportValues& values, const Node& node) {
  std::vector<OpenText> out;
  const auto* texts = texts_of(values, values.profile.unit.column);
  if (texts == nullptr) return out;
  std::vector<std::string_view> names;
  const auto units = visit.reference->organisation.units(node.key);
  for (const auto& unit : units) names.emplace_back(unit.name);
  for (const auto& text : *texts) {
    auto value = given_value(values.profile.unit.values, text);
    const auto known = [&](const Unit& unit) {
      return bare_letters(unit.name) == bare_letters(text) || bare_letters(unit.code) == bare_letters(text);
    };
    if (value.empty() && std::ranges::any_of(units, known)) continue;
    OpenText one{"unit." + text, text, value};
    const auto near = nearest(text, names);
    if (value.empty() && !near.empty()) {
      one.value = std::ranges::find(units, near, &Unit::name)->code;
      one.proposed = true;
    }
    out.push_back(std::move(one));
    if (out.size() == kMostOpenTexts) break;
  }
  return out;
}

}  // namespace

void draw_import_values(html::Out& o, const Visit& visit, const ImportValues& values) {
  bool any = false;
  const auto card = [&] {
    for (const auto& [key, source] : values.profile.items) {
      const auto* item = values.form.find(key);
      if (item == nullptr || item->options.empty() || source.column.empty()) continue;
      std::vector<Option> options{{"-", words(visit.lang, Msg::ImportChooseMeaning)}};
      for (const auto& option : item->options) options.push_back({option.key, option.label.in(visit.lang)});
      const auto texts = open_texts(values, *item, source);
      any = any || !texts.empty();
      draw_texts(o, visit, item->label.in(visit.lang), texts, options);
    }
    const auto* node = visit.reference->organisation.find(std::string_view(values.profile.facility.fixed));
    if (node != nullptr && !values.profile.unit.column.empty()) {
      std::vector<Option> options{{"-", words(visit.lang, Msg::ImportChooseMeaning)}};
      for (const auto& unit : visit.reference->organisation.units(node->key)) options.push_back({unit.code, unit.name});
      const auto texts = open_units(visit, values, *node);
      any = any || !texts.empty();
      draw_texts(o, visit, words(visit.lang, Msg::ImportUnit), texts, options);
    }
    if (!any) o.el("p", {{"class", "note"}}, words(visit.lang, Msg::ImportAllUnderstood));
  };
  draw_card(o, {words(visit.lang, Msg::ImportValuesTitle), {}, words(visit.lang, Msg::ImportValuesNote), {}}, card);
}

}  // namespace pilar::web
