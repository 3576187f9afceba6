#include "web/forms.h"

#include <algorithm>

#include "base/time.h"
#include "i18n/format.h"
#include "i18n/messages.h"
#include "i18n/words/common.h"

namespace pilar::web {
namespace {

std::string id_of(std::string_view name) { return "f-" + std::string(name); }

std::string_view label_class(bool quiet) { return quiet ? "form-label visually-hidden" : "form-label"; }

std::string_view class_of(Button kind) {
  switch (kind) {
    case Button::Primary:
      return "btn btn-primary";
    case Button::Danger:
      return "btn danger";
    case Button::Quiet:
      break;
  }
  return "btn";
}

/// Which notes belong to a control, for aria-describedby.
std::string notes_of(std::string_view id, bool hint, bool problem) {
  std::string out;
  if (problem) out += std::string(id) + "-m";
  if (hint) out += (out.empty() ? "" : " ") + std::string(id) + "-h";
  return out;
}

void draw_notes(html::Out& o, std::string_view id, std::string_view hint, std::string_view problem) {
  if (!hint.empty()) o.el("p", {{"class", "hint"}, {"id", std::string(id) + "-h"}}, hint);
  if (!problem.empty()) o.el("p", {{"class", "message"}, {"id", std::string(id) + "-m"}}, problem);
}

void draw_input(html::Out& o, const Field& field, const std::string& id, const std::string& notes) {
  const bool wrong = !field.problem.empty();
  if (field.rows > 0)
    return o.el("textarea",
                {{"class", "form-control"},
                 {"id", id},
                 {"name", field.name},
                 {"rows", field.rows},
                 {"maxlength", field.max_length, field.max_length > 0},
                 {"required", field.required},
                 {"aria-invalid", "true", wrong},
                 {"aria-describedby", notes, !notes.empty()}},
                field.value);
  const auto list = id + "-l";
  const bool secret = field.type == "password" || field.type == "file";  // never sent back
  o.el("input", {{"class", "form-control"},
                 {"id", id},
                 {"name", field.name},
                 {"type", field.type},
                 {"value", field.value, !secret},
                 {"autocomplete", field.autocomplete, !field.autocomplete.empty()},
                 {"inputmode", field.inputmode, !field.inputmode.empty()},
                 {"maxlength", field.max_length, field.max_length > 0},
                 {"list", list, !field.suggestions.empty()},
                 {"required", field.required},
                 {"aria-invalid", "true", wrong},
                 {"aria-describedby", notes, !notes.empty()}});
  if (field.suggestions.empty()) return;
  o.el("datalist", {{"id", list}}, [&] {
    for (const auto& option : field.suggestions) o.el("option", {{"value", option.value}}, option.text);
  });
}

void draw_labelled(html::Out& o, Lang lang, const Field& field,
                   const std::function<void(const std::string&, const std::string&)>& control) {
  const auto id = id_of(field.name);
  o.el("div", {{"class", field.problem.empty() ? "field" : "field wrong"}}, [&] {
    o.el("label", {{"class", label_class(field.quiet)}, {"for", id}}, [&] {
      o.text(field.label);
      if (!field.required) o.el("small", {}, say(lang, Msg::CommonOptional));
    });
    draw_notes(o, id, field.hint, field.problem);
    control(id, notes_of(id, !field.hint.empty(), !field.problem.empty()));
  });
}

void draw_options(html::Out& o, std::span<const Option> options, std::string_view value) {
  for (const auto& option : options)
    o.el("option", {{"value", option.value}, {"selected", option.value == value}, {"data-shows", option.shows, !option.shows.empty()}},
         option.text);
}

/// Five faces from very bad to very good.
void draw_face(html::Out& o, std::size_t which) {
  constexpr std::string_view kMouths[] = {"M9.5 24c2-3.8 4.1-5 6.5-5s4.5 1.2 6.5 5M8.5 10.2l4-1.8M23.5 10.2l-4-1.8",
                                          "M10 23.5c1.8-2 3.8-2.9 6-2.9s4.2.9 6 2.9", "M10.5 21.5h11",
                                          "M10 19.5c1.8 2 3.8 2.9 6 2.9s4.2-.9 6-2.9", "M9 18.5c1.6 3.9 4 5.6 7 5.6s5.4-1.7 7-5.6z"};
  if (which >= std::size(kMouths)) return;
  o.el("svg", {{"viewBox", "0 0 32 32"}, {"width", 38}, {"height", 38}, {"aria-hidden", "true"}}, [&] {
    o.el("circle", {{"cx", 16}, {"cy", 16}, {"r", 13}});
    o.el("path", {{"d", "M11.5 12.5v1.2M20.5 12.5v1.2"}});
    o.el("path", {{"d", kMouths[which]}});
  });
}

std::string_view class_of(Tiles tiles) {
  switch (tiles) {
    case Tiles::Faces:
      return "tiles faces";
    case Tiles::Segments:
      return "tiles segments";
    case Tiles::Rows:
      break;
  }
  return "tiles";
}

void draw_tile(html::Out& o, const Choice& choice, std::size_t which, std::string_view id) {
  const auto& option = choice.options[which];
  // The first tile carries the field's own id, so that a link from the summary lands on it.
  const auto tile = which == 0 ? std::string(id) : std::string(id) + "-" + std::to_string(which);
  const bool chosen = std::ranges::find(choice.chosen, option.value) != choice.chosen.end();
  o.el("span", {}, [&] {
    o.el("input", {{"type", choice.several ? "checkbox" : "radio"},
                   {"id", tile},
                   {"name", choice.name},
                   {"value", option.value},
                   {"checked", chosen},
                   {"data-shows", option.shows, !option.shows.empty()},
                   {"data-press", option.press, !option.press.empty()},
                   {"required", choice.required && !choice.several}});
    o.el("label", {{"for", tile}}, [&] {
      if (choice.tiles == Tiles::Faces) {
        draw_face(o, which);
        o.el("b", {}, option.value);
      }
      o.el("span", {}, option.text);
    });
  });
}

void draw_filter(html::Out& o, const Filter& filter) {
  const auto id = "s-" + filter.name;
  o.el("div", {}, [&] {
    o.el("label", {{"for", id}}, filter.label);
    if (filter.options.empty())
      o.el("input", {{"class", "form-control"}, {"type", filter.type}, {"id", id}, {"name", filter.name}, {"value", filter.value}});
    else
      o.el("select", {{"class", "form-select"}, {"id", id}, {"name", filter.name}}, [&] { draw_options(o, filter.options, filter.value); });
  });
}

/// "Keadaan: Dibatalkan. Cari kata: antre."; empty where nothing is filtered by.
std::string filtered_words(Lang lang, const FilterBar& bar) {
  std::string out;
  for (const auto& filter : bar.filters) {
    if (filter.value.empty()) continue;
    const auto day = filter.type == "date" ? parse_day(filter.value) : std::nullopt;
    out += (out.empty() ? "" : " ") + filter.label + ": " + (day ? format::date(lang, *day) : shown_value(filter)) + ".";
  }
  return out;
}

void draw_problem(html::Out& o, const ProblemLine& line) {
  if (line.field.empty()) return o.text(line.words);
  o.el("a", {{"href", "#" + id_of(line.field)}}, line.words);
}

}  // namespace

void draw_button(html::Out& o, std::string_view words, Button kind, std::string_view name, std::string_view value) {
  o.el("button", {{"class", class_of(kind)}, {"name", name, !name.empty()}, {"value", value, !name.empty()}}, words);
}

void draw_link_button(html::Out& o, const Link& link, Button kind) {
  o.el("a", {{"class", class_of(kind)}, {"href", link.href}}, link.text);
}

void draw_action_button(html::Out& o, std::string_view action, std::string_view words) {
  o.el("button", {{"class", class_of(Button::Quiet)}, {"type", "button"}, {"data-action", action}, {"hidden", true}}, words);
}

void draw_copy_button(html::Out& o, std::string_view id, std::string_view words) {
  o.el("button", {{"class", class_of(Button::Quiet)}, {"type", "button"}, {"data-action", "copy"}, {"data-of", id}, {"hidden", true}},
       words);
}

void draw_problems(html::Out& o, Lang lang, const Problems& problems, const LabelOf& label_of) {
  std::vector<ProblemLine> lines;
  for (const auto& problem : problems) {
    if (!lines.empty() && !problem.field.empty() && lines.back().field == problem.field) {
      lines.back().words += " " + say(lang, problem);
      continue;
    }
    const auto label = label_of && !problem.field.empty() ? label_of(problem.field) : "";
    lines.push_back({problem.field, (label.empty() ? "" : label + ": ") + say(lang, problem)});
  }
  draw_problem_lines(o, lang, lines);
}

void draw_problem_lines(html::Out& o, Lang lang, std::span<const ProblemLine> lines) {
  if (lines.empty()) return;
  const bool one = lines.size() == 1;
  o.el("div", {{"class", "problems"}, {"role", "alert"}, {"tabindex", -1}}, [&] {
    if (!one) o.el("h2", {}, say(lang, Msg::CommonManyProblems, {std::to_string(lines.size())}));
    if (one && !lines.front().field.empty()) o.el("h2", {}, say(lang, Msg::CommonOneProblem));
    o.el("ul", {}, [&] {
      for (const auto& line : lines) o.el("li", {}, [&] { draw_problem(o, line); });
    });
  });
}

std::string problem_of(Lang lang, const Problems& problems, std::string_view field) {
  std::string out;
  for (const auto& problem : problems)
    if (problem.field == field) out += (out.empty() ? "" : " ") + say(lang, problem);
  return out;
}

void draw_field(html::Out& o, Lang lang, const Field& field) {
  draw_labelled(o, lang, field, [&](const std::string& id, const std::string& notes) {
    if (field.unit.empty()) return draw_input(o, field, id, notes);
    o.el("div", {{"class", "with-unit"}}, [&] {
      draw_input(o, field, id, notes);
      o.el("span", {}, field.unit);
    });
  });
}

void draw_select(html::Out& o, Lang lang, const Field& field, std::span<const Option> options) {
  draw_labelled(o, lang, field, [&](const std::string& id, const std::string& notes) {
    o.el("select",
         {{"class", "form-select"},
          {"id", id},
          {"name", field.name},
          {"required", field.required},
          {"aria-invalid", "true", !field.problem.empty()},
          {"aria-describedby", notes, !notes.empty()}},
         [&] { draw_options(o, options, field.value); });
  });
}

void draw_choice(html::Out& o, const Choice& choice) {
  const auto id = id_of(choice.name);
  const auto notes = notes_of(id, !choice.hint.empty(), !choice.problem.empty());
  o.el("fieldset", {{"class", choice.problem.empty() ? "field" : "field wrong"}, {"aria-describedby", notes, !notes.empty()}}, [&] {
    o.el("legend", {{"class", label_class(choice.quiet)}}, choice.label);
    draw_notes(o, id, choice.hint, choice.problem);
    o.el("div", {{"class", class_of(choice.tiles)}}, [&] {
      for (std::size_t i = 0; i < choice.options.size(); ++i) draw_tile(o, choice, i, id);
    });
  });
}

void draw_part(html::Out& o, int number, std::string_view words, const Body& body) {
  require(number >= 1 && number <= kMostParts, "a part has a number that the style knows");
  o.el("div", {{"class", "question"}, {"data-part", number}}, [&] {
    o.el("p", {{"class", "hint when"}}, words);
    body();
  });
}

std::string shown_value(const Filter& filter) {
  const auto option = std::ranges::find(filter.options, filter.value, &Option::value);
  return option == filter.options.end() ? filter.value : option->text;
}

void draw_filters(html::Out& o, Lang lang, const FilterBar& bar) {
  o.el("form", {{"class", "filters"}, {"method", "get"}, {"action", bar.action}}, [&] {
    for (const auto& [name, value] : bar.kept) o.el("input", {{"type", "hidden"}, {"name", name}, {"value", value}});
    const auto fold = "fold-" + std::string(bar.id);
    o.el("input", {{"class", "fold"}, {"type", "checkbox"}, {"id", fold}});
    o.el("label", {{"class", "fold-words"}, {"for", fold}}, say(lang, Msg::CommonFilters, {bar.summary}));
    o.el("div", {{"class", "folded"}}, [&] {
      for (const auto& filter : bar.filters) draw_filter(o, filter);
      o.el("button", {{"class", "btn"}}, say(lang, Msg::CommonShow));
    });
  });
  if (const auto words = bar.on_paper ? filtered_words(lang, bar) : std::string(); !words.empty())
    o.el("p", {{"class", "on-paper"}}, words);
}

}  // namespace pilar::web
