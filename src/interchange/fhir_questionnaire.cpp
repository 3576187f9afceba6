#include <algorithm>
#include <array>
#include <cstdint>

#include "interchange/fhir.h"
#include "interchange/fhir_parts.h"
#include "interchange/pack_tree.h"

namespace pilar::fhir {
namespace {

/// A primitive member with its English as a translation.
void add_translated(json::Object& out, const std::string& key, const Words& words) {
  out.emplace_back(key, words.id);
  if (words.en.empty()) return;
  json::Array parts{json::Object{{"url", "lang"}, {"valueCode", "en"}}, json::Object{{"url", "content"}, {"valueString", words.en}}};
  json::Object extension{{"url", kTranslation}, {"extension", std::move(parts)}};
  out.emplace_back("_" + key, json::Object{{"extension", json::Array{std::move(extension)}}});
}

json::Value extension(std::string_view url, std::string_view value, json::Value content) {
  return json::Object{{"url", url}, {std::string(value), std::move(content)}};
}

/// Only where FHIRPath has words for it; the pack's own extension says it in any case.
void add_expression(json::Array& out, std::string_view url, const Instrument& form, const expression::Program& program) {
  if (auto path = path_of(form, program))
    out.push_back(extension(url, "valueExpression", json::Object{{"language", kPathLanguage}, {"expression", *std::move(path)}}));
}

/// FHIR's integers have 32 bits; a number without limits may have more.
bool fits_integer(const Item& item) {
  const auto fits = [](const std::optional<Decimal>& limit) {
    const auto whole = limit ? limit->scaled(0) : std::nullopt;
    return whole && *whole >= INT32_MIN && *whole <= INT32_MAX;
  };
  return item.kind == ItemKind::Number && item.digits == 0 && fits(item.low) && fits(item.high);
}

std::string_view fhir_type(const Item& item) {
  switch (item.kind) {
    case ItemKind::Choice:
    case ItemKind::Multiple:
    case ItemKind::Scale:
      return "choice";
    case ItemKind::YesNo:
      return "boolean";
    case ItemKind::Number:
    case ItemKind::Calculation:
      return fits_integer(item) ? "integer" : "decimal";
    case ItemKind::Date:
      return "date";
    case ItemKind::Time:
      return "time";
    case ItemKind::Instant:
      return "dateTime";
    case ItemKind::Text:
      return "text";
    case ItemKind::Photo:
      return "attachment";
    default:
      return "string";
  }
}

json::Value coding(const Instrument& form, const Item& item, const Option& option) {
  json::Object out{{"system", std::string(kOptionSystem) + form.key + ":" + item.key}, {"code", option.key}};
  add_translated(out, "display", option.label);
  return out;
}

class QuestionnaireWriter {
 public:
  explicit QuestionnaireWriter(const Instrument& form) : form_(form), tree_(pack::tree_of(form.content)) {}

  json::Value write() const {
    constexpr std::array<std::string_view, 6> kNative{"instrument", "version", "title", "purpose", "sections", "option_lists"};
    json::Object out{{"resourceType", "Questionnaire"}, {"id", form_.key}, {"language", "id"}};
    out.emplace_back("extension", json::Array{pack_extension(tree_, kNative)});
    out.emplace_back("url", std::string(kInstrumentUrl) + form_.key);
    out.emplace_back("version", std::to_string(form_.version));
    out.emplace_back("name", "Pilar_" + pack::name_from(form_.key));
    add_translated(out, "title", form_.title);
    out.emplace_back("status", "active");
    out.emplace_back("subjectType", json::Array{"Organization"});
    if (form_.valid_from) out.emplace_back("effectivePeriod", json::Object{{"start", iso(*form_.valid_from)}});
    add_translated(out, "description", form_.purpose);
    out.emplace_back("copyright", form_.source);
    json::Array groups;
    const auto& sections = tree_.find("sections")->children;
    for (std::size_t i = 0; i < sections.size(); ++i) groups.push_back(group(i, sections[i]));
    out.emplace_back("item", std::move(groups));
    return out;
  }

 private:
  static json::Value pack_extension(const yaml::Node& node, std::span<const std::string_view> native) {
    return extension(kPackExtension, "valueString", json::print(pack::rest_of(node, native)));
  }

  json::Value group(std::size_t index, const yaml::Node& node) const {
    constexpr std::array<std::string_view, 3> kNative{"key", "title", "items"};
    const auto& section = form_.sections[index];
    json::Object out{{"extension", json::Array{pack_extension(node, kNative)}}, {"linkId", "section." + section.key}};
    add_translated(out, "text", section.title);
    out.emplace_back("type", "group");
    json::Array items;
    for (const auto& child : node.find("items")->children) items.push_back(question(*form_.find(child.find("key")->text), child));
    out.emplace_back("item", std::move(items));
    return out;
  }

  json::Value question(const Item& item, const yaml::Node& node) const {
    constexpr std::array<std::string_view, 4> kNative{"key", "label", "required", "options"};
    json::Object out{{"extension", extensions(item, pack_extension(node, kNative))}, {"linkId", item.key}};
    add_translated(out, "text", item.label);
    out.emplace_back("type", fhir_type(item));
    add_conditions(out, item);
    if (item.required) out.emplace_back("required", true);
    if (item.kind == ItemKind::Multiple) out.emplace_back("repeats", true);
    if (item.kind == ItemKind::Calculation) out.emplace_back("readOnly", true);
    if (item.kind == ItemKind::Text) out.emplace_back("maxLength", static_cast<std::int64_t>(item.max_length));
    if (item.kind != ItemKind::YesNo && !item.options.empty()) out.emplace_back("answerOption", options(item));
    if (!item.hint.empty()) out.emplace_back("item", json::Array{hint(item)});
    return out;
  }

  static json::Value hint(const Item& item) {
    json::Object out{{"linkId", item.key + ".hint"}};
    add_translated(out, "text", item.hint);
    out.emplace_back("type", "display");
    return out;
  }

  json::Value options(const Item& item) const {
    json::Array out;
    for (const auto& option : item.options) {
      json::Array extensions{extension(kOrdinal, "valueDecimal", std::int64_t{option.code})};
      if (option.not_applicable)
        extensions.push_back(extension(kPackExtension, "valueString", json::print(json::Object{{"not_applicable", "yes"}})));
      out.emplace_back(json::Object{{"extension", std::move(extensions)}, {"valueCoding", coding(form_, item, option)}});
    }
    return out;
  }

  json::Array extensions(const Item& item, json::Value rest) const {
    json::Array out;
    if (!item.unit.empty()) out.push_back(extension(kUnit, "valueCoding", json::Object{{"display", item.unit}}));
    const auto* value = fhir_type(item) == "integer" ? "valueInteger" : "valueDecimal";
    if (item.low) out.push_back(extension(kMinimum, value, *item.low));
    if (item.high) out.push_back(extension(kMaximum, value, *item.high));
    if (item.digits > 0) out.push_back(extension(kDecimals, "valueInteger", item.digits));
    if (!item.calculation.empty()) add_expression(out, kCalculated, form_, item.calculation);
    if (!item.relevance.empty() && !conditions_of(form_, item.relevance)) add_expression(out, kEnableWhen, form_, item.relevance);
    if (const auto path = path_of(form_, item.constraint)) out.push_back(constraint(item, *path));
    out.push_back(std::move(rest));
    return out;
  }

  static json::Value constraint(const Item& item, const std::string& path) {
    auto id = "must-" + item.key;
    std::ranges::replace(id, '_', '-');
    json::Array parts{extension("key", "valueId", std::move(id)), extension("severity", "valueCode", "error"),
                      extension("expression", "valueString", path), extension("human", "valueString", item.constraint_message.id)};
    return json::Object{{"url", kConstraint}, {"extension", std::move(parts)}};
  }

  void add_conditions(json::Object& out, const Item& item) const {
    const auto conditions = conditions_of(form_, item.relevance);
    if (!conditions) return;
    json::Array list;
    for (const auto& condition : conditions->list) {
      const auto& asked = form_.items[condition.item];
      json::Object one{{"question", asked.key}, {"operator", condition.sign}};
      add_answer(one, asked, condition.value);
      list.emplace_back(std::move(one));
    }
    out.emplace_back("enableWhen", std::move(list));
    if (conditions->list.size() > 1) out.emplace_back("enableBehavior", conditions->all ? "all" : "any");
  }

  void add_answer(json::Object& out, const Item& asked, const expression::Value& value) const {
    const auto* words = std::get_if<std::string>(&value);
    const auto* number = std::get_if<Decimal>(&value);
    if (asked.kind == ItemKind::YesNo) {
      out.emplace_back("answerBoolean", *words == "ya");
    } else if (const auto* option = words != nullptr ? find_option(asked, std::string_view(*words)) : nullptr) {
      out.emplace_back("answerCoding", coding(form_, asked, *option));
    } else if (asked.kind == ItemKind::Scale) {
      const auto code = number->scaled(0).value_or(-1);
      const auto* at = find_option(asked, static_cast<std::int32_t>(code));
      out.emplace_back("answerCoding", at == nullptr ? json::Value(json::Object{{"code", text(*number)}}) : coding(form_, asked, *at));
    } else if (number != nullptr) {
      out.emplace_back(fhir_type(asked) == "integer" && number->is_whole() ? "answerInteger" : "answerDecimal", *number);
    } else if (const auto* day = std::get_if<Day>(&value)) {
      out.emplace_back("answerDate", iso(*day));
    } else {
      out.emplace_back("answerString", words == nullptr ? std::string() : *words);
    }
  }

  const Instrument& form_;
  yaml::Node tree_;
};

}  // namespace

std::string canonical_of(const Instrument& form) { return std::string(kInstrumentUrl) + form.key + "|" + std::to_string(form.version); }

json::Value questionnaire(const Instrument& form) { return QuestionnaireWriter(form).write(); }

}  // namespace pilar::fhir
