#include "web/entry_form.h"

#include <algorithm>

#include "base/json.h"
#include "base/text.h"
#include "domain/cell.h"
#include "i18n/messages.h"
#include "i18n/words/entry.h"
#include "web/decision.h"
#include "web/entry_hints.h"
#include "web/entry_live.h"
#include "web/photo_pages.h"
#include "web/question.h"
#include "web/words.h"

namespace pilar::web {
namespace {

constexpr std::size_t kLocalText = 16;  // "2026-11-21T08:15"

class EntryDrawing {
 public:
  EntryDrawing(html::Out& o, const Visit& visit, const EntryFormPage& page) : o_(o), visit_(visit), p_(page), lang_(visit.lang) {}

  void draw() {
    const auto draft = p_.correcting ? std::string() : "/isi/" + p_.form.key + "/draf";
    const bool takes_photos = p_.form.asks_for(ItemKind::Photo);
    const auto account = visit_.person ? std::to_string(visit_.person->account.value) : std::string();
    o_.el("form",
          {{"id", "isian"},
           {"class", "entry-form"},
           {"method", "post"},
           {"action", p_.action},
           {"enctype", "multipart/form-data", takes_photos},
           {"novalidate", true},
           {"data-draft", draft, !draft.empty()},
           {"data-photos", "/isi/" + p_.form.key + "/foto", takes_photos},
           {"data-account", account},
           {"data-title", p_.form.title.in(lang_)},
           {"data-where", p_.node.name},
           {"data-fresh", p_.fresh}},
          [&] {
            draw_summary();
            draw_csrf_and_hidden();
            draw_when_and_where();
            for (std::size_t i = 0; i < p_.form.sections.size(); ++i) draw_section(i);
            if (p_.correcting) draw_reason();
            draw_end();
            o_.json({{"data-form", true}}, live_form(lang_, p_.form, p_.node.zone));
          });
  }

 private:
  std::string words_of(const Problem& problem) const { return words_of_answer(lang_, problem, p_.form); }

  void draw_summary() {
    std::vector<ProblemLine> lines;
    for (const auto& problem : p_.problems) {
      const auto field = entry_field(problem.field);
      const auto label = entry_label(lang_, p_.form, field);
      lines.push_back({label.empty() ? "" : field, (label.empty() ? "" : label + ": ") + words_of(problem)});
    }
    draw_problem_lines(o_, lang_, lines);
  }

  std::string problem_at(std::string_view field) const {
    std::string out;
    for (const auto& problem : p_.problems)
      if (entry_field(problem.field) == field) out += (out.empty() ? "" : " ") + words_of(problem);
    return out;
  }

  void hidden(std::string_view name, const std::string& value) { o_.el("input", {{"type", "hidden"}, {"name", name}, {"value", value}}); }

  void draw_csrf_and_hidden() {
    hidden("csrf", visit_.csrf);
    hidden(kIdField, text(p_.id));
    hidden(kPlaceField, p_.node.code);
    hidden(kVersionField, std::to_string(p_.form.version));
    if (p_.correcting)
      hidden(kRevisionField, std::to_string(p_.correcting->revision));
    else
      hidden(kTurnField, std::to_string(p_.turn));
  }

  void draw_when_and_where() {
    draw_card(o_, {}, [&] {
      o_.el("div", {{"class", "entry-where"}}, [&] {
        draw_unit();
        Field at{std::string(kAtField), words(lang_, Msg::EntryAt), say(lang_, Msg::EntryAtHint, {std::string(name(p_.node.zone))}), p_.at};
        at.type = "datetime-local";
        at.required = true;
        at.problem = problem_at(kAtField);
        draw_field(o_, lang_, at);
      });
    });
  }

  void draw_unit() {
    Field field{std::string(kUnitField), words(lang_, Msg::EntryUnit)};
    field.required = true;
    field.problem = problem_at(kUnitField);
    std::vector<Option> options;
    if (p_.units.whole) options.push_back({"-", words(lang_, Msg::EntryWhole)});
    for (const auto* unit : p_.units.units) options.push_back({unit->code, unit->name});
    if (options.size() > 1) options.insert(options.begin(), {"", words(lang_, Msg::EntryPickUnit)});
    if (p_.unit) {
      const auto* unit = visit_.reference->organisation.find_unit(p_.node.key, *p_.unit);
      field.value = unit == nullptr ? "-" : unit->code;
      if (std::ranges::find(options, field.value, &Option::value) == options.end())
        options.push_back({field.value, unit == nullptr ? words(lang_, Msg::EntryWhole) : unit->name});
    }
    draw_select(o_, lang_, field, options);
  }

  void draw_section(std::size_t which) {
    const auto shown = [&](const Item& item) { return item.section == which; };
    if (std::ranges::none_of(p_.form.items, shown)) return;
    const auto& section = p_.form.sections[which];
    draw_card(o_, {.title = section.title.in(lang_), .note = section.hint.in(lang_)}, [&] {
      for (const auto& item : p_.form.items)
        if (shown(item)) draw_item(item);
    });
  }

  void draw_item(const Item& item) {
    o_.el("div", {{"class", "question"}, {"data-item", item.key}}, [&] {
      if (!item.relevance.empty()) o_.el("p", {{"class", "hint when"}}, say(lang_, Msg::EntryWhenRelevant));
      if (item.kind == ItemKind::Calculation)
        draw_calculation(item);
      else
        draw_entered(item);
      draw_usual(item);
      if (item.help.empty()) return;
      o_.el("details", {{"class", "wording"}}, [&] {
        o_.el("summary", {}, say(lang_, Msg::EntryWording));
        o_.el("p", {{"class", "note"}}, item.help.in(lang_));
      });
    });
  }

  void draw_entered(const Item& item) {
    const auto typed = p_.typed.find(item.key);
    Question question{item, lang_, Audience::Staff};
    question.typed = typed == p_.typed.end() ? nullptr : &typed->second;
    question.problem = problem_at(item.key);
    question.photos = photo_folder(p_.node.code);
    draw_question(o_, question);
  }

  void draw_usual(const Item& item) {
    const auto known = p_.unit ? p_.usual.find({*p_.unit, item.key}) : p_.usual.end();
    if (known != p_.usual.end()) o_.el("p", {{"class", "hint"}}, usual_words(lang_, item, known->second));
  }

  void draw_calculation(const Item& item) {
    o_.el("div", {{"class", "field calculated"}}, [&] {
      o_.el("p", {{"class", "form-label"}}, item.label.in(lang_));
      if (!item.hint.empty()) o_.el("p", {{"class", "hint"}}, item.hint.in(lang_));
      o_.el("p", {}, [&] {
        o_.el("output", {{"id", "f-" + item.key}, {"data-calculated", item.key}}, say(lang_, Msg::EntryCalculated));
        if (!item.unit.empty()) o_.text(" " + item.unit);
      });
    });
  }

  void draw_reason() {
    draw_card(o_, {}, [&] {
      Field reason{std::string(kReasonField), words(lang_, Msg::RecordPageWhy), words(lang_, Msg::RecordPageWhyHint),
                   p_.correcting->reason};
      reason.required = true;
      reason.max_length = 500;
      reason.problem = problem_at(kReasonField);
      draw_field(o_, lang_, reason);
    });
  }

  void draw_end() {
    o_.el("div", {{"class", "entry-end"}}, [&] {
      if (asks_for_check(p_.problems)) draw_check_box(o_, lang_, false);
      o_.el("div", {{"class", "choices"}}, [&] {
        draw_button(o_, say(lang_, p_.correcting ? Msg::RecordPageSaveCorrection : Msg::EntrySave), Button::Primary);
        if (!p_.correcting) draw_button(o_, say(lang_, Msg::EntrySaveAgain), Button::Quiet, kAgainField, "1");
      });
      o_.el("p", {{"class", "note"}, {"data-draft-state", true}, {"role", "status"}});
      o_.el("p", {{"class", "note keys"}, {"hidden", true}}, say(lang_, Msg::EntryKeys));
    });
  }

  html::Out& o_;
  const Visit& visit_;
  const EntryFormPage& p_;
  Lang lang_;
};

/// One answer as texts that are read back to it.
struct RawSpeaker {
  Lang lang;
  const Item& item;
  Zone zone;

  std::string key_of(std::int32_t code) const {
    const auto* option = find_option(item, code);
    return option == nullptr ? std::to_string(code) : option->key;
  }
  RawAnswer operator()(Empty empty) const {
    if (empty == Empty::NotObserved || empty == Empty::NotApplicable) return {{}, empty};
    return {};
  }
  RawAnswer operator()(Code code) const { return {{key_of(code.value)}, {}}; }
  RawAnswer operator()(const Codes& codes) const {
    RawAnswer out;
    for (const auto code : codes) out.values.push_back(key_of(code));
    return out;
  }
  RawAnswer operator()(const Decimal& value) const {
    auto written = text(value);
    if (lang == Lang::Id) std::ranges::replace(written, '.', ',');
    return {{std::move(written)}, {}};
  }
  RawAnswer operator()(Day day) const { return {{iso(day)}, {}}; }
  RawAnswer operator()(TimeOfDay time) const { return {{iso(time)}, {}}; }
  RawAnswer operator()(Instant at) const { return {{iso(at, zone)}, {}}; }
  RawAnswer operator()(const std::string& words) const { return {{words}, {}}; }
  RawAnswer operator()(const Photo& photo) const { return {{photo.hash}, {}}; }
  RawAnswer operator()(const NamedPerson&) const { return {}; }
  RawAnswer operator()(const PersonHash&) const { return {}; }  // kept where nobody names another
};

}  // namespace

void draw_entry_form(html::Out& o, const Visit& visit, const EntryFormPage& page) { EntryDrawing(o, visit, page).draw(); }

std::string entry_field(const std::string& problem_field) {
  if (problem_field == "unit") return std::string(kUnitField);
  if (problem_field == "at") return std::string(kAtField);
  if (problem_field == "reason") return std::string(kReasonField);
  return problem_field;
}

std::string entry_label(Lang lang, const Instrument& form, std::string_view field) {
  if (field == kUnitField) return words(lang, Msg::EntryUnit);
  if (field == kAtField) return words(lang, Msg::EntryAt);
  if (field == kReasonField) return words(lang, Msg::RecordPageWhy);
  const auto* item = form.find(field);
  return item == nullptr ? std::string() : item->label.in(lang);
}

RawAnswers read_entry_answers(const Instrument& form, const http::Fields& fields, Zone zone) {
  RawAnswers out;
  for (const auto& [name, value] : fields)
    if (const auto* item = form.find(name); item != nullptr && item->kind != ItemKind::Calculation)
      take_answer(out[name], *item, value, zone);
  return out;
}

RawAnswers with_points(const Instrument& form, RawAnswers typed) {
  for (auto& [key, answer] : typed) {
    const auto* item = form.find(key);
    if (item == nullptr || item->kind != ItemKind::Number) continue;
    for (auto& value : answer.values)
      if (std::ranges::count(value, ',') == 1 && !value.contains('.')) std::ranges::replace(value, ',', '.');
  }
  return typed;
}

std::optional<Instant> parse_local(std::string_view text, Zone zone) {
  if (text.size() < kLocalText) return {};
  return parse_instant(std::string(text.substr(0, kLocalText)) + ":00+0" + std::to_string(static_cast<int>(zone)) + ":00");
}

std::string local_text(Instant at, Zone zone) { return iso(at, zone).substr(0, kLocalText); }

RawAnswers raw_of(const Instrument& form, const Answers& answers, Lang lang, Zone zone) {
  RawAnswers out;
  for (std::size_t i = 0; i < std::min(answers.size(), form.items.size()); ++i) {
    const auto& item = form.items[i];
    if (item.kind == ItemKind::Calculation) continue;
    auto raw = std::visit(RawSpeaker{lang, item, zone}, answers[i]);
    if (!raw.values.empty() || raw.empty) out.emplace(item.key, std::move(raw));
  }
  return out;
}

}  // namespace pilar::web
