#include "app/answer_json.h"

namespace pilar::app {
namespace {

struct AnswerWriter {
  const Item& item;
  Zone zone;

  json::Value operator()(Empty empty) const {
    constexpr std::string_view kNames[] = {"asked", "", "observed", "applicable"};
    if (empty == Empty::Blank) return nullptr;
    return json::Object{{"not", kNames[static_cast<std::size_t>(empty)]}};
  }
  json::Value operator()(Code code) const { return option_key(code.value); }
  json::Value operator()(const Codes& codes) const {
    json::Array keys;
    for (const auto code : codes) keys.emplace_back(option_key(code));
    return keys;
  }
  json::Value operator()(const Decimal& number) const { return number; }
  json::Value operator()(Day day) const { return iso(day); }
  json::Value operator()(TimeOfDay time) const { return iso(time); }
  json::Value operator()(Instant at) const { return iso(at, zone); }
  json::Value operator()(const std::string& words) const { return words; }
  json::Value operator()(const Photo& photo) const { return photo.hash; }
  /// Who it was never leaves the store.
  json::Value operator()(const NamedPerson&) const { return json::Object{{"not", "shown"}}; }
  json::Value operator()(const PersonHash&) const { return json::Object{{"not", "shown"}}; }

 private:
  std::string option_key(std::int32_t code) const {
    const auto* option = find_option(item, code);
    require(option != nullptr, "a stored code is one of its item");
    return option->key;
  }
};

json::Value chosen_answers(const Instrument& form, const Answers& answers, Zone zone, bool computed) {
  json::Object out;
  for (std::size_t i = 0; i < form.items.size() && i < answers.size(); ++i) {
    const auto& item = form.items[i];
    if ((item.kind == ItemKind::Calculation) == computed) out.emplace_back(item.key, answer_json(item, answers[i], zone));
  }
  return out;
}

}  // namespace

json::Value answer_json(const Item& item, const Answer& answer, Zone zone) { return std::visit(AnswerWriter{item, zone}, answer); }

json::Value answers_json(const Instrument& form, const Answers& answers, Zone zone) { return chosen_answers(form, answers, zone, false); }

json::Value calculated_json(const Instrument& form, const Answers& answers, Zone zone) { return chosen_answers(form, answers, zone, true); }

}  // namespace pilar::app
