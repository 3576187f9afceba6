#include <array>

#include "base/text.h"
#include "i18n/words/answer.h"
#include "i18n/words/fhir.h"
#include "interchange/fhir.h"
#include "interchange/fhir_parts.h"

namespace pilar::fhir {
namespace {

constexpr int kDeepestItem = 12;

/// The answers to one item; empty where there is none.
struct ResponseAnswers {
  const Instrument& form;
  const Item& item;
  Zone zone;

  json::Value one(const char* key, json::Value value) const { return json::Object{{key, std::move(value)}}; }
  json::Value coded(std::int32_t code) const {
    const auto* option = find_option(item, code);
    require(option != nullptr, "a stored code is one of its item");
    if (item.kind == ItemKind::YesNo) return one("valueBoolean", option->key == "ya");
    return one("valueCoding", json::Object{{"system", std::string(kOptionSystem) + form.key + ":" + item.key},
                                           {"code", option->key},
                                           {"display", option->label.id}});
  }
  json::Array operator()(Empty) const { return {}; }
  json::Array operator()(Code code) const { return {coded(code.value)}; }
  json::Array operator()(const Codes& codes) const {
    json::Array out;
    for (const auto code : codes) out.push_back(coded(code));
    return out;
  }
  json::Array operator()(const Decimal& number) const { return {one("valueDecimal", number)}; }
  json::Array operator()(Day day) const { return {one("valueDate", iso(day))}; }
  json::Array operator()(TimeOfDay time) const { return {one("valueTime", iso(time) + ":00")}; }
  json::Array operator()(Instant at) const { return {one("valueDateTime", iso(at, zone))}; }
  json::Array operator()(const std::string& words) const { return {one("valueString", words)}; }
  json::Array operator()(const Photo& photo) const {
    return {one("valueAttachment", json::Object{{"url", std::string(kPhotoUrl) + photo.hash}})};
  }
  json::Array operator()(const NamedPerson&) const { return {}; }
  json::Array operator()(const PersonHash&) const { return {}; }
};

/// Source: HL7 data-absent-reason; blank has none, because the question simply has no answer.
constexpr std::array<std::pair<Empty, std::string_view>, 3> kReasons{
    {{Empty::NotAsked, "not-asked"}, {Empty::NotObserved, "not-performed"}, {Empty::NotApplicable, "not-applicable"}}};

/// Source: the same list; a person was named, and who it was never leaves the store.
constexpr std::string_view kMasked = "masked";

json::Value response_item(const Instrument& form, const Item& item, const Answer& answer, Zone zone) {
  json::Object out;
  if (const auto* empty = std::get_if<Empty>(&answer))
    for (const auto& [reason, code] : kReasons)
      if (reason == *empty) out.emplace_back("extension", json::Array{json::Object{{"url", kAbsent}, {"valueCode", code}}});
  if (std::holds_alternative<PersonHash>(answer))
    out.emplace_back("extension", json::Array{json::Object{{"url", kAbsent}, {"valueCode", kMasked}}});
  out.emplace_back("linkId", item.key);
  out.emplace_back("text", item.label.id);
  if (auto answers = std::visit(ResponseAnswers{form, item, zone}, answer); !answers.empty())
    out.emplace_back("answer", std::move(answers));
  return out;
}

std::string string_of(const json::Value& element, std::string_view key) {
  const auto* value = element.find(key);
  return value != nullptr && value->is_string() ? value->string() : std::string();
}

/// Reads a response, collecting what is wrong.
class ResponseReader {
 public:
  ResponseReader(const json::Value& root, const FindForm& find) : root_(root), find_(find) {}

  Result<json::Value> read() {
    if (string_of(root_, "resourceType") != "QuestionnaireResponse")
      return refuse(Msg::FhirNotA, "resourceType", {"QuestionnaireResponse"});
    const auto* form = read_form();
    if (form == nullptr) return std::unexpected(std::move(problems_));
    json::Object record;
    if (auto id = identity(); !id.empty()) record.emplace_back("id", std::move(id));
    record.emplace_back("instrument", form->key);
    record.emplace_back("version", std::int64_t{form->version});
    read_subject(record);
    if (auto at = string_of(root_, "authored"); !at.empty()) record.emplace_back("at", std::move(at));
    if (const auto* items = root_.find("item")) read_items(*form, *items, 0);
    record.emplace_back("answers", std::move(answers_));
    if (!problems_.empty()) return std::unexpected(std::move(problems_));
    return json::Value(std::move(record));
  }

 private:
  void wrong(Message message, std::string field, std::vector<std::string> args = {}) {
    if (problems_.size() < 100) problems_.push_back({Problem::Kind::Invalid, message, std::move(field), std::move(args)});
  }

  const Instrument* read_form() {
    const auto canonical = string_of(root_, "questionnaire");
    const auto bar = canonical.find('|');
    auto key = canonical.substr(0, bar);
    if (key.starts_with(kInstrumentUrl)) key = key.substr(kInstrumentUrl.size());
    if (const auto slash = key.rfind('/'); slash != std::string::npos) key = key.substr(slash + 1);
    const auto number = bar == std::string::npos ? std::optional<std::int64_t>(0) : parse_int(std::string_view(canonical).substr(bar + 1));
    const auto* form = number && *number >= 0 && *number <= 9999 ? find_(key, static_cast<int>(*number)) : nullptr;
    if (form == nullptr) wrong(Msg::FhirQuestionnaireUnknown, "questionnaire", {canonical});
    return form;
  }

  std::string identity() const {
    constexpr std::string_view kUuid = "urn:uuid:";
    if (const auto* identifier = root_.find("identifier"))
      if (const auto value = string_of(*identifier, "value"); value.starts_with(kUuid)) return value.substr(kUuid.size());
    return string_of(root_, "id");
  }

  void read_subject(json::Object& record) {
    const auto* subject = root_.find("subject");
    const auto* identifier = subject == nullptr ? nullptr : subject->find("identifier");
    const auto code = identifier == nullptr ? std::string() : string_of(*identifier, "value");
    if (code.empty()) wrong(Msg::FhirNoSubject, "subject");
    record.emplace_back("facility", code);
    const auto* extensions = root_.find("extension");
    if (extensions == nullptr || !extensions->is_array()) return;
    for (const auto& one : extensions->array())
      if (string_of(one, "url") == kUnitExtension) record.emplace_back("unit", string_of(one, "valueString"));
  }

  void read_items(const Instrument& form, const json::Value& items, int depth) {
    if (!items.is_array() || depth > kDeepestItem) return wrong(Msg::FhirTooDeep, "item");
    for (const auto& item : items.array()) {
      const auto link = string_of(item, "linkId");
      const auto* inner = item.find("item");
      if (const auto* known = form.find(link))
        read_answer(*known, item);
      else if (inner == nullptr)
        wrong(Msg::FhirQuestionUnknown, "item " + link, {link});
      if (inner != nullptr) read_items(form, *inner, depth + 1);
    }
  }

  void read_answer(const Item& item, const json::Value& given) {
    if (item.kind == ItemKind::Calculation) return;
    if (auto reason = absent(given)) return answers_.emplace_back(item.key, *std::move(reason)), void();
    const auto* answers = given.find("answer");
    if (answers == nullptr) return answers_.emplace_back(item.key, nullptr), void();
    json::Array values;
    if (answers->is_array())
      for (const auto& one : answers->array()) values.push_back(value_of(item, one));
    if (item.kind == ItemKind::Multiple)
      answers_.emplace_back(item.key, std::move(values));
    else if (values.size() == 1)
      answers_.emplace_back(item.key, std::move(values.front()));
    else
      wrong(Msg::AnswerOnlyOne, "item " + item.key);
  }

  static std::optional<json::Value> absent(const json::Value& given) {
    const auto* extensions = given.find("extension");
    if (extensions == nullptr || !extensions->is_array()) return {};
    constexpr std::array<std::string_view, 4> kNames{"asked", "", "observed", "applicable"};
    for (const auto& one : extensions->array())
      for (const auto& [reason, code] : kReasons)
        if (string_of(one, "url") == kAbsent && string_of(one, "valueCode") == code)
          return json::Value(json::Object{{"not", kNames.at(static_cast<std::size_t>(reason))}});
    return {};
  }

  json::Value value_of(const Item& item, const json::Value& answer) {
    if (const auto* coded = answer.find("valueCoding")) return string_of(*coded, "code");
    if (const auto* attached = answer.find("valueAttachment")) {
      const auto url = string_of(*attached, "url");
      return url.starts_with(kPhotoUrl) ? url.substr(kPhotoUrl.size()) : url;
    }
    for (const auto* key : {"valueBoolean", "valueInteger", "valueDecimal", "valueDate", "valueDateTime", "valueString", "valueUri"})
      if (const auto* value = answer.find(key)) return *value;
    if (const auto time = string_of(answer, "valueTime"); time.size() >= 5) return time.substr(0, 5);
    wrong(Msg::FhirAnswerUnknown, "item " + item.key, {item.key});
    return nullptr;
  }

  const json::Value& root_;
  const FindForm& find_;
  json::Object answers_{};
  Problems problems_{};
};

}  // namespace

json::Value response(const Instrument& form, const Answers& answers, const ResponseHead& head) {
  json::Array extensions{json::Object{{"url", kReceivedExtension}, {"valueDateTime", head.received_at}}};
  if (!head.unit.empty()) extensions.emplace_back(json::Object{{"url", kUnitExtension}, {"valueString", head.unit}});
  json::Array groups;
  for (std::size_t s = 0; s < form.sections.size(); ++s) {
    json::Array items;
    for (std::size_t i = 0; i < form.items.size() && i < answers.size(); ++i)
      if (form.items[i].section == s) items.push_back(response_item(form, form.items[i], answers[i], head.zone));
    groups.emplace_back(json::Object{{"linkId", "section." + form.sections[s].key}, {"item", std::move(items)}});
  }
  return json::Object{
      {"resourceType", "QuestionnaireResponse"},
      {"id", head.id},
      {"extension", std::move(extensions)},
      {"identifier", json::Object{{"system", "urn:ietf:rfc:3986"}, {"value", "urn:uuid:" + head.id}}},
      {"questionnaire", canonical_of(form)},
      {"status", head.status},
      {"subject", json::Object{{"type", "Organization"}, {"identifier", json::Object{{"system", kPlaceSystem}, {"value", head.facility}}}}},
      {"authored", head.at},
      {"item", std::move(groups)}};
}

Result<json::Value> record_from(const json::Value& response, const FindForm& find) { return ResponseReader(response, find).read(); }

}  // namespace pilar::fhir
