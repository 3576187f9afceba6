#include "web/place_choice.h"

#include <algorithm>

#include "app/people.h"
#include "base/text.h"
#include "i18n/words/common.h"
#include "i18n/words/people.h"
#include "web/words.h"

namespace pilar::web {
const Node* chosen_place(const Visit& visit) {
  const auto& organisation = visit.reference->organisation;
  const auto code = visit.form.empty() ? visit.request.param("tempat") : visit.field("tempat");
  const auto* node = code.empty() ? organisation.find(visit.why->place) : organisation.find(code);
  if (node == nullptr || !visit.scope->may(Right::ManageAccounts, organisation, node->key)) return nullptr;
  return node;
}

std::string place_choice_href(std::string_view path, const Node& node) {
  return std::string(path) + "?tempat=" + http::percent_encode(node.code);
}

void draw_place_links(html::Out& o, const Visit& visit, std::string_view path, std::span<const Node* const> found) {
  if (found.empty()) return draw_empty(o, say(visit.lang, Msg::PlaceChoiceNone));
  const auto& organisation = visit.reference->organisation;
  o.el("ul", {{"class", "links"}}, [&] {
    for (const auto* node : found.first(std::min(found.size(), kMostPlaceLinks)))
      o.el("li", {}, [&] {
        o.el("a", {{"href", place_choice_href(path, *node)}}, node->name);
        const auto* above = node->parent ? organisation.find(*node->parent) : nullptr;
        if (above != nullptr) o.el("small", {}, above->name);
      });
  });
  if (found.size() > kMostPlaceLinks) o.el("p", {{"class", "note"}}, say(visit.lang, Msg::PlaceChoiceMore));
}

void draw_place_search(html::Out& o, const Visit& visit, std::string_view path, std::string_view wanted) {
  const auto label = words(visit.lang, Msg::PlaceChoiceSearch);
  o.el("form", {{"class", "find"}, {"method", "get"}, {"action", path}}, [&] {
    o.el("input", {{"class", "form-control"},
                   {"type", "search"},
                   {"name", "cari_tempat"},
                   {"value", wanted},
                   {"placeholder", label},
                   {"aria-label", label}});
    draw_button(o, say(visit.lang, Msg::CommonSearch));
  });
}

Link other_place_link(const Visit& visit) {
  const auto found = app::find_managed_places(visit.reference->organisation, *visit.scope, "", 2);
  return found.size() > 1 ? Link{words(visit.lang, Msg::PlaceChoiceTitle), "#tempat"} : Link{};
}

void draw_place_choice(html::Out& o, const Visit& visit, std::string_view path) {
  const auto& organisation = visit.reference->organisation;
  const auto wanted = std::string(trim(visit.request.param("cari_tempat")));
  const auto found = app::find_managed_places(organisation, *visit.scope, wanted, kMostPlaceLinks + 1);
  if (wanted.empty() && found.size() <= 1) return;
  draw_card(o, {words(visit.lang, Msg::PlaceChoiceTitle), {}, {}, "tempat"}, [&] {
    draw_place_search(o, visit, path, wanted);
    draw_place_links(o, visit, path, found);
  });
}

}  // namespace pilar::web
