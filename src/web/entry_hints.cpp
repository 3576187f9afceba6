#include "web/entry_hints.h"

#include <algorithm>

#include "base/text.h"
#include "i18n/format.h"
#include "i18n/messages.h"
#include "i18n/words/integrity.h"
#include "web/integrity_words.h"
#include "web/table_reply.h"
#include "web/words.h"

namespace pilar::web {
namespace {

constexpr std::string_view kRuleHint = "aturan";
constexpr double kLargestTold = 1e12;

std::string odd_words(Lang lang, const Item& item, Oddness oddness, const Usual& usual) {
  return say(lang, Msg::EntryOdd, {item.label.in(lang), oddness_words(lang, oddness, usual, item.digits)});
}

std::string bound_text(double value) { return text(rounded(std::clamp(value, -kLargestTold + 1, kLargestTold - 1))); }

/// One hint of an address: "rawat_jalan~0~110~130" or "aturan~hari_sebulan"; empty where it says nothing.
std::string told_hint(Lang lang, const Instrument& form, std::string_view written) {
  const auto parts = split(written, '~');
  if (parts.size() == 2 && parts[0] == kRuleHint) {
    const auto rule = std::ranges::find(form.rules, parts[1], &Rule::key);
    return rule == form.rules.end() ? std::string() : rule->message.in(lang);
  }
  const auto* item = parts.size() == 4 ? form.find(parts[0]) : nullptr;
  if (item == nullptr || !is_numeric(item->kind)) return {};
  const auto kind = parse_int(parts[1]);
  const auto low = parse_decimal(parts[2]), high = parse_decimal(parts[3]);
  if (!kind || *kind < 0 || *kind > static_cast<int>(Oddness::Far) || !low || !high) return {};
  Usual usual;
  usual.low = low->to_double();
  usual.high = high->to_double();
  return odd_words(lang, *item, static_cast<Oddness>(*kind), usual);
}

}  // namespace

Problems rule_problems(const Instrument& form, std::span<const BrokenRule> broken) {
  Problems problems;
  for (const auto& one : broken) {
    if (one.rule->importance != Importance::High) continue;
    std::string field;
    for (const auto index : one.rule->items())
      if (form.items[index].kind != ItemKind::Calculation) field = form.items[index].key;
    if (field.empty() && !form.items.empty()) field = form.items.front().key;
    problems.push_back({Problem::Kind::Invalid, Msg::RuleBroken, field, {one.rule->key}});
  }
  return problems;
}

bool asks_for_check(const Problems& problems) {
  return std::ranges::any_of(problems, [](const Problem& one) { return one.message == Msg::RuleBroken; });
}

bool is_checked(const Visit& visit) { return visit.field(kCheckedField) == "1"; }

void draw_check_box(html::Out& o, Lang lang, bool checked) {
  o.el("div", {{"class", "check"}}, [&] {
    o.el("input",
         {{"type", "checkbox"}, {"id", "f-" + std::string(kCheckedField)}, {"name", kCheckedField}, {"value", "1"}, {"checked", checked}});
    o.el("label", {{"for", "f-" + std::string(kCheckedField)}}, say(lang, Msg::EntryRulesChecked));
  });
}

std::vector<std::string> hint_words(Lang lang, const Instrument& form, std::span<const app::OddFigure> odd,
                                    std::span<const BrokenRule> broken) {
  return told_hints(lang, form, hints_query(odd, broken));
}

std::string hints_query(std::span<const app::OddFigure> odd, std::span<const BrokenRule> broken) {
  std::vector<std::string> hints;
  for (const auto& one : odd)
    hints.push_back(one.item->key + "~" + std::to_string(static_cast<int>(one.oddness)) + "~" + bound_text(one.usual.low) + "~" +
                    bound_text(one.usual.high));
  for (const auto& one : broken)
    if (one.rule->importance != Importance::High) hints.push_back(std::string(kRuleHint) + "~" + one.rule->key);
  if (hints.size() > kMostHints) hints.resize(kMostHints);
  std::string out;
  for (const auto& hint : hints) out += (out.empty() ? "" : ",") + hint;
  return out;
}

std::vector<std::string> told_hints(Lang lang, const Instrument& form, std::string_view query) {
  std::vector<std::string> told;
  for (const auto written : split(query, ','))
    if (auto words = told_hint(lang, form, written); !words.empty() && told.size() < kMostHints) told.push_back(std::move(words));
  return told;
}

std::string usual_words(Lang lang, const Item& item, const Usual& usual) {
  return say(lang, Msg::EntryUsual,
             {format::range(format::number(lang, usual.low, item.digits), format::number(lang, usual.high, item.digits))});
}

}  // namespace pilar::web
