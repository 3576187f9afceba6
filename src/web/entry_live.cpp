#include "web/entry_live.h"

#include "base/json.h"
#include "domain/cell.h"
#include "domain/expression_json.h"
#include "i18n/messages.h"
#include "i18n/words/answer.h"
#include "i18n/words/entry.h"
#include "i18n/words/photo.h"
#include "i18n/words/queue.h"
#include "web/words.h"

namespace pilar::web {
namespace {

std::string_view live_kind(ItemKind kind) {
  switch (kind) {
    case ItemKind::Choice:
    case ItemKind::YesNo:
      return "code";
    case ItemKind::Scale:
      return "scale";
    case ItemKind::Multiple:
      return "set";
    case ItemKind::Number:
      return "number";
    case ItemKind::Calculation:
      return "calculation";
    case ItemKind::Date:
      return "date";
    case ItemKind::Time:
      return "time";
    case ItemKind::Instant:
      return "instant";
    case ItemKind::Text:
    case ItemKind::Person:
      return "text";
    case ItemKind::Photo:
      break;
  }
  return "photo";
}

json::Value item_json(Lang lang, const Item& item) {
  json::Object out{{"key", item.key}, {"kind", std::string(live_kind(item.kind))}};
  const auto add = [&](std::string_view name, json::Value value) { out.emplace_back(std::string(name), std::move(value)); };
  if (item.required) add("required", true);
  if (!item.options.empty()) {
    json::Array options;
    for (const auto& option : item.options) options.emplace_back(json::Array{option.key, std::int64_t{option.code}});
    add("options", std::move(options));
  }
  if (is_numeric(item.kind)) {
    add("digits", item.digits);
    const auto most = Decimal::make(Cell::kMaxValue, item.digits);
    add("most", most ? text(*most) : std::string());
  }
  if (item.low) add("low", text(*item.low));
  if (item.high) add("high", text(*item.high));
  if (item.kind == ItemKind::Text) add("length", static_cast<std::int64_t>(item.max_length));
  if (item.may_lie_ahead) add("ahead", true);
  if (!item.relevance.empty()) add("when", expression::to_json(item.relevance));
  if (!item.constraint.empty()) add("must", expression::to_json(item.constraint));
  if (!item.calculation.empty()) add("formula", expression::to_json(item.calculation));
  if (!item.constraint_message.empty()) add("message", item.constraint_message.in(lang));
  return out;
}

/// With "{0}" and "{1}" left for the page to fill in.
json::Value template_of(Lang lang, Message message) { return say(lang, message, {"{0}", "{1}"}); }

}  // namespace

std::string live_form(Lang lang, const Instrument& form, Zone zone) {
  json::Array items;
  for (const auto& item : form.items) items.push_back(item_json(lang, item));
  json::Object said{{"constraint", words(lang, Msg::AnswerConstraint)},
                    {"number", template_of(lang, Msg::AnswerNotANumber)},
                    {"digits", template_of(lang, Msg::AnswerTooManyDigits)},
                    {"small", template_of(lang, Msg::AnswerTooSmall)},
                    {"large", template_of(lang, Msg::AnswerTooLarge)},
                    {"long", template_of(lang, Msg::AnswerTextTooLong)},
                    {"future", template_of(lang, Msg::AnswerFuture)},
                    {"kept", template_of(lang, Msg::DraftKept)},
                    {"keeping", words(lang, Msg::DraftKeeping)},
                    {"device", words(lang, Msg::DraftOnDevice)},
                    {"elsewhere", words(lang, Msg::DraftElsewhere)},
                    {"signedOut", words(lang, Msg::DraftSignedOut)},
                    {"sending", words(lang, Msg::PhotoSending)},
                    {"missing", words(lang, Msg::AnswerRequired)},
                    {"choose", words(lang, Msg::AnswerChooseRequired)},
                    {"unit", words(lang, Msg::EntryUnitMissing)},
                    {"at", words(lang, Msg::EntryAtWrong)},
                    {"saving", words(lang, Msg::QueueSaving)},
                    {"queued", words(lang, Msg::QueueQueued)},
                    {"notKept", words(lang, Msg::QueueNotKept)},
                    {"otherAccount", words(lang, Msg::QueueOtherAccount)},
                    {"photoOffline", words(lang, Msg::QueuePhotoOffline)}};
  return json::print(
      json::Object{{"items", std::move(items)}, {"zone", static_cast<int>(zone)}, {"comma", lang == Lang::Id}, {"words", std::move(said)}});
}

}  // namespace pilar::web
