#pragma once
#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "web/components.h"

namespace pilar::web {

enum class Button : std::uint8_t { Quiet, Primary, Danger };  ///< one Primary a page; Danger only for destruction
/// Sends its form. With a name, it says which of several buttons was pressed.
void draw_button(html::Out& o, std::string_view words, Button kind = Button::Quiet, std::string_view name = {},
                 std::string_view value = {});
void draw_link_button(html::Out& o, const Link& link, Button kind = Button::Quiet);
/// A button that needs no page of its own: "print" opens the browser's print. Hidden where there is no script.
void draw_action_button(html::Out& o, std::string_view action, std::string_view words);

/// Copies the text of the element with this id. Hidden where there is no script.
void draw_copy_button(html::Out& o, std::string_view id, std::string_view words);

/// What a field is called on the page; empty where the name says nothing to people.
using LabelOf = std::function<std::string(std::string_view field)>;
/// All problems on top of a form, each with its field's label and linked to it; what follows of the same field is said with it. Nothing
/// when there are none.
void draw_problems(html::Out& o, Lang lang, const Problems& problems, const LabelOf& label_of = {});
/// The same with words of one's own.
struct ProblemLine {
  std::string field{}, words{};
};
void draw_problem_lines(html::Out& o, Lang lang, std::span<const ProblemLine> lines);
/// The words of the field's problems, or empty.
std::string problem_of(Lang lang, const Problems& problems, std::string_view field);

struct Option {
  std::string value{}, text{};
  std::string shows{};  ///< numbers of the parts of the form (draw_part) that this choice brings into view: "1 3"
  std::string press{};  ///< the digit that chooses it on a keyboard, shown where there is a script
};
/// How many parts of one form can follow a choice (public.css).
inline constexpr int kMostParts = 9;
/// A part of a public form, 1 to kMostParts, that is in view only while an option that shows it is chosen. It needs no
/// script; a browser too old for it shows every part, with `words` that say when to fill it in.
void draw_part(html::Out& o, int number, std::string_view words, const Body& body);

/// Label above, hint under it, message above the control, and what was typed in it.
struct Field {
  std::string name{}, label{}, hint{}, value{};
  std::string problem{};      ///< from problem_of()
  bool required = false;      ///< others say "boleh dikosongkan"
  std::string type = "text";  ///< text, email, password, number, date, time, search, tel, file
  std::string autocomplete{}, inputmode{};
  int max_length = 0;  ///< 0 = none
  int rows = 0;        ///< over 0: several lines
  std::string unit{};  ///< "menit", behind the control
  bool quiet = false;  ///< the label is for screen readers only: a heading above says the same
  std::vector<Option> suggestions{};  ///< offered while typing; anything else can be typed too
};
void draw_field(html::Out& o, Lang lang, const Field& field);
void draw_select(html::Out& o, Lang lang, const Field& field, std::span<const Option> options);

/// The whole tile is the target. Faces need exactly five options, worst first, whose values are "1" to "5" or like it.
enum class Tiles : std::uint8_t { Rows, Segments, Faces };
struct Choice {
  std::string name{}, label{}, hint{}, problem{};
  std::vector<Option> options{};
  std::vector<std::string> chosen{};
  Tiles tiles = Tiles::Rows;
  bool several = false, required = false;
  bool quiet = false;  ///< the label is for screen readers only: a heading above says the same
};
void draw_choice(html::Out& o, const Choice& choice);

/// A GET form whose choices stay in the address. On phones it folds into one line, which `summary` writes:
/// "Oktober 2026, semua unit".
struct Filter {
  std::string name{}, label{}, value{};
  std::vector<Option> options{};  ///< none: a text to search for
  std::string type = "search";    ///< of the text: search, date
};
struct FilterBar {
  std::string action{}, summary{};
  std::vector<Filter> filters{};
  std::vector<std::pair<std::string, std::string>> kept{};  ///< other parts of the address
  std::string_view id = "filters";  ///< differs where a page has several
  bool on_paper = true;             ///< told on paper too; not where the paper is a poster
};
/// The form, and for paper, where it is not shown, what is filtered by.
void draw_filters(html::Out& o, Lang lang, const FilterBar& bar);
/// The filter's value as the page shows it; a day as it stands in the address.
std::string shown_value(const Filter& filter);

}  // namespace pilar::web
