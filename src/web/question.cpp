#include "web/question.h"

#include <algorithm>

#include "base/text.h"
#include "i18n/messages.h"
#include "i18n/words/answer.h"
#include "i18n/words/common.h"
#include "i18n/words/survey.h"
#include "web/photo_field.h"

namespace pilar::web {
namespace {

constexpr int kPersonLength = 64;
constexpr std::size_t kLocalMinutes = 16;  // "2026-11-21T08:15"
constexpr std::size_t kMostPublicTiles = 5, kMostStaffTiles = 9;

/// Five steps from 1 to 5 are what the faces say.
bool has_faces(const Item& item) {
  if (item.kind != ItemKind::Scale || item.options.size() != 5 || item.may_be_not_observed || item.may_be_not_applicable) return false;
  for (std::size_t i = 0; i < 5; ++i)
    if (item.options[i].code != static_cast<std::int32_t>(i) + 1) return false;
  return true;
}

class QuestionDrawing {
 public:
  QuestionDrawing(html::Out& o, const Question& question)
      : o_(o),
        q_(question),
        item_(question.item),
        faces_(question.audience == Audience::Participants && has_faces(question.item)) {}

  void draw() {
    if (is_coded(item_.kind) || item_.kind == ItemKind::Multiple) return draw_options();
    if (item_.kind == ItemKind::Photo)
      draw_photo_field(o_, q_.lang, {item_, typed(), q_.problem, q_.quiet, q_.photos});
    else
      draw_input();
    draw_escapes();
  }

 private:
  void draw_input() {
    Field field{item_.key, item_.label.in(q_.lang), item_.hint.in(q_.lang), typed()};
    field.problem = q_.problem;
    field.required = item_.required;
    field.unit = item_.unit;
    field.quiet = q_.quiet;
    switch (item_.kind) {
      case ItemKind::Number:
        field.inputmode = item_.digits == 0 ? "numeric" : "decimal";
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
      case ItemKind::Person:
        field.max_length = kPersonLength;
        break;
      default:
        field.max_length = static_cast<int>(item_.max_length);
        field.rows = item_.max_length > 100 ? 4 : 0;
    }
    draw_field(o_, q_.lang, field);
  }

  void draw_options() {
    Choice choice{item_.key, item_.label.in(q_.lang), item_.hint.in(q_.lang), q_.problem};
    choice.options = options();
    choice.chosen = chosen();
    choice.several = item_.kind == ItemKind::Multiple;
    choice.required = item_.required;
    choice.quiet = q_.quiet;
    choice.tiles = tiles(choice.options);
    const auto most = q_.audience == Audience::Staff ? kMostStaffTiles : kMostPublicTiles;
    if (choice.several || choice.options.size() <= most) return draw_choice(o_, choice);
    choice.options.insert(choice.options.begin(), {"", std::string(say(q_.lang, Msg::SurveyOptional))});
    Field field{choice.name, choice.label, choice.hint, choice.chosen.empty() ? "" : choice.chosen.front(), choice.problem, item_.required};
    field.quiet = q_.quiet;
    draw_select(o_, q_.lang, field, choice.options);
  }

  /// A tick under a question without options, where it may be left out for a reason.
  void draw_escapes() {
    std::vector<web::Option> reasons;
    add_reasons(reasons);
    const auto ticked = chosen();
    for (const auto& reason : reasons) {
      const auto id = "f-" + item_.key + reason.value;
      o_.el("div", {{"class", "tiles escape"}}, [&] {
        o_.el("span", {}, [&] {
          const bool is_ticked = std::ranges::find(ticked, reason.value) != ticked.end();
          o_.el("input", {{"type", "checkbox"}, {"id", id}, {"name", item_.key}, {"value", reason.value}, {"checked", is_ticked}});
          o_.el("label", {{"for", id}}, [&] { o_.el("span", {}, reason.text); });
        });
      });
    }
  }

  std::string value_of(const pilar::Option& option) const { return faces_ ? std::to_string(option.code) : option.key; }

  std::vector<web::Option> options() const {
    std::vector<web::Option> out;
    for (const auto& option : item_.options)
      out.push_back({value_of(option), option.label.in(q_.lang), q_.shows ? q_.shows(option.code) : std::string()});
    add_reasons(out);
    if (q_.audience == Audience::Staff) number(out);
    return out;
  }

  /// The digit of a scale is its code, of anything else its place.
  void number(std::vector<web::Option>& options) const {
    constexpr std::int32_t kDigits = 9;
    const bool by_code = item_.kind == ItemKind::Scale &&
                         std::ranges::all_of(item_.options, [](const pilar::Option& option) { return option.code <= kDigits; });
    for (std::size_t i = 0; i < options.size() && i < static_cast<std::size_t>(kDigits); ++i)
      options[i].press = by_code && i < item_.options.size() ? std::to_string(item_.options[i].code) : by_code ? "" : std::to_string(i + 1);
  }

  void add_reasons(std::vector<web::Option>& options) const {
    if (item_.may_be_not_observed) options.push_back({std::string(kNotObserved), std::string(say(q_.lang, Msg::CommonNotObserved))});
    if (item_.may_be_not_applicable) options.push_back({std::string(kNotApplicable), std::string(say(q_.lang, Msg::CommonNotApplicable))});
  }

  /// A few short words fit beside each other on a phone.
  Tiles tiles(const std::vector<web::Option>& options) const {
    constexpr std::size_t kLettersInARow = 32;
    if (faces_) return Tiles::Faces;
    std::size_t letters = 0;
    for (const auto& option : options) letters += code_points(option.text);
    return options.size() <= 3 && letters <= kLettersInARow ? Tiles::Segments : Tiles::Rows;
  }

  std::string typed() const { return q_.typed == nullptr || q_.typed->values.empty() ? std::string() : q_.typed->values.front(); }

  /// As the options are written here: an answer may name an option by its key or by its code.
  std::vector<std::string> chosen() const {
    std::vector<std::string> out;
    if (q_.typed == nullptr) return out;
    for (const auto& value : q_.typed->values) {
      const auto* option = find_option(item_, std::string_view(value));
      const auto code = option == nullptr ? parse_int(value) : std::nullopt;
      if (code) option = find_option(item_, static_cast<std::int32_t>(*code));
      out.push_back(option == nullptr ? value : value_of(*option));
    }
    if (q_.typed->empty == Empty::NotObserved) out.emplace_back(kNotObserved);
    if (q_.typed->empty == Empty::NotApplicable) out.emplace_back(kNotApplicable);
    return out;
  }

  html::Out& o_;
  const Question& q_;
  const Item& item_;
  bool faces_;
};

}  // namespace

void draw_question(html::Out& o, const Question& question) { QuestionDrawing(o, question).draw(); }

void take_answer(RawAnswer& answer, const Item& item, const std::string& value, Zone zone) {
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

std::string words_of_answer(Lang lang, const Problem& problem, const Instrument& form) {
  if (problem.message == Msg::AnswerNotAnOption) return std::string(say(lang, Msg::AnswerChooseRequired));
  return say(lang, problem, form);
}

}  // namespace pilar::web
