#include "web/answer_words.h"

#include <algorithm>
#include <array>

#include "i18n/format.h"
#include "i18n/messages.h"
#include "i18n/words/common.h"
#include "i18n/words/result.h"
#include "web/words.h"

namespace pilar::web {
namespace {

std::string option_words(Lang lang, const Item& item, std::int32_t code) {
  const auto* option = find_option(item, code);
  return option == nullptr ? format::number(lang, code) : option->label.in(lang);
}

std::string clock_words(Lang lang, TimeOfDay time) {
  auto out = iso(time);
  if (lang == Lang::Id) std::ranges::replace(out, ':', '.');
  return out;
}

struct Speaker {
  Lang lang;
  const Item& item;
  Zone zone;

  std::string operator()(Empty empty) const {
    constexpr std::array kWords{Msg::RecordListNotAsked, Msg::RecordListBlank, Msg::CommonNotObserved, Msg::CommonNotApplicable};
    return words(lang, kWords.at(static_cast<std::size_t>(empty)));
  }
  std::string operator()(Code code) const { return option_words(lang, item, code.value); }
  std::string operator()(const Codes& codes) const {
    std::string out;
    for (const auto code : codes) out += (out.empty() ? "" : ", ") + option_words(lang, item, code);
    return out;
  }
  std::string operator()(const Decimal& value) const { return format::number(lang, value) + (item.unit.empty() ? "" : " " + item.unit); }
  std::string operator()(Day day) const { return format::short_date(lang, day); }
  std::string operator()(TimeOfDay time) const { return clock_words(lang, time); }
  std::string operator()(Instant at) const { return format::moment(lang, at, zone); }
  std::string operator()(const std::string& text) const { return text; }
  std::string operator()(const NamedPerson&) const { return words(lang, Msg::RecordListPerson); }
  std::string operator()(const PersonHash&) const { return words(lang, Msg::RecordListPerson); }
  std::string operator()(const Photo&) const { return words(lang, Msg::FormPhoto); }
};

std::string options_words(Lang lang, const Item& item) {
  std::string out;
  for (const auto& option : item.options) {
    const auto code = item.kind == ItemKind::Scale && !option.not_applicable ? format::number(lang, option.code) + " " : "";
    out += (out.empty() ? "" : " · ") + code + option.label.in(lang);
  }
  return out;
}

}  // namespace

std::string answer_words(Lang lang, const Item& item, const Answer& answer, Zone zone) {
  return std::visit(Speaker{lang, item, zone}, answer);
}

std::string kind_words(Lang lang, const Item& item) {
  switch (item.kind) {
    case ItemKind::Choice:
    case ItemKind::Multiple:
    case ItemKind::Scale:
    case ItemKind::YesNo:
      return options_words(lang, item);
    case ItemKind::Number:
      return item.unit.empty() ? words(lang, Msg::FormNumber) : say(lang, Msg::FormNumberUnit, {item.unit});
    case ItemKind::Calculation:
      return words(lang, Msg::FormCalculated);
    case ItemKind::Date:
      return words(lang, Msg::FormDate);
    case ItemKind::Time:
      return words(lang, Msg::FormTime);
    case ItemKind::Instant:
      return words(lang, Msg::FormInstant);
    case ItemKind::Photo:
      return words(lang, Msg::FormPhoto);
    case ItemKind::Person:
      return words(lang, Msg::FormPerson);
    case ItemKind::Text:
      break;
  }
  return say(lang, Msg::FormText, {format::number(lang, static_cast<std::int64_t>(item.max_length))});
}

}  // namespace pilar::web
