#include "web/place_move_pages.h"

#include <algorithm>
#include <array>

#include "app/place.h"
#include "base/text.h"
#include "i18n/format.h"
#include "i18n/words/place_page.h"
#include "i18n/words/result.h"
#include "web/decision.h"
#include "web/frame.h"
#include "web/place_words.h"
#include "web/site.h"
#include "web/words.h"

namespace pilar::web {
namespace {

Result<const Node*> read_moving_place(const Visit& visit) {
  const auto* node = place_of_address(visit);
  if (node == nullptr) return refuse(Problem::Kind::NotFound, Msg::ResultUnknownPlace);
  if (auto wrong = check_may_manage(visit, *node); !wrong.empty()) return std::unexpected(std::move(wrong));
  return node;
}

/// The visit and the place as they are after somebody else's change.
struct LatePlace {
  Visit visit;
  const Node* node = nullptr;
};
LatePlace latest_of(const Visit& visit, FacilityKey key) {
  LatePlace late{visit};
  late.visit.reference = visit.context.reference.get();
  late.node = late.visit.reference->organisation.find(key);
  return late;
}

Day today_at(const Visit& visit, const Node& node) { return civil_day(visit.context.clock.now(), node.zone); }

Field day_field(const Visit& visit, Message label, Message hint, Day value, const Problems& problems) {
  Field field{"from", words(visit.lang, label), words(visit.lang, hint),
              visit.form.empty() ? iso(value) : std::string(visit.field("from"))};
  field.type = "date";
  field.required = true;
  field.problem = problem_of(visit.lang, problems, "from");
  return field;
}

std::string name_or_nowhere(const Visit& visit, const std::optional<FacilityKey>& key) {
  const auto* node = key ? visit.reference->organisation.find(*key) : nullptr;
  return node == nullptr ? words(visit.lang, Msg::PlaceNowhere) : node->name;
}

Hidden version_and(const Node& node, Hidden rest = {}) {
  rest.emplace_back("version", std::to_string(node.version));
  return rest;
}

// --- moving --------------------------------------------------------------------------------------------------------

MayBePlace may_be_parent(const Visit& visit, const Node& node) {
  return [&visit, &node](const Node& other) {
    return other.key != node.key && may_hang_on(node.kind, other.kind) && !other.valid_to &&
           visit.scope->may(Right::ManagePlaces, visit.reference->organisation, other.key);
  };
}
bool may_supervise(const Node& node) { return (node.kind == NodeKind::Province || node.kind == NodeKind::District) && !node.valid_to; }

std::string draw_move(const Visit& visit, const Node& node, const Problems& problems) {
  auto frame = staff_page(visit, Place::Places, say(visit.lang, Msg::PlaceMoveTitle, {node.name}));
  frame.place = name_or_nowhere(visit, node.parent);
  frame.path = {{node.name, place_page_href(node)}};
  return draw_staff_page(frame, [&](html::Out& o) {
    draw_card(o, {{}, {}, {}, {}}, [&] {
      o.el("p", {}, say(visit.lang, Msg::PlaceMoveLead));
      draw_post_form(o, visit, place_page_href(node) + "/pindah", version_and(node), [&] {
        draw_problems(o, visit.lang, problems);
        auto parent = place_field(visit, "parent", Msg::PlaceAbove, Msg::PlaceNameOrCode, node.parent, may_be_parent(visit, node));
        parent.problem = problem_of(visit.lang, problems, "parent");
        draw_field(o, visit.lang, parent);
        if (node.kind == NodeKind::Facility) {
          auto office = place_field(visit, "supervisor", Msg::PlacesOffice, Msg::PlaceOfficeHint, node.supervisor, may_supervise);
          office.problem = problem_of(visit.lang, problems, "supervisor");
          draw_field(o, visit.lang, office);
        }
        draw_field(o, visit.lang, day_field(visit, Msg::PlaceMoveFrom, Msg::PlaceMoveFromHint, today_at(visit, node), problems));
        draw_button(o, words(visit.lang, Msg::PlaceMove), Button::Primary);
      });
    });
  });
}

Result<app::Standing> read_standing(const Visit& visit, const Node& node) {
  Problems wrong;
  app::Standing to;
  // A parent that is out of this person's reach is kept when it is named again; the use case judges every other.
  const auto kept_or_allowed = [&, allowed = may_be_parent(visit, node)](const Node& other) {
    return node.parent == other.key || allowed(other);
  };
  to.parent = read_place_field(visit, "parent", kept_or_allowed, wrong);
  to.supervisor = read_place_field(visit, "supervisor", may_supervise, wrong);
  if (const auto day = read_day_field(visit, "from", wrong)) to.from = *day;
  if (!wrong.empty()) return std::unexpected(std::move(wrong));
  return to;
}

std::string draw_move_conflict(const Visit& visit, const Node& node, const app::Standing& mine) {
  Conflict conflict{say(visit.lang, Msg::PlaceConflict, {node.name}), {}, place_page_href(node) + "/pindah", {}, {}};
  conflict.fields = {
      {words(visit.lang, Msg::PlaceAbove), name_or_nowhere(visit, mine.parent), name_or_nowhere(visit, node.parent)},
      {words(visit.lang, Msg::PlacesOffice), name_or_nowhere(visit, mine.supervisor), name_or_nowhere(visit, node.supervisor)}};
  conflict.hidden = version_and(node);
  for (const std::string_view name : {"parent", "supervisor", "from"}) conflict.hidden.emplace_back(name, visit.field(name));
  conflict.back = {node.name, place_page_href(node)};
  return draw_conflict(visit, conflict);
}

http::Reply get_move(const Visit& visit) {
  const auto node = read_moving_place(visit);
  return node ? html_page(200, draw_move(visit, **node, {})) : place_refusal(visit, node.error());
}

http::Reply post_move(const Visit& visit) {
  const auto found = read_moving_place(visit);
  if (!found) return place_refusal(visit, found.error());
  const auto& node = **found;
  const auto to = read_standing(visit, node);
  if (!to) return html_page(status_of(to.error()), draw_move(visit, node, to.error()));
  const auto moved = app::move_place(visit.context, *visit.scope, seen_place(visit, node), *to);
  if (moved) return redirect(place_page_href(node) + "?sudah=pindah");
  if (!is_place_stale(moved.error())) return html_page(status_of(moved.error()), draw_move(visit, node, moved.error()));
  const auto late = latest_of(visit, node.key);
  return late.node == nullptr ? place_refusal(visit, moved.error()) : html_page(409, draw_move_conflict(late.visit, *late.node, *to));
}

// --- closing and merging -------------------------------------------------------------------------------------------

MayBePlace may_take_in(const Visit& visit, const Node& node) {
  return [&visit, &node](const Node& other) {
    return other.kind == NodeKind::Facility && other.key != node.key && !other.valid_to &&
           visit.scope->may(Right::ManagePlaces, visit.reference->organisation, other.key);
  };
}

Message close_words(const Node& node) { return node.kind == NodeKind::Facility ? Msg::PlaceCloseTitle : Msg::PlaceCloseOfficeTitle; }

std::string draw_close(const Visit& visit, const Node& node, const Problems& problems) {
  auto frame = staff_page(visit, Place::Places, say(visit.lang, close_words(node), {node.name}));
  frame.path = {{node.name, place_page_href(node)}};
  return draw_staff_page(frame, [&](html::Out& o) {
    draw_card(o, {}, [&] {
      draw_post_form(o, visit, place_page_href(node) + "/tutup", version_and(node), [&] {
        draw_problems(o, visit.lang, problems);
        draw_field(o, visit.lang, day_field(visit, Msg::PlaceCloseFrom, Msg::PlaceCloseFromHint, today_at(visit, node), problems));
        if (node.kind == NodeKind::Facility) {
          auto into = place_field(visit, "successor", Msg::PlaceMergedInto, Msg::PlaceMergeHint, {}, may_take_in(visit, node));
          into.problem = problem_of(visit.lang, problems, "successor");
          draw_field(o, visit.lang, into);
        }
        draw_button(o, words(visit.lang, Msg::PlaceCloseNext), Button::Primary);
      });
    });
  });
}

Result<app::Closing> read_closing(const Visit& visit, const Node& node) {
  Problems wrong;
  app::Closing closing;
  if (const auto day = read_day_field(visit, "from", wrong)) closing.from = *day;
  closing.successor = read_place_field(visit, "successor", may_take_in(visit, node), wrong);
  closing.closes_links = visit.field("yakin") == "1";
  if (!wrong.empty()) return std::unexpected(std::move(wrong));
  return closing;
}

/// What will happen, before it does.
std::string draw_close_question(const Visit& visit, const Node& node, const app::Closing& closing, std::int64_t links,
                                const Problems& problems) {
  const auto day = format::date(visit.lang, closing.from);
  const auto into = closing.successor ? visit.reference->organisation.find(*closing.successor)->name : std::string();
  Confirm confirm;
  confirm.title =
      closing.successor ? say(visit.lang, Msg::PlaceMergeTitle, {node.name, into}) : say(visit.lang, close_words(node), {node.name});
  confirm.words = closing.successor ? say(visit.lang, Msg::PlaceMergeWords, {node.name, day, into})
                                    : say(visit.lang, Msg::PlaceCloseWords, {node.name, day});
  if (links > 0) confirm.words += " " + say(visit.lang, Msg::PlaceCloseLinks, {format::number(visit.lang, links)});
  confirm.action = place_page_href(node) + "/tutup";
  confirm.button = words(visit.lang, closing.successor ? Msg::PlaceMerge : Msg::PlaceClose);
  confirm.back = {node.name, place_page_href(node)};
  confirm.hidden = version_and(node, {{"yakin", "1"}, {"from", iso(closing.from)}, {"successor", std::string(visit.field("successor"))}});
  confirm.problems = problems;
  return draw_confirm(visit, confirm);
}

http::Reply get_close(const Visit& visit) {
  const auto node = read_moving_place(visit);
  return node ? html_page(200, draw_close(visit, **node, {})) : place_refusal(visit, node.error());
}

/// The first post asks; the second, which is sure, closes.
http::Reply post_close(const Visit& visit) {
  const auto found = read_moving_place(visit);
  if (!found) return place_refusal(visit, found.error());
  const auto& node = **found;
  const auto closing = read_closing(visit, node);
  if (!closing) return html_page(status_of(closing.error()), draw_close(visit, node, closing.error()));
  const auto links_of = [&] {
    const auto view = app::read_place(visit.context, *visit.scope, node.key);
    return view ? view->open_links : 0;
  };
  if (!closing->closes_links) return html_page(200, draw_close_question(visit, node, *closing, links_of(), {}));
  const auto closed = app::close_place(visit.context, *visit.scope, seen_place(visit, node), *closing);
  if (closed) return redirect(place_page_href(node) + (closing->successor ? "?sudah=gabung" : "?sudah=tutup"));
  if (!is_place_stale(closed.error())) return html_page(status_of(closed.error()), draw_close(visit, node, closed.error()));
  const auto late = latest_of(visit, node.key);
  if (late.node == nullptr) return place_refusal(visit, closed.error());
  return html_page(409, draw_close_question(late.visit, *late.node, *closing, links_of(), closed.error()));
}

// --- opening again -------------------------------------------------------------------------------------------------

std::string draw_reopen(const Visit& visit, const Node& node, const Problems& problems) {
  Confirm confirm;
  confirm.title = say(visit.lang, Msg::PlaceReopenTitle, {node.name});
  confirm.place = place_state(visit, node);
  confirm.words = node.successor ? say(visit.lang, Msg::PlaceUnmergeWords, {node.name, name_or_nowhere(visit, node.successor)})
                                 : say(visit.lang, Msg::PlaceReopenWords, {node.name});
  confirm.action = place_page_href(node) + "/buka";
  confirm.button = words(visit.lang, Msg::PlaceReopen);
  confirm.kind = Button::Primary;
  confirm.back = {node.name, place_page_href(node)};
  confirm.hidden = version_and(node);
  confirm.problems = problems;
  return draw_confirm(visit, confirm);
}

http::Reply get_reopen(const Visit& visit) {
  const auto node = read_moving_place(visit);
  return node ? html_page(200, draw_reopen(visit, **node, {})) : place_refusal(visit, node.error());
}

http::Reply post_reopen(const Visit& visit) {
  const auto found = read_moving_place(visit);
  if (!found) return place_refusal(visit, found.error());
  const auto opened = app::reopen_place(visit.context, *visit.scope, seen_place(visit, **found));
  if (opened) return redirect(place_page_href(**found) + "?sudah=buka");
  const auto late = latest_of(visit, (*found)->key);
  if (late.node == nullptr) return place_refusal(visit, opened.error());
  return html_page(status_of(opened.error()), draw_reopen(late.visit, *late.node, opened.error()));
}

constexpr std::array kPlaceMoveRoutes{
    Route{http::Method::Get, "/tempat/:arg/pindah", May::ManagePlaces, Work::Blocking, &get_move,
          "Asks where a place goes, and from when."},
    Route{http::Method::Post, "/tempat/:arg/pindah", May::ManagePlaces, Work::Blocking, &post_move, "Moves a place."},
    Route{http::Method::Get, "/tempat/:arg/tutup", May::ManagePlaces, Work::Blocking, &get_close,
          "Asks when a place closes, and into which it goes."},
    Route{http::Method::Post, "/tempat/:arg/tutup", May::ManagePlaces, Work::Blocking, &post_close,
          "Says what closing will do; when that is confirmed, closes or merges the place."},
    Route{http::Method::Get, "/tempat/:arg/buka", May::ManagePlaces, Work::Blocking, &get_reopen, "Asks before a place is opened again."},
    Route{http::Method::Post, "/tempat/:arg/buka", May::ManagePlaces, Work::Blocking, &post_reopen, "Opens a place again."},
};

}  // namespace

std::span<const Route> place_move_routes() { return kPlaceMoveRoutes; }

}  // namespace pilar::web
