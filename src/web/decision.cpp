#include "web/decision.h"

#include <array>

#include "i18n/messages.h"
#include "i18n/words/people.h"
#include "web/frame.h"
#include "web/words.h"

namespace pilar::web {

void draw_post_form(html::Out& o, const Visit& visit, std::string_view action, const Hidden& hidden, const Body& body) {
  o.el("form", {{"method", "post"}, {"action", action}}, [&] {
    draw_csrf(o, visit);
    for (const auto& [name, value] : hidden) o.el("input", {{"type", "hidden"}, {"name", name}, {"value", value}});
    body();
  });
}

std::string draw_confirm(const Visit& visit, const Confirm& confirm) {
  auto frame = staff_page(visit, Place::Other, confirm.title);
  frame.place = confirm.place;
  frame.path = {confirm.back};
  return draw_staff_page(frame, [&](html::Out& o) {
    draw_card(o, {}, [&] {
      draw_problems(o, visit.lang, confirm.problems);
      o.el("p", {}, confirm.words);
      draw_post_form(o, visit, confirm.action, confirm.hidden, [&] {
        if (confirm.reason) draw_field(o, visit.lang, *confirm.reason);
        o.el("div", {{"class", "choices"}}, [&] {
          draw_button(o, confirm.button, confirm.kind);
          draw_link_button(o, {words(visit.lang, Msg::DecisionLeave), confirm.back.href});
        });
      });
    });
  });
}

Field reason_field(const Visit& visit, const Problems& problems, std::string_view name, Message label, const std::string& hint) {
  Field field{std::string(name), words(visit.lang, label), hint, std::string(visit.field(name))};
  field.required = true;
  field.max_length = static_cast<int>(kLongestReason);
  field.problem = problem_of(visit.lang, problems, name);
  return field;
}

std::string draw_conflict(const Visit& visit, const Conflict& conflict) {
  auto frame = staff_page(visit, Place::Other, conflict.title);
  frame.path = {conflict.back};
  return draw_staff_page(frame, [&](html::Out& o) {
    draw_card(o, {}, [&] {
      o.el("p", {{"role", "alert"}}, say(visit.lang, Msg::DecisionConflict));
      const TableHead head{
          conflict.title,
          {{words(visit.lang, Msg::DecisionField)}, {words(visit.lang, Msg::DecisionMine)}, {words(visit.lang, Msg::DecisionTheirs)}},
          {}};
      draw_table(o, head, [&](Rows& rows) {
        for (const auto& field : conflict.fields)
          rows.row([&](Row& row) {
            row.name(field.label);
            for (const auto* text : {&field.mine, &field.theirs})
              row.cell([&] { field.mine == field.theirs ? o.text(*text) : o.el("strong", {}, *text); });
          });
      });
      draw_post_form(o, visit, conflict.action, conflict.hidden, [&] {
        o.el("div", {{"class", "choices"}}, [&] {
          draw_button(o, say(visit.lang, Msg::DecisionUseMine));
          draw_link_button(o, {words(visit.lang, Msg::DecisionUseTheirs), conflict.back.href}, Button::Primary);
        });
      });
    });
  });
}

}  // namespace pilar::web
