#include "web/instrument_view.h"

#include "i18n/format.h"
#include "i18n/messages.h"
#include "i18n/words/common.h"
#include "i18n/words/home.h"
#include "i18n/words/integrity.h"
#include "i18n/words/pack_page.h"
#include "i18n/words/result.h"
#include "web/answer_words.h"
#include "web/components.h"
#include "web/result_words.h"
#include "web/words.h"

namespace pilar::web {
namespace {

std::string terms_of(Lang lang, const Item& item) {
  std::string out;
  const auto add = [&](const std::string& one) { out += (out.empty() ? "" : ", ") + one; };
  if (item.kind != ItemKind::Calculation) add(words(lang, item.required ? Msg::FormRequired : Msg::FormOptional));
  if (!item.relevance.empty()) add(words(lang, Msg::FormConditional));
  if (item.may_be_not_observed) add(say(lang, Msg::FormMayBe, {words(lang, Msg::CommonNotObserved)}));
  if (item.may_be_not_applicable) add(say(lang, Msg::FormMayBe, {words(lang, Msg::CommonNotApplicable)}));
  return out;
}

/// "1 = ya, 0 = tidak": the keys and codes that expressions, imports and the API use.
std::string codes_of(const Item& item) {
  std::string out;
  for (const auto& option : item.options) out += (out.empty() ? "" : ", ") + option.key + " = " + std::to_string(option.code);
  return out;
}

/// What programs see of a question.
void draw_inner(html::Out& o, Lang lang, const Item& item) {
  const auto line = [&](Message what, const std::string& text) {
    if (text.empty()) return;
    o.el("small", {}, [&] {
      o.text(words(lang, what) + " ");
      o.el("code", {}, text);
    });
  };
  line(Msg::PackPageWhen, item.relevance.source);
  line(Msg::PackPageMust, item.constraint.source);
  if (!item.constraint_message.empty()) o.el("small", {}, item.constraint_message.in(lang));
  line(Msg::PackPageFormula, item.calculation.source);
  line(Msg::PackPageChoices, codes_of(item));
}

void draw_item(html::Out& o, Lang lang, const Item& item, Wording wording) {
  o.el("dt", {}, [&] {
    o.el("b", {}, item.label.in(lang));
    if (wording == Wording::Whole) o.el("small", {}, [&] { o.el("code", {}, item.key); });
    if (const auto terms = terms_of(lang, item); !terms.empty()) o.el("small", {}, terms);
  });
  o.el("dd", {}, [&] {
    o.text(kind_words(lang, item));
    if (wording == Wording::Whole && !item.hint.empty()) o.el("small", {}, item.hint.in(lang));
    if (!item.help.empty()) o.el("small", {}, item.help.in(lang));
    if (!item.source.empty()) o.el("small", {}, item.source);
    if (wording == Wording::Whole) draw_inner(o, lang, item);
  });
}

void draw_section(html::Out& o, Lang lang, const Instrument& form, std::size_t which, Wording wording) {
  const auto& section = form.sections[which];
  draw_card(o, {.title = section.title.in(lang), .note = section.hint.in(lang)}, [&] {
    o.el("dl", {{"class", "facts questions"}}, [&] {
      for (const auto& item : form.items)
        if (item.section == which) draw_item(o, lang, item, wording);
    });
  });
}

std::string labels(Lang lang, const Instrument& form, const Measure& measure) {
  std::string out;
  for (const auto& key : measure.items) out += (out.empty() ? "“" : ", “") + name_of(lang, &measure, *form.find(key)) + "”";
  return out;
}

Message sum_message(Aggregation aggregation) {
  switch (aggregation) {
    case Aggregation::State:
      return Msg::FormMeasureState;
    case Aggregation::YearlyTarget:
      return Msg::FormMeasureYearly;
    case Aggregation::DistinctPersons:
      return Msg::FormMeasurePersons;
    case Aggregation::Flow:
      break;
  }
  return Msg::FormMeasureSum;
}

std::string formula_of(Lang lang, const Instrument& form, const Measure& measure) {
  const auto label = [&](const std::string& key) { return "“" + form.find(key)->label.in(lang) + "”"; };
  switch (measure.kind) {
    case MeasureKind::Rating:
      return words(lang, Msg::FormMeasureRating);
    case MeasureKind::Skm:
      return words(lang, Msg::FormMeasureSkm);
    case MeasureKind::Sum:
      return say(lang, sum_message(first_item(form, measure).aggregation), {labels(lang, form, measure)});
    case MeasureKind::Duration:
      if (!measure.within) return say(lang, Msg::FormMeasureDuration, {labels(lang, form, measure)});
      return say(lang, Msg::FormMeasureWithin, {labels(lang, form, measure), within_words(lang, form, measure)});
    case MeasureKind::Ratio:
      return say(lang, measure.complement ? Msg::FormMeasureComplement : Msg::FormMeasureRatio,
                 {label(measure.numerator), label(measure.denominator)});
    case MeasureKind::Share:
      break;
  }
  std::string positive;
  for (const auto& key : measure.positive)
    if (const auto* option = find_option(*form.find(measure.items.front()), key))
      positive += (positive.empty() ? "“" : ", “") + option->label.in(lang) + "”";
  return say(lang, Msg::FormMeasureShare, {positive});
}

std::string measure_words(Lang lang, const Instrument& form, const Measure& measure) {
  auto out = formula_of(lang, form, measure);
  if (measure.target)
    out += " " + say(lang, Msg::FormMeasureTarget, {format::number(lang, *measure.target) + unit_of(form, measure).behind});
  if (measure.minimum) out += " " + say(lang, Msg::FormMeasureMinimum, {format::number(lang, *measure.minimum)});
  return out;
}

}  // namespace

Message audience(const Instrument& form) { return form.is_public ? Msg::FormListPublic : Msg::FormListInternal; }

std::vector<Fact> about_facts(Lang lang, const Instrument& form) {
  std::vector<Fact> facts{{words(lang, Msg::FormPurpose), form.purpose.in(lang)},
                          {words(lang, Msg::ResultVersion), format::number(lang, form.version)},
                          {words(lang, Msg::ResultSource), form.source}};
  if (form.valid_from) facts.push_back({words(lang, Msg::FormValid), format::date(lang, *form.valid_from)});
  if (!form.mark.empty()) facts.push_back({words(lang, Msg::ResultMark), form.mark.in(lang)});
  return facts;
}

void draw_questions(html::Out& o, Lang lang, const Instrument& form, Wording wording) {
  for (std::size_t i = 0; i < form.sections.size(); ++i) draw_section(o, lang, form, i, wording);
}

void draw_measures(html::Out& o, Lang lang, const Instrument& form, bool links) {
  if (form.measures.empty()) return;
  draw_card(o, {.title = words(lang, Msg::FormMeasures)}, [&] {
    std::vector<Fact> facts;
    for (const auto& measure : form.measures)
      facts.push_back({measure.title.in(lang),
                       (measure.meaning.empty() ? "" : measure.meaning.in(lang) + " ") + measure_words(lang, form, measure),
                       links ? Link{words(lang, Msg::HomeSeeResult), "/hasil/" + form.key + "?ukuran=" + measure.key} : Link()});
    draw_facts(o, facts);
  });
}

void draw_rules(html::Out& o, Lang lang, const Instrument& form, Wording wording) {
  if (form.rules.empty()) return;
  draw_card(o, {.title = words(lang, Msg::FormRules), .note = words(lang, Msg::FormRulesNote)}, [&] {
    std::vector<Fact> facts;
    for (const auto& rule : form.rules) {
      auto text = rule.message.in(lang);
      if (wording == Wording::Whole)
        text += " " + rule.left.program.source + " " + words(lang, title_of(rule_operators(), rule.op)) + " " + rule.right.program.source +
                " (" + words(lang, title_of(missing_strategies(), rule.left.missing)) + ", " +
                words(lang, title_of(missing_strategies(), rule.right.missing)) + ")";
      facts.push_back({words(lang, title_of(importances(), rule.importance)), std::move(text), {}});
    }
    draw_facts(o, facts);
  });
}

}  // namespace pilar::web
