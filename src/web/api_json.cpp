#include "web/api_json.h"

#include <algorithm>
#include <array>

#include "app/answer_json.h"
#include "app/form_token.h"
#include "domain/place.h"
#include "domain/validation_rule.h"
#include "i18n/messages.h"
#include "interchange/pack.h"

namespace pilar::web {
namespace {

json::Value text_or_null(const std::string& text) { return text.empty() ? json::Value() : json::Value(text); }

template <class T>
json::Value day_or_null(const std::optional<T>& day) {
  return day ? json::Value(iso(*day)) : json::Value();
}

json::Value code_of(const Organisation& organisation, const std::optional<FacilityKey>& key) {
  const auto* node = key ? organisation.find(*key) : nullptr;
  return node == nullptr ? json::Value() : json::Value(node->code);
}

json::Value whole(std::size_t number) { return static_cast<std::int64_t>(number); }

json::Value options_json(const Item& item) {
  json::Array out;
  for (const auto& option : item.options) {
    json::Object one{{"key", option.key}, {"code", std::int64_t{option.code}}, {"label", words_json(option.label)}};
    if (option.not_applicable) one.emplace_back("not_applicable", true);
    out.emplace_back(std::move(one));
  }
  return out;
}

void add_words(json::Object& out, const char* key, const Words& words) {
  if (!words.empty()) out.emplace_back(key, words_json(words));
}

void add_text(json::Object& out, const char* key, const std::string& text) {
  if (!text.empty()) out.emplace_back(key, text);
}

void add_decimal(json::Object& out, const char* key, const std::optional<Decimal>& number) {
  if (number) out.emplace_back(key, *number);
}

json::Value item_json(const Instrument& form, const Item& item) {
  json::Object out{{"key", item.key}, {"type", pack_word(item.kind)}, {"label", words_json(item.label)}};
  add_words(out, "hint", item.hint);
  add_words(out, "help", item.help);
  out.emplace_back("section", form.sections[item.section].key);
  out.emplace_back("required", item.required);
  if (!item.options.empty()) out.emplace_back("options", options_json(item));
  if (is_numeric(item.kind)) out.emplace_back("digits", std::int64_t{item.digits});
  add_decimal(out, "low", item.low);
  add_decimal(out, "high", item.high);
  add_text(out, "unit", item.unit);
  if (item.kind == ItemKind::Text) out.emplace_back("max_length", whole(item.max_length));
  if (item.may_lie_ahead) out.emplace_back("future", true);
  json::Array empties;
  if (item.may_be_not_observed) empties.emplace_back("not_observed");
  if (item.may_be_not_applicable) empties.emplace_back("not_applicable");
  if (!empties.empty()) out.emplace_back("may_be", std::move(empties));
  add_text(out, "when", item.relevance.source);
  add_text(out, "must", item.constraint.source);
  add_words(out, "message", item.constraint_message);
  add_text(out, "formula", item.calculation.source);
  return out;
}

json::Value measure_json(const Measure& measure) {
  json::Object out{{"key", measure.key}, {"type", pack_word(measure.kind)}, {"title", words_json(measure.title)}};
  add_words(out, "meaning", measure.meaning);
  add_decimal(out, "target", measure.target);
  if (measure.minimum) out.emplace_back("minimum", *measure.minimum);
  return out;
}

}  // namespace

json::Value words_json(const Words& words) { return json::Object{{"id", words.id}, {"en", words.in(Lang::En)}}; }

json::Value saved_json(const app::Saved& saved, json::Value warnings) {
  return json::Object{{"id", text(saved.id)},
                      {"revision", static_cast<std::int64_t>(saved.revision)},
                      {"repeated", saved.repeated},
                      {"receipt", app::receipt_of(saved.id)},
                      {"warnings", std::move(warnings)}};
}

json::Value warnings_json(Lang lang, const app::Reference& reference, const app::NewRecord& record) {
  const auto* version = reference.find(record.version);
  const auto* node = reference.organisation.find(record.facility);
  require(version != nullptr && node != nullptr, "a record that was read names a known version and place");
  const auto& form = version->form;
  json::Array out;
  for (const auto& one : broken_rules(form, record.answers, civil_day(record.at, node->zone))) {
    json::Array fields;
    for (const auto item : one.rule->items()) fields.emplace_back("answers." + form.items[item].key);
    json::Object warning{{"rule", one.rule->key}, {"importance", std::string(key_of(importances(), one.rule->importance))}};
    warning.emplace_back("fields", std::move(fields));
    warning.emplace_back("left", one.left ? json::Value(*one.left) : json::Value());
    warning.emplace_back("right", one.right ? json::Value(*one.right) : json::Value());
    warning.emplace_back("message", one.rule->message.in(lang));
    out.emplace_back(std::move(warning));
  }
  return out;
}

json::Value problems_json(Lang lang, const Problems& problems) {
  json::Array out;
  for (const auto& problem : problems)
    out.emplace_back(json::Object{{"field", problem.field}, {"code", key_of(problem.message)}, {"message", say(lang, problem)}});
  return out;
}

json::Value record_json(const app::WholeRecord& whole) {
  const auto& record = whole.record;
  const auto zone = whole.node->zone;
  const auto answers = from_canonical(record.answers);
  const auto& form = whole.version->form;
  return json::Object{{"id", text(record.id)},
                      {"facility", whole.node->code},
                      {"unit", whole.unit == nullptr ? json::Value() : json::Value(whole.unit->code)},
                      {"instrument", form.key},
                      {"version", std::int64_t{form.version}},
                      {"day", iso(record.day)},
                      {"at", iso(record.at, zone)},
                      {"received_at", iso(record.received_at, zone)},
                      {"channel", api_name(record.channel)},
                      {"state", api_name(record.state)},
                      {"revision", std::int64_t{record.revision}},
                      {"answers", app::answers_json(form, answers, zone)},
                      {"calculated", app::calculated_json(form, answers, zone)}};
}

json::Value seen_line_json(const app::RecordList& list, const app::RecordLine& line) {
  const auto* unit = list.reference->organisation.find_unit(list.node->key, line.unit);
  json::Object answers;
  for (std::size_t i = 0; i < line.answers.size(); ++i) {
    const auto& seen = line.answers[i];
    auto value = seen.item != nullptr && seen.answer ? app::answer_json(*seen.item, *seen.answer, list.node->zone)
                                                     : json::Value(json::Object{{"not", "asked"}});
    if (seen.opens) value = json::Object{{"opens", iso(*seen.opens)}};
    answers.emplace_back(list.columns[i]->key, std::move(value));
  }
  return json::Object{{"facility", list.node->code},          {"unit", unit == nullptr ? json::Value() : json::Value(unit->code)},
                      {"instrument", list.version->form.key}, {"day", iso(line.day)},
                      {"channel", api_name(line.channel)},    {"state", api_name(line.state)},
                      {"answers", std::move(answers)}};
}

json::Value place_json(const Organisation& organisation, const Node& node) {
  json::Object out{{"code", node.code},
                   {"name", node.name},
                   {"kind", name(node.kind)},
                   {"type", text_or_null(node.facility_type)},
                   {"parent", code_of(organisation, node.parent)},
                   {"supervisor", code_of(organisation, node.supervisor)},
                   {"successor", code_of(organisation, node.successor)},
                   {"zone", name(node.zone)},
                   {"valid_from", iso(node.valid_from)},
                   {"valid_to", day_or_null(node.valid_to)},
                   {"version", std::int64_t{node.version}}};
  return out;
}

json::Value unit_json(const Unit& unit) {
  return json::Object{{"code", unit.code},
                      {"name", unit.name},
                      {"kind", name(unit.kind)},
                      {"valid_from", iso(unit.valid_from)},
                      {"valid_to", day_or_null(unit.valid_to)}};
}

json::Value instrument_head_json(const app::InstalledVersion& version) {
  const auto& form = version.form;
  json::Object out{{"key", form.key},
                   {"version", std::int64_t{form.version}},
                   {"title", words_json(form.title)},
                   {"purpose", words_json(form.purpose)},
                   {"source", form.source},
                   {"pillar", pack_word(form.pillar)},
                   {"public", form.is_public},
                   {"valid_from", day_or_null(form.valid_from)}};
  add_words(out, "mark", form.mark);
  return out;
}

json::Value instrument_json(const app::InstalledVersion& version) {
  auto out = instrument_head_json(version);
  const auto& form = version.form;
  json::Array sections, items, measures;
  for (const auto& section : form.sections) {
    json::Object one{{"key", section.key}, {"title", words_json(section.title)}};
    add_words(one, "hint", section.hint);
    one.emplace_back("step", section.step);
    sections.emplace_back(std::move(one));
  }
  for (const auto& item : form.items) items.push_back(item_json(form, item));
  for (const auto& measure : form.measures) measures.push_back(measure_json(measure));
  out.set("sections", std::move(sections));
  out.set("items", std::move(items));
  out.set("measures", std::move(measures));
  return out;
}

std::string_view api_name(Channel channel) {
  constexpr std::array<std::string_view, 5> kNames{"public", "staff", "api", "import", "demo"};
  return kNames.at(static_cast<std::size_t>(channel) - 1);
}

std::string_view api_name(RecordState state) {
  if (state == RecordState::Voided) return "voided";
  return state == RecordState::Flagged ? "flagged" : "valid";
}

std::optional<RecordState> parse_api_state(std::string_view text) {
  for (const auto state : {RecordState::Valid, RecordState::Voided, RecordState::Flagged})
    if (api_name(state) == text) return state;
  return {};
}

}  // namespace pilar::web
