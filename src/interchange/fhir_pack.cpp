#include <algorithm>
#include <array>
#include <map>
#include <set>

#include "i18n/words/fhir.h"
#include "interchange/fhir.h"
#include "interchange/fhir_parts.h"
#include "interchange/pack_tree.h"

namespace pilar::fhir {
namespace {

constexpr int kDeepest = 10;

const json::Value* extension_of(const json::Value& element, std::string_view url) {
  const auto* list = element.find("extension");
  if (list == nullptr || !list->is_array()) return nullptr;
  for (const auto& one : list->array())
    if (const auto* named = one.find("url"); named != nullptr && *named == json::Value(url)) return &one;
  return nullptr;
}

std::string text_of(const json::Value& element, std::string_view key) {
  const auto* value = element.find(key);
  if (value == nullptr) return {};
  if (value->is_string()) return value->string();
  return value->is_number() ? value->number().text : std::string();
}

/// The English of a primitive member.
std::string english_of(const json::Value& element, const std::string& key) {
  const auto* more = element.find("_" + key);
  const auto* translation = more == nullptr ? nullptr : extension_of(*more, kTranslation);
  const auto* content = translation == nullptr ? nullptr : extension_of(*translation, "content");
  return content == nullptr ? std::string() : text_of(*content, "valueString");
}

yaml::Node words_of(const json::Value& element, const std::string& key, std::string_view member, const std::string& otherwise) {
  const auto found = text_of(element, key);
  const auto& id = found.empty() ? otherwise : found;
  const auto english = english_of(element, key);
  return pack::words(member, id, english.empty() ? id : english);
}

/// What our own extension holds, or nothing.
std::optional<json::Value> own_rest(const json::Value& element) {
  const auto* own = extension_of(element, kPackExtension);
  if (own == nullptr) return {};
  auto parsed = json::parse(text_of(*own, "valueString"));
  if (auto* value = std::get_if<json::Value>(&parsed)) return std::move(*value);
  return {};
}

struct Known {
  std::string key, type;
  std::map<std::string, std::string> options{};  ///< FHIR code to key
};

class PackReader {
 public:
  Result<std::string> read(const json::Value& root) {
    const auto* type = root.find("resourceType");
    if (type == nullptr || *type != json::Value("Questionnaire")) return refuse(Msg::FhirNotA, "resourceType", {"Questionnaire"});
    auto out = head(root);
    auto sections = pack::sequence("sections");
    const auto* items = root.find("item");
    if (items != nullptr && items->is_array()) announce(items->array());
    if (items != nullptr && items->is_array()) read_groups(items->array(), sections);
    out.children.push_back(std::move(sections));
    if (const auto rest = own_rest(root)) pack::add_rest(out, *rest);
    if (!problems_.empty()) return std::unexpected(std::move(problems_));
    return pack::write_tree(out);
  }

 private:
  void wrong(Message message, const json::Value& item, std::vector<std::string> args = {}) {
    if (problems_.size() < yaml::kMaxFaults)
      problems_.push_back({Problem::Kind::Invalid, message, "item " + text_of(item, "linkId"), std::move(args)});
  }

  static yaml::Node head(const json::Value& root) {
    auto out = pack::mapping("");
    const auto url = text_of(root, "url");
    const bool ours = url.starts_with(kInstrumentUrl);
    auto key = ours ? url.substr(kInstrumentUrl.size())
                    : pack::name_from(!text_of(root, "id").empty() ? text_of(root, "id") : text_of(root, "name"));
    out.children.push_back(pack::scalar("instrument", key));
    const auto version = text_of(root, "version");
    const bool plain = !version.empty() && version.find_first_not_of("0123456789") == std::string::npos;
    out.children.push_back(pack::scalar("version", plain ? version : "1"));
    const auto title = text_of(root, "title");
    out.children.push_back(words_of(root, "title", "title", title.empty() ? key : title));
    out.children.push_back(words_of(root, "description", "purpose", title.empty() ? key : title));
    const auto source = text_of(root, "copyright");
    out.children.push_back(pack::scalar("source", !source.empty() ? source : !url.empty() ? url : "FHIR Questionnaire"));
    out.children.push_back(pack::scalar("pillar", "ppk"));
    return out;
  }

  std::string free_name(const std::string& wanted) {
    auto name = wanted;
    for (int n = 2; !taken_.insert(name).second; ++n) name = wanted.substr(0, 36) + "_" + std::to_string(n);
    return name;
  }

  static std::string_view pack_type(const json::Value& item) {
    constexpr std::array<std::pair<std::string_view, std::string_view>, 10> kTypes{{{"boolean", "yesno"},
                                                                                    {"decimal", "number"},
                                                                                    {"integer", "number"},
                                                                                    {"date", "date"},
                                                                                    {"dateTime", "instant"},
                                                                                    {"time", "time"},
                                                                                    {"string", "text"},
                                                                                    {"text", "text"},
                                                                                    {"attachment", "photo"},
                                                                                    {"choice", "choice"}}};
    const auto type = text_of(item, "type");
    const auto* repeats = item.find("repeats");
    if (type == "choice" && repeats != nullptr && repeats->is_bool() && repeats->boolean()) return "multiple";
    const auto* found = std::ranges::find(kTypes, type, &std::pair<std::string_view, std::string_view>::first);
    return found == kTypes.end() ? std::string_view() : found->second;
  }

  /// Every question gets its name before any condition is read.
  void announce(const json::Array& items, int depth = 0) {
    for (const auto& item : items) {
      const auto type = text_of(item, "type");
      if (type != "group" && type != "display") {
        const auto link = text_of(item, "linkId");
        Known known{free_name(pack::name_from(link)), std::string(pack_type(item))};
        if (const auto rest = own_rest(item); rest && rest->find("type") != nullptr) known.type = text_of(*rest, "type");
        known_.emplace(link, std::move(known));
      }
      if (const auto* inner = item.find("item"); inner != nullptr && inner->is_array() && depth < kDeepest + 2)
        announce(inner->array(), depth + 1);
    }
  }

  /// Groups become sections; questions outside of them a section of their own.
  void read_groups(const json::Array& items, yaml::Node& sections) {
    yaml::Node loose = pack::sequence("items");
    for (const auto& item : items) {
      if (text_of(item, "type") != "group") {
        read_item(item, {}, loose, 0);
        continue;
      }
      close_loose(loose, sections);
      auto questions = pack::sequence("items");
      auto link = text_of(item, "linkId");
      if (link.starts_with("section.")) link = link.substr(8);
      auto section = pack::mapping("");
      section.children.push_back(pack::scalar("key", free_section(pack::name_from(link))));
      section.children.push_back(words_of(item, "text", "title", link));
      const auto condition = condition_text(item);
      if (const auto* inner = item.find("item"); inner != nullptr && inner->is_array())
        for (const auto& one : inner->array()) read_item(one, condition, questions, 0);
      section.children.push_back(std::move(questions));
      if (const auto rest = own_rest(item)) pack::add_rest(section, *rest);
      sections.children.push_back(std::move(section));
    }
    close_loose(loose, sections);
  }

  void close_loose(yaml::Node& loose, yaml::Node& sections) {
    if (loose.children.empty()) return;
    auto section = pack::mapping("");
    section.children.push_back(pack::scalar("key", free_section("umum")));
    section.children.push_back(pack::words("title", "Umum", "General"));
    section.children.push_back(std::exchange(loose, pack::sequence("items")));
    sections.children.push_back(std::move(section));
  }

  std::string free_section(const std::string& wanted) {
    auto name = wanted;
    for (int n = 2; !sections_.insert(name).second; ++n) name = wanted.substr(0, 36) + "_" + std::to_string(n);
    return name;
  }

  void read_item(const json::Value& item, const std::string& outer, yaml::Node& questions, int depth) {
    const auto type = text_of(item, "type");
    const auto condition = both(outer, condition_text(item));
    if (type != "display" && type != "group") question(item, condition, questions);
    const auto* inner = item.find("item");
    if (inner == nullptr || !inner->is_array() || type == "display") return;
    if (depth == kDeepest) return wrong(Msg::FhirTooDeep, item);
    for (const auto& one : inner->array()) read_item(one, condition, questions, depth + 1);
  }

  static std::string both(const std::string& a, const std::string& b) {
    if (a.empty() || b.empty()) return a + b;
    return "(" + a + ") and (" + b + ")";
  }

  void question(const json::Value& item, const std::string& condition, yaml::Node& questions) {
    const auto& known = known_.at(text_of(item, "linkId"));
    if (known.type.empty()) return wrong(Msg::FhirTypeUnknown, item, {text_of(item, "type")});
    auto out = pack::mapping("");
    out.children.push_back(pack::scalar("key", known.key));
    out.children.push_back(pack::scalar("type", known.type));
    out.children.push_back(words_of(item, "text", "label", known.key));
    if (const auto* required = item.find("required"); required != nullptr && required->is_bool() && required->boolean())
      out.children.push_back(pack::scalar("required", "yes"));
    if (const auto* options = item.find("answerOption"); options != nullptr && options->is_array())
      add_options(item, options->array(), out);
    if (const auto rest = own_rest(item)) {
      pack::add_rest(out, *rest);
    } else {
      if (!condition.empty()) out.children.push_back(pack::scalar("when", condition));
      add_limits(item, known.type, out);
    }
    questions.children.push_back(std::move(out));
  }

  static void add_limits(const json::Value& item, std::string_view type, yaml::Node& out) {
    if (type == "text")
      if (const auto length = text_of(item, "maxLength"); !length.empty()) out.children.push_back(pack::scalar("max_length", length));
    if (type != "number") return;
    const auto add = [&](std::string_view url, const char* member) {
      const auto* found = extension_of(item, url);
      if (found == nullptr) return;
      auto value = text_of(*found, "valueDecimal");
      if (value.empty()) value = text_of(*found, "valueInteger");
      if (!value.empty()) out.children.push_back(pack::scalar(member, value));
    };
    add(kMinimum, "low");
    add(kMaximum, "high");
    if (extension_of(item, kDecimals) != nullptr)
      add(kDecimals, "digits");
    else if (text_of(item, "type") == "decimal")
      out.children.push_back(pack::scalar("digits", "2"));
    if (const auto* unit = extension_of(item, kUnit))
      if (const auto* coded = unit->find("valueCoding"))
        if (const auto name = text_of(*coded, "display"); !name.empty()) out.children.push_back(pack::scalar("unit", name));
  }

  void add_options(const json::Value& item, const json::Array& given, yaml::Node& out) {
    auto options = pack::sequence("options");
    std::set<std::string> keys;
    int next = 0;
    for (const auto& one : given) {
      const auto* coded = one.find("valueCoding");
      const auto code =
          coded != nullptr ? text_of(*coded, "code") : text_of(one, one.find("valueString") != nullptr ? "valueString" : "valueInteger");
      auto option = pack::mapping("");
      auto name = own_rest(item) ? code : pack::name_from(code);
      while (!keys.insert(name).second) name += "_";
      const auto* ordinal = extension_of(one, kOrdinal);
      option.children.push_back(pack::scalar("key", name));
      option.children.push_back(pack::scalar("code", ordinal != nullptr ? text_of(*ordinal, "valueDecimal") : std::to_string(++next)));
      option.children.push_back(coded != nullptr ? words_of(*coded, "display", "label", code) : pack::words("label", code, code));
      if (const auto rest = own_rest(one)) pack::add_rest(option, *rest);
      options.children.push_back(std::move(option));
      known_[text_of(item, "linkId")].options[code] = name;
    }
    out.children.push_back(std::move(options));
  }

  /// enableWhen as an expression of ours; empty where there is none.
  std::string condition_text(const json::Value& item) {
    if (own_rest(item)) return {};  // it carries its own `when`
    if (extension_of(item, kEnableWhen) != nullptr) wrong(Msg::FhirExpression, item);
    const auto* list = item.find("enableWhen");
    if (list == nullptr || !list->is_array()) return {};
    const bool any = text_of(item, "enableBehavior") == "any";
    std::string out;
    for (const auto& one : list->array()) {
      const auto part = comparison(item, one);
      if (!part.empty()) out += (out.empty() ? "" : any ? " or " : " and ") + part;
    }
    return out;
  }

  std::string comparison(const json::Value& item, const json::Value& condition) {
    const auto at = known_.find(text_of(condition, "question"));
    if (at == known_.end()) return wrong(Msg::FhirQuestionUnknown, item, {text_of(condition, "question")}), std::string();
    const auto& asked = at->second;
    const auto question = "${" + asked.key + "}";
    const auto sign = text_of(condition, "operator");
    if (sign == "exists") {
      const auto* there = condition.find("answerBoolean");
      const auto exists = "coalesce(" + question + " = " + question + ", false())";
      return there != nullptr && *there == json::Value(false) ? "not(" + exists + ")" : exists;
    }
    auto value = answer_text(asked, condition);
    if (value.empty()) return wrong(Msg::FhirAnswerUnknown, item, {text_of(condition, "question")}), std::string();
    if (asked.type == "multiple")
      return (sign == "!=" ? "not(selected(" : "selected(") + question + ", " + value + (sign == "!=" ? "))" : ")");
    return question + " " + sign + " " + value;
  }

  static std::string quoted(const std::string& text) {
    return text.find('\'') == std::string::npos ? "'" + text + "'" : "\"" + text + "\"";
  }

  static std::string answer_text(const Known& asked, const json::Value& condition) {
    if (const auto* coded = condition.find("answerCoding")) {
      const auto code = text_of(*coded, "code");
      const auto at = asked.options.find(code);
      return quoted(at == asked.options.end() ? pack::name_from(code) : at->second);
    }
    if (const auto* flag = condition.find("answerBoolean"); flag != nullptr && flag->is_bool()) return flag->boolean() ? "'ya'" : "'tidak'";
    for (const auto* key : {"answerInteger", "answerDecimal"})
      if (const auto number = text_of(condition, key); !number.empty()) return number;
    if (const auto day = text_of(condition, "answerDate"); !day.empty()) return "date(" + quoted(day) + ")";
    if (const auto words = text_of(condition, "answerString"); !words.empty()) return quoted(words);
    return {};
  }

  std::map<std::string, Known> known_{};  ///< by linkId
  std::set<std::string> taken_{}, sections_{};
  Problems problems_{};
};

}  // namespace

Result<std::string> pack_from(const json::Value& questionnaire) { return PackReader().read(questionnaire); }

}  // namespace pilar::fhir
