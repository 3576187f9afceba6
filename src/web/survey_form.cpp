#include "web/survey_form.h"

#include <algorithm>

#include "app/survey.h"
#include "base/text.h"
#include "i18n/messages.h"

namespace pilar::web {
namespace {

/// Tiles that say why there is no answer. No option can have such a name.
constexpr std::string_view kNotObserved = "_not_observed", kNotApplicable = "_not_applicable";
constexpr std::size_t kLocalMinutes = 16;  // "2026-11-21T08:15"

bool is_asked(const Instrument& form, const Item& item, Steps steps) {
  if (item.kind == ItemKind::Calculation || item.kind == ItemKind::Photo) return false;
  return (app::step_of(form, item) > 1) == (steps == Steps::Later);
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
    o_.el("form", {{"method", "post"}, {"action", s_.action}, {"novalidate", true}}, [&] {
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

  std::string words_of(const Problem& problem) const {
    // Only a forged request names an option that is not there; its keys mean nothing to a reader.
    if (problem.message == Msg::AnswerNotAnOption) return std::string(say(s_.lang, Msg::AnswerChooseRequired));
    return say(s_.lang, problem, s_.form);
  }

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
    if (is_coded(item.kind) || item.kind == ItemKind::Multiple) return draw_options(item, alone);
    Field field{item.key, item.label.in(s_.lang), item.hint.in(s_.lang), typed(item)};
    field.problem = problem_at(item);
    field.required = item.required;
    field.unit = item.unit;
    field.quiet = alone;
    switch (item.kind) {
      case ItemKind::Number:
        field.inputmode = item.digits == 0 ? "numeric" : "decimal";
        break;
      case ItemKind::Date:
        field.type = "date";
        break;
      case ItemKind::Time:
        field.type = "time";
        break;
      case ItemKind::Instant:
        field.type = "datetime-local";
        field.value = field.value.substr(0, kLocalMinutes);
        break;
      default:
        field.max_length = static_cast<int>(item.max_length);
        field.rows = item.max_length > 100 ? 4 : 0;
    }
    draw_field(o_, s_.lang, field);
    draw_escapes(item);
  }

  void draw_options(const Item& item, bool alone) {
    Choice choice{item.key, item.label.in(s_.lang), item.hint.in(s_.lang), problem_at(item)};
    choice.options = options_of(item);
    choice.chosen = chosen(item);
    choice.several = item.kind == ItemKind::Multiple;
    choice.required = item.required;
    choice.quiet = alone;
    choice.tiles = tiles_of(item, choice.options);
    constexpr std::size_t kMostTiles = 5;
    if (choice.several || choice.options.size() <= kMostTiles) return draw_choice(o_, choice);
    choice.options.insert(choice.options.begin(), {"", std::string(say(s_.lang, Msg::SurveyOptional))});
    Field field{choice.name, choice.label, choice.hint, choice.chosen.empty() ? "" : choice.chosen.front(), choice.problem, item.required};
    field.quiet = alone;
    draw_select(o_, s_.lang, field, choice.options);
  }

  /// A tick under a question without options, where it may be left out for a reason.
  void draw_escapes(const Item& item) {
    std::vector<Option> reasons;
    add_reasons(item, reasons);
    const auto ticked = chosen(item);
    for (const auto& reason : reasons) {
      const auto id = "f-" + item.key + reason.value;
      o_.el("div", {{"class", "tiles escape"}}, [&] {
        o_.el("span", {}, [&] {
          const bool is_ticked = std::ranges::find(ticked, reason.value) != ticked.end();
          o_.el("input", {{"type", "checkbox"}, {"id", id}, {"name", item.key}, {"value", reason.value}, {"checked", is_ticked}});
          o_.el("label", {{"for", id}}, [&] { o_.el("span", {}, reason.text); });
        });
      });
    }
  }

  std::vector<Option> options_of(const Item& item) const {
    std::vector<Option> out;
    const bool faces = has_faces(item);
    for (const auto& option : item.options)
      out.push_back({faces ? std::to_string(option.code) : option.key, option.label.in(s_.lang), parts_shown(item, option.code)});
    add_reasons(item, out);
    return out;
  }

  void add_reasons(const Item& item, std::vector<Option>& options) const {
    if (item.may_be_not_observed) options.push_back({std::string(kNotObserved), std::string(say(s_.lang, Msg::CommonNotObserved))});
    if (item.may_be_not_applicable) options.push_back({std::string(kNotApplicable), std::string(say(s_.lang, Msg::CommonNotApplicable))});
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

  /// Five steps from 1 to 5 are what the faces say.
  static bool has_faces(const Item& item) {
    if (item.kind != ItemKind::Scale || item.options.size() != 5 || item.may_be_not_observed || item.may_be_not_applicable) return false;
    for (std::size_t i = 0; i < 5; ++i)
      if (item.options[i].code != static_cast<std::int32_t>(i) + 1) return false;
    return true;
  }

  /// A few short words fit beside each other on a phone.
  static Tiles tiles_of(const Item& item, const std::vector<Option>& options) {
    constexpr std::size_t kLettersInARow = 32;
    if (has_faces(item)) return Tiles::Faces;
    std::size_t letters = 0;
    for (const auto& option : options) letters += code_points(option.text);
    return options.size() <= 3 && letters <= kLettersInARow ? Tiles::Segments : Tiles::Rows;
  }

  const RawAnswer* typed_answer(const Item& item) const {
    const auto at = s_.typed.find(item.key);
    return at == s_.typed.end() ? nullptr : &at->second;
  }
  std::string typed(const Item& item) const {
    const auto* answer = typed_answer(item);
    return answer == nullptr || answer->values.empty() ? std::string() : answer->values.front();
  }
  std::vector<std::string> chosen(const Item& item) const {
    const auto* answer = typed_answer(item);
    if (answer == nullptr) return {};
    auto values = answer->values;
    if (answer->empty == Empty::NotObserved) values.emplace_back(kNotObserved);
    if (answer->empty == Empty::NotApplicable) values.emplace_back(kNotApplicable);
    return values;
  }

  html::Out& o_;
  const SurveyForm& s_;
  std::vector<Condition> conditions_;  ///< the number of a part is its place here, from 1
};

void take(RawAnswer& answer, const Item& item, const std::string& value, Zone zone) {
  if (value == kNotObserved) {
    answer.empty = Empty::NotObserved;
  } else if (value == kNotApplicable) {
    answer.empty = Empty::NotApplicable;
  } else if (item.kind == ItemKind::Instant && value.size() == kLocalMinutes) {
    answer.values.push_back(value + ":00+0" + std::to_string(static_cast<int>(zone)) + ":00");
  } else if (!value.empty()) {
    answer.values.push_back(value);
    std::erase(answer.values.back(), '\r');  // forms send CR LF
  }
}

}  // namespace

void draw_survey_form(html::Out& o, const SurveyForm& survey) { Drawing(o, survey).draw(); }

RawAnswers read_survey_form(const Instrument& form, Steps steps, const http::Fields& fields, Zone zone) {
  RawAnswers out;
  for (const auto& [name, value] : fields)
    if (const auto* item = form.find(name); item != nullptr && is_asked(form, *item, steps)) take(out[name], *item, value, zone);
  return out;
}

std::size_t count_questions(const Instrument& form, Steps steps) {
  return static_cast<std::size_t>(std::ranges::count_if(form.items, [&](const Item& item) { return is_asked(form, item, steps); }));
}

}  // namespace pilar::web
