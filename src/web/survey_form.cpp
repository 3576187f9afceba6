#include "web/survey_form.h"

#include <algorithm>

#include "app/survey.h"
#include "base/text.h"
#include "i18n/messages.h"
#include "i18n/words/survey.h"
#include "web/question.h"

namespace pilar::web {
namespace {

bool is_asked(const Instrument& form, const Item& item, Steps steps) {
  if (item.kind == ItemKind::Calculation) return false;
  return (app::step_of(form, item) > 1) == (steps == Steps::Later);
}

bool asks_for_photos(const Instrument& form, Steps steps) {
  return std::ranges::any_of(form.items, [&](const Item& item) { return item.kind == ItemKind::Photo && is_asked(form, item, steps); });
}

/// When an item is in view: while one of these options of a question on the same form is chosen.
struct Condition {
  std::size_t decider = 0;
  std::vector<std::int32_t> codes{};
  bool operator==(const Condition&) const = default;
};

/// Expressions over one earlier question with options can be followed by the page itself; others leave the item in view, and
/// the server drops what does not apply.
std::optional<Condition> condition_of(const Instrument& form, const Item& item, Steps steps) {
  if (item.relevance.uses.size() != 1) return {};
  const auto decider = static_cast<std::size_t>(item.relevance.uses.front());
  const auto& asked = form.items.at(decider);
  if (!is_coded(asked.kind) || !is_asked(form, asked, steps)) return {};
  Answers answers(form.items.size(), Empty::Blank);
  Condition out{decider, {}};
  for (const auto& option : asked.options) {
    answers[decider] = Code{option.code};
    if (expression::is_true(expression::evaluate(item.relevance, expression_values(form, answers), {}))) out.codes.push_back(option.code);
  }
  return out;
}

/// Draws one form; knows the numbers of its conditional parts.
class Drawing {
 public:
  Drawing(html::Out& o, const SurveyForm& survey) : o_(o), s_(survey) {
    for (const auto& item : s_.form.items) {
      if (item.relevance.empty() || !is_asked(s_.form, item, s_.steps)) continue;
      const auto condition = condition_of(s_.form, item, s_.steps);
      if (condition && std::ranges::find(conditions_, *condition) == conditions_.end() && conditions_.size() < kMostParts)
        conditions_.push_back(*condition);
    }
  }

  void draw() {
    o_.el("form",
          {{"id", kSurveyFormId},
           {"method", "post"},
           {"action", s_.action},
           {"novalidate", true},
           {"enctype", "multipart/form-data", asks_for_photos(s_.form, s_.steps)}},
          [&] {
            draw_problem_list();
            o_.el("input", {{"type", "hidden"}, {"name", kTokenField}, {"value", s_.token}});
            bool first = s_.steps == Steps::First;
            for (std::size_t i = 0; i < s_.form.sections.size(); ++i) {
              const auto items = items_of(i);
              if (items.empty()) continue;
              draw_section(s_.form.sections[i], items, first);
              first = false;
            }
            draw_button(o_, say(s_.lang, s_.steps == Steps::First ? Msg::SurveySend : Msg::SurveyMoreSend), Button::Primary);
          });
  }

 private:
  std::vector<const Item*> items_of(std::size_t section) const {
    std::vector<const Item*> items;
    for (const auto& item : s_.form.items)
      if (item.section == section && is_asked(s_.form, item, s_.steps) && !is_ruled_out(item)) items.push_back(&item);
    return items;
  }

  /// The first step has decided that this does not apply.
  bool is_ruled_out(const Item& item) const {
    if (s_.sent == nullptr || item.relevance.empty()) return false;
    const auto decided = [&](std::int32_t used) { return app::step_of(s_.form, s_.form.items.at(static_cast<std::size_t>(used))) == 1; };
    if (!std::ranges::all_of(item.relevance.uses, decided)) return false;
    return !expression::is_true(expression::evaluate(item.relevance, expression_values(s_.form, *s_.sent), {}));
  }

  std::string words_of(const Problem& problem) const { return words_of_answer(s_.lang, problem, s_.form); }

  void draw_problem_list() {
    std::vector<ProblemLine> lines;
    for (const auto& problem : s_.problems) {
      const auto* item = s_.form.find(problem.field);
      auto words = words_of(problem);
      lines.push_back({problem.field, (item == nullptr ? "" : item->label.in(s_.lang) + ": ") + words});
    }
    draw_problem_lines(o_, s_.lang, lines);
  }

  std::string problem_at(const Item& item) const {
    std::string out;
    for (const auto& problem : s_.problems)
      if (problem.field == item.key) out += (out.empty() ? "" : " ") + words_of(problem);
    return out;
  }

  void draw_section(const Section& section, const std::vector<const Item*>& items, bool first) {
    o_.el("section", {}, [&] {
      if (first)
        o_.el("h1", {}, section.title.in(s_.lang));
      else
        o_.el("h2", {}, section.title.in(s_.lang));
      if (!section.hint.empty()) o_.el("p", {{"class", "hint"}}, section.hint.in(s_.lang));
      for (const auto* item : items) draw_item(*item, items.size() == 1);
      draw_wording(items);
    });
  }

  /// The promises and definitions word for word, for who wants them.
  void draw_wording(const std::vector<const Item*>& items) {
    if (std::ranges::all_of(items, [](const Item* item) { return item->help.empty(); })) return;
    o_.el("details", {{"class", "wording"}}, [&] {
      o_.el("summary", {}, say(s_.lang, Msg::SurveyWording));
      o_.el("dl", {}, [&] {
        for (const auto* item : items) {
          if (item->help.empty()) continue;
          o_.el("dt", {}, item->label.in(s_.lang));
          o_.el("dd", {}, item->help.in(s_.lang));
        }
      });
    });
  }

  void draw_item(const Item& item, bool alone) {
    const auto condition = item.relevance.empty() ? std::nullopt : condition_of(s_.form, item, s_.steps);
    const auto part = condition ? std::ranges::find(conditions_, *condition) : conditions_.end();
    if (part == conditions_.end()) return o_.el("div", {{"class", "question"}}, [&] { draw_question(item, alone); });
    const auto number = static_cast<int>(part - conditions_.begin()) + 1;
    draw_part(o_, number, say(s_.lang, Msg::SurveyWhen, {options_in_words(*part)}), [&] { draw_question(item, alone); });
  }

  std::string options_in_words(const Condition& condition) const {
    std::string out;
    for (const auto code : condition.codes)
      if (const auto* option = find_option(s_.form.items.at(condition.decider), code))
        out += (out.empty() ? "" : std::string(say(s_.lang, Msg::SurveyOr))) + option->label.in(s_.lang);
    return out;
  }

  void draw_question(const Item& item, bool alone) {
    const auto typed = s_.typed.find(item.key);
    Question question{item, s_.lang};
    question.typed = typed == s_.typed.end() ? nullptr : &typed->second;
    question.problem = problem_at(item);
    question.quiet = alone;
    question.shows = [this, &item](std::int32_t code) { return parts_shown(item, code); };
    web::draw_question(o_, question);
  }

  std::string parts_shown(const Item& item, std::int32_t code) const {
    std::string out;
    for (std::size_t i = 0; i < conditions_.size(); ++i) {
      const auto& condition = conditions_[i];
      if (&s_.form.items.at(condition.decider) != &item || std::ranges::find(condition.codes, code) == condition.codes.end()) continue;
      out += (out.empty() ? "" : " ") + std::to_string(i + 1);
    }
    return out;
  }

  html::Out& o_;
  const SurveyForm& s_;
  std::vector<Condition> conditions_;  ///< the number of a part is its place here, from 1
};

}  // namespace

void draw_survey_form(html::Out& o, const SurveyForm& survey) { Drawing(o, survey).draw(); }

RawAnswers read_survey_form(const Instrument& form, Steps steps, const http::Fields& fields, Zone zone) {
  RawAnswers out;
  for (const auto& [name, value] : fields)
    if (const auto* item = form.find(name); item != nullptr && is_asked(form, *item, steps)) take_answer(out[name], *item, value, zone);
  return out;
}

bool is_anything_typed(const RawAnswers& typed) {
  return std::ranges::any_of(typed, [](const auto& one) { return !one.second.values.empty() || one.second.empty.has_value(); });
}

std::size_t count_questions(const Instrument& form, Steps steps) {
  return static_cast<std::size_t>(std::ranges::count_if(form.items, [&](const Item& item) { return is_asked(form, item, steps); }));
}

}  // namespace pilar::web
