#include "web/place_page.h"

#include <algorithm>
#include <array>

#include "app/audit.h"
#include "app/people.h"
#include "i18n/format.h"
#include "i18n/words/access.h"
#include "i18n/words/common.h"
#include "i18n/words/page.h"
#include "i18n/words/people.h"
#include "i18n/words/place_page.h"
#include "i18n/words/result.h"
#include "web/audit_words.h"
#include "web/frame.h"
#include "web/people_pages.h"
#include "web/place_unit_pages.h"
#include "web/place_words.h"
#include "web/site.h"
#include "web/words.h"

namespace pilar::web {
namespace {

constexpr std::size_t kPlaceLines = 10;
constexpr std::int64_t kPlacePeople = 10;

struct PlaceNotice {
  std::string_view done;
  Message words;
};
constexpr std::array kPlaceNotices{PlaceNotice{"tambah", Msg::PlaceAddedNow},          PlaceNotice{"ubah", Msg::PlaceSavedNow},
                                   PlaceNotice{"pindah", Msg::PlaceMovedNow},          PlaceNotice{"tutup", Msg::PlaceClosedNow},
                                   PlaceNotice{"gabung", Msg::PlaceMergedNow},         PlaceNotice{"buka", Msg::PlaceReopenedNow},
                                   PlaceNotice{"unit", Msg::PlaceUnitSavedNow},        PlaceNotice{"urut", Msg::PlaceUnitOrderedNow},
                                   PlaceNotice{"unit-tutup", Msg::PlaceUnitClosedNow}, PlaceNotice{"unit-buka", Msg::PlaceUnitReopenedNow},
                                   PlaceNotice{"unit-hapus", Msg::PlaceUnitRemovedNow}};

class PlacePageOf {
 public:
  PlacePageOf(const Visit& visit, const Node& node, const app::PlaceView& view, const Problems& problems)
      : visit_(visit),
        places_(visit.reference->organisation),
        node_(node),
        view_(view),
        problems_(problems),
        manages_(check_may_manage(visit, node).empty()) {}

  std::string draw() const {
    auto frame = staff_page(visit_, Place::Places, node_.name);
    frame.place = kind_words(visit_.lang, node_) + (state().empty() ? "" : " · " + state());
    frame.path = upward();
    const auto* done = std::ranges::find(kPlaceNotices, visit_.request.param("sudah"), &PlaceNotice::done);
    if (done != kPlaceNotices.end()) frame.notice = in(done->words);
    frame.actions = [&](html::Out& o) { draw_actions(o); };
    return draw_staff_page(frame, [&](html::Out& o) {
      draw_about(o);
      if (node_.kind == NodeKind::Facility) draw_place_units(o, visit_, node_, manages_, problems_);
      draw_links(o);
      draw_people(o);
      draw_past(o);
      draw_trail(o);
    });
  }

 private:
  std::string in(Message message) const { return words(visit_.lang, message); }
  std::string state() const { return place_state(visit_, node_); }
  std::string day(Day day) const { return format::short_date(visit_.lang, day); }
  bool sees(FacilityKey key) const { return visit_.scope->may(Right::ReadResults, places_, key); }

  std::vector<Link> upward() const {
    const auto own =
        stands_in(node_.kind, Tree::Payer) && (node_.kind != NodeKind::Facility || above(places_, node_, Tree::Payer) != nullptr)
            ? Tree::Payer
            : Tree::Government;
    const std::string tree = own == Tree::Government ? "pohon=dinas&" : "";
    std::vector<Link> path{{in(Msg::PlacesTitle), "/tempat?" + tree + "tempat=*"}};
    for (const auto* up : path_in(places_, node_, own))
      if (up != &node_) path.push_back({up->name, "/tempat?" + tree + "tempat=" + http::percent_encode(up->code)});
    return path;
  }

  void draw_actions(html::Out& o) const {
    draw_action_button(o, "print", in(Msg::ResultPrint));
    if (node_.kind != NodeKind::Facility) draw_link_button(o, {in(Msg::PlacePageBelow), level_href()});
    if (!manages_) return;
    const auto href = place_page_href(node_);
    if (node_.kind != NodeKind::Facility)
      draw_link_button(o, {in(Msg::PlacesAdd), "/tempat/tambah?di=" + http::percent_encode(node_.code)});
    draw_link_button(o, {in(Msg::PlaceMove), href + "/pindah"});
    if (node_.valid_to)
      draw_link_button(o, {in(Msg::PlaceReopen), href + "/buka"});
    else
      draw_link_button(o, {in(node_.kind == NodeKind::Facility ? Msg::PlaceCloseOrMerge : Msg::PlaceClose), href + "/tutup"});
    draw_link_button(o, {in(Msg::PlaceChange), href + "/ubah"}, Button::Primary);
  }

  std::string level_href() const {
    const std::string tree = stands_in(node_.kind, Tree::Payer) ? "" : "pohon=dinas&";
    return "/tempat?" + tree + "tempat=" + http::percent_encode(node_.code);
  }

  /// A place as a link where this person may see it.
  Fact place_fact(Message term, const std::optional<FacilityKey>& key) const {
    const auto* node = key ? places_.find(*key) : nullptr;
    if (node == nullptr) return {in(term), in(Msg::PlaceNowhere), {}};
    return sees(node->key) ? Fact{in(term), {}, {node->name, place_page_href(*node)}} : Fact{in(term), node->name, {}};
  }

  void draw_about(html::Out& o) const {
    std::vector<Fact> facts{{in(Msg::PlacesCode), node_.code, {}}, {in(Msg::PlacesKind), kind(), {}}};
    facts.push_back(place_fact(Msg::PlaceAbove, node_.parent));
    if (node_.kind == NodeKind::Facility && (node_.supervisor || above(places_, node_, Tree::Government) == nullptr))
      facts.push_back(place_fact(Msg::PlacesOffice, node_.supervisor));
    facts.push_back({in(Msg::FirstRunZone), std::string(name(node_.zone)), {}});
    facts.push_back({in(Msg::PlaceSince), node_.valid_from.value == 0 ? in(Msg::PlaceSinceEver) : day(node_.valid_from), {}});
    if (!state().empty()) facts.push_back({in(Msg::CommonState), state(), {}});
    if (node_.successor) facts.push_back(place_fact(Msg::PlaceMergedInto, node_.successor));
    if (node_.kind == NodeKind::Facility) {
      facts.push_back({in(Msg::PlaceCapabilities), capability_words(), {}});
      facts.push_back({in(Msg::PlaceVillages), village_words(), {}});
    }
    for (const auto& system : code_systems())
      if (const auto code = view_.facts.codes.find(system.key); code != view_.facts.codes.end())
        facts.push_back({in(system.title), code->second, {}});
    draw_card(o, {in(Msg::PlaceFacts), {}, {}, {}}, [&] { draw_facts(o, facts); });
  }

  std::string kind() const {
    const auto* type = find_facility_type(node_.facility_type);
    return kind_words(visit_.lang, node_) + (type == nullptr ? "" : ", " + in(title(type->level)));
  }

  std::string capability_words() const {
    std::string out;
    for (const auto& key : view_.facts.capabilities) {
      const auto row = std::ranges::find(capabilities(), key, &Capability::key);
      out += (out.empty() ? "" : ", ") + (row == capabilities().end() ? key : in(row->title));
    }
    return out.empty() ? in(Msg::PlaceNoneNoted) : out;
  }

  std::string village_words() const {
    std::string out;
    for (const auto& village : view_.facts.villages) out += (out.empty() ? "" : "; ") + text(village);
    return out.empty() ? in(Msg::PlaceNoneNoted) : out;
  }

  void draw_links(html::Out& o) const {
    if (node_.kind != NodeKind::Facility) return;
    const auto code = http::percent_encode(node_.code);
    const auto open = format::number(visit_.lang, view_.open_links);
    const Fact facts[] = {{in(Msg::PlaceLinks), {}, {say(visit_.lang, Msg::PlaceLinksOpen, {open}), "/survei?tempat=" + code}}};
    draw_card(o, {in(Msg::FrameSurveys), {}, {}, {}}, [&] { draw_facts(o, facts); });
  }

  void draw_people(html::Out& o) const {
    if (!visit_.scope->may(Right::ManageAccounts, places_, node_.key)) return;
    const auto people = app::list_people(visit_.context, *visit_.scope, {.place = node_.key, .limit = kPlacePeople});
    const auto code = http::percent_encode(node_.code);
    const Link all{say(visit_.lang, Msg::PlacePeopleAll, {format::number(visit_.lang, people.all)}), "/orang?tempat=" + code};
    draw_card(o, {in(Msg::PlacePeople), all, {}, {}}, [&] {
      if (people.people.empty()) return draw_empty(o, in(Msg::PlacePeopleNone), {in(Msg::PeopleInvite), "/undang?tempat=" + code});
      const TableHead head{in(Msg::PlacePeople), {{in(Msg::CommonName)}, {in(Msg::PeopleRoles)}}, {}, true};
      draw_table(o, head, [&](Rows& rows) {
        for (const auto& one : people.people)
          rows.row([&](Row& row) {
            row.name(one.account.name, person_href(one.account.login));
            row.cell(roles_of(one));
          });
      });
    });
  }

  /// Roles at this place and below; where they reach, where that is not all of this place.
  std::string roles_of(const app::FoundPerson& person) const {
    std::string out;
    for (const auto& grant : person.roles) {
      if (!places_.is_under(grant.place, node_.key)) continue;
      const bool elsewhere = grant.place != node_.key || grant.unit != UnitKey{};
      out += (out.empty() ? "" : "; ") + in(title(grant.role)) + (elsewhere ? ", " + place_words(visit_, grant) : "");
    }
    return out;
  }

  void draw_past(html::Out& o) const {
    const auto moves = places_.moves(node_.key);
    const auto joined = places_.predecessors(node_.key);
    if (moves.empty() && joined.empty()) return;
    draw_card(o, {in(Msg::PlacePast), {}, in(Msg::PlacePastNote), {}}, [&] {
      std::vector<Fact> facts;
      for (const auto& move : moves) facts.push_back({say(visit_.lang, Msg::PlaceUntil, {day(move.until)}), stood(move), {}});
      for (const auto* gone : joined)
        facts.push_back(
            {say(visit_.lang, Msg::PlaceJoined, {gone->valid_to ? day(*gone->valid_to) : ""}), {}, {gone->name, place_page_href(*gone)}});
      draw_facts(o, facts);
    });
  }

  std::string stood(const Move& move) const {
    std::string out;
    for (const auto& key : {move.parent, move.supervisor})
      if (const auto* node = key ? places_.find(*key) : nullptr; node != nullptr) out += (out.empty() ? "" : ", ") + node->name;
    return out.empty() ? in(Msg::PlaceNowhere) : out;
  }

  void draw_trail(html::Out& o) const {
    const app::AuditQuery query{.facility = node_.key, .subject = "place:" + std::to_string(node_.key.value), .limit = kPlaceLines};
    const auto page = app::list_audit(visit_.context, *visit_.scope, query);
    if (!page) return;
    const auto all = "/jejak?tempat=" + http::percent_encode(node_.code) + "&perihal=" + http::percent_encode(query.subject);
    draw_card(o, {in(Msg::PlaceTrail), {in(Msg::AuditAll), all}, {}, {}}, [&] { draw_audit_table(o, visit_, node_, *page); });
  }

  const Visit& visit_;
  const Organisation& places_;
  const Node& node_;
  const app::PlaceView& view_;
  const Problems& problems_;
  bool manages_;
};

http::Reply get_place(const Visit& visit) {
  const auto* node = place_of_address(visit);
  if (node == nullptr) return place_refusal(visit, {{Problem::Kind::NotFound, Msg::ResultUnknownPlace, "", {}}});
  return place_page(visit, *node, 200, {});
}

constexpr std::array kPlacePageRoutes{
    Route{http::Method::Get, "/tempat/:arg", May::ReadResults, Work::Blocking, &get_place,
          "One place: facts, units, people, where it stood, trail."},
};

}  // namespace

http::Reply place_page(const Visit& visit, const Node& node, int status, const Problems& problems) {
  const auto view = app::read_place(visit.context, *visit.scope, node.key);
  if (!view) return place_refusal(visit, view.error());
  return html_page(status, PlacePageOf(visit, node, *view, problems).draw());
}

std::span<const Route> place_page_routes() { return kPlacePageRoutes; }

}  // namespace pilar::web
