#include "web/place_form_pages.h"

#include <algorithm>
#include <array>

#include "app/organisation.h"
#include "app/place.h"
#include "base/text.h"
#include "i18n/words/access.h"
#include "i18n/words/common.h"
#include "i18n/words/place_page.h"
#include "i18n/words/result.h"
#include "web/decision.h"
#include "web/frame.h"
#include "web/place_words.h"
#include "web/site.h"
#include "web/words.h"

namespace pilar::web {
namespace {

const std::array kZoneOptions{Option{"WIB", "WIB"}, Option{"WITA", "WITA"}, Option{"WIT", "WIT"}};

std::string label_of_place_field(Lang lang, std::string_view field) {
  constexpr std::array<std::pair<std::string_view, Message>, 9> kLabels{{{"name", Msg::CommonName},
                                                                         {"code", Msg::PlacesCode},
                                                                         {"type", Msg::PlacesType},
                                                                         {"kind", Msg::PlacesKind},
                                                                         {"parent", Msg::PlaceAbove},
                                                                         {"supervisor", Msg::PlacesOffice},
                                                                         {"valid_from", Msg::PlaceSince},
                                                                         {"capabilities", Msg::PlaceCapabilities},
                                                                         {"villages", Msg::PlaceVillages}}};
  const auto* row = std::ranges::find(kLabels, field, &std::pair<std::string_view, Message>::first);
  return row == kLabels.end() ? "" : words(lang, row->second);
}

/// One form of a place: fields with what was typed or what stands there.
class PlaceFields {
 public:
  PlaceFields(html::Out& o, const Visit& visit, const Problems& problems) : o_(o), visit_(visit), problems_(problems) {}

  void all_problems() {
    draw_problems(o_, visit_.lang, problems_, [&](std::string_view field) { return label_of_place_field(visit_.lang, field); });
  }
  void text(const char* name, Message label, Message hint, std::string value, bool required) {
    auto field = base(name, label, hint, std::move(value));
    field.required = required;
    field.max_length = static_cast<int>(kLongestPlaceName);
    draw_field(o_, visit_.lang, field);
  }
  void lines(const char* name, Message label, Message hint, std::string value) {
    auto field = base(name, label, hint, std::move(value));
    field.rows = 6;
    draw_field(o_, visit_.lang, field);
  }
  void day(const char* name, Message label, Message hint, Day value) {
    auto field = base(name, label, hint, iso(value));
    field.type = "date";
    field.required = true;
    draw_field(o_, visit_.lang, field);
  }
  void select(const char* name, Message label, std::string value, std::span<const Option> options) {
    auto field = base(name, label, {}, std::move(value));
    field.required = true;
    draw_select(o_, visit_.lang, field, options);
  }
  void type(std::string value) {
    std::vector<Option> options;
    for (const auto& one : facility_types()) options.push_back({std::string(one.key), words(visit_.lang, one.title)});
    select("type", Msg::PlacesType, std::move(value), options);
  }
  void place(const char* name, Message label, Message hint, std::optional<FacilityKey> value, const MayBePlace& may_be) {
    auto field = place_field(visit_, name, label, hint, value, may_be);
    field.problem = problem_of(visit_.lang, problems_, name);
    draw_field(o_, visit_.lang, field);
  }

 private:
  Field base(const char* name, Message label, std::optional<Message> hint, std::string value) const {
    Field field{name, words(visit_.lang, label), hint ? words(visit_.lang, *hint) : "", std::move(value)};
    if (!visit_.form.empty()) field.value = visit_.field(name);
    field.problem = problem_of(visit_.lang, problems_, name);
    field.autocomplete = "off";
    return field;
  }

  html::Out& o_;
  const Visit& visit_;
  const Problems& problems_;
};

// --- a new place ---------------------------------------------------------------------------------------------------

/// The place below which the new one goes, ?di=CODE; null where the address names none.
const Node* place_above_new(const Visit& visit) {
  return visit.reference->organisation.find(visit.form.empty() ? visit.request.param("di") : visit.field("di"));
}

/// The kinds that may stand below it; at the top those that need nothing above.
std::vector<Option> kinds_below(const Visit& visit, const Node* parent) {
  std::vector<Option> options;
  for (const auto kind : node_kinds())
    if (parent == nullptr || may_hang_on(kind, parent->kind)) options.push_back({std::string(name(kind)), words(visit.lang, title(kind))});
  std::ranges::reverse(options);
  return options;
}

bool is_health_office(const Node& node) { return node.kind == NodeKind::Province || node.kind == NodeKind::District; }

std::string draw_new_place(const Visit& visit, const Node* parent, const Problems& problems) {
  auto frame = staff_page(visit, Place::Places, words(visit.lang, Msg::PlacesAdd));
  frame.place = parent == nullptr ? words(visit.lang, Msg::PlaceNewTop) : say(visit.lang, Msg::PlaceNewBelow, {parent->name});
  frame.path = {parent == nullptr ? Link{words(visit.lang, Msg::PlacesTitle), "/tempat"} : Link{parent->name, place_page_href(*parent)}};
  const auto kinds = kinds_below(visit, parent);
  const bool may_be_facility = !kinds.empty() && kinds.front().value == name(NodeKind::Facility);
  return draw_staff_page(frame, [&](html::Out& o) {
    if (kinds.empty()) return draw_empty(o, say(visit.lang, Msg::PlaceNewNothing), {words(visit.lang, Msg::PlacesTitle), "/tempat"});
    draw_card(o, {}, [&] {
      draw_post_form(o, visit, "/tempat/tambah", {{"di", parent == nullptr ? "" : parent->code}}, [&] {
        PlaceFields fields(o, visit, problems);
        fields.all_problems();
        fields.select("kind", Msg::PlacesKind, kinds.front().value, kinds);
        fields.text("name", Msg::CommonName, Msg::FirstRunFacilityHint, "", true);
        if (may_be_facility) {
          fields.type("puskesmas");
          const bool needs_office = parent == nullptr || !is_health_office(*parent);
          if (needs_office) fields.place("supervisor", Msg::PlacesOffice, Msg::PlaceOfficeHint, {}, is_health_office);
        }
        fields.text("code", Msg::PlacesCode, Msg::PlaceCodeHint, "", false);
        fields.select("zone", Msg::FirstRunZone, std::string(name(parent == nullptr ? Zone::Wib : parent->zone)), kZoneOptions);
        fields.day("valid_from", Msg::PlaceSince, Msg::PlaceSinceHint, civil_day(visit.context.clock.now(), Zone::Wib));
        if (may_be_facility) fields.lines("units", Msg::FirstRunUnits, Msg::PlaceNewUnitsHint, "");
        draw_button(o, words(visit.lang, Msg::PlacesAdd), Button::Primary);
      });
    });
  });
}

std::vector<std::string> lines_of(std::string_view text) {
  std::vector<std::string> lines;
  for (const auto line : split(text, '\n'))
    if (const auto kept = trim(line); !kept.empty()) lines.emplace_back(kept);
  return lines;
}

Result<app::NewPlace> read_new_place(const Visit& visit, const Node* parent) {
  Problems wrong;
  app::NewPlace place;
  if (parent != nullptr) place.parent = parent->key;
  const auto kind = parse_node_kind(visit.field("kind"));
  if (!kind) wrong.push_back({Problem::Kind::Invalid, Msg::PlacePickKind, "kind", {}});
  place.kind = kind.value_or(NodeKind::Facility);
  place.name = trim(visit.field("name"));
  place.code = trim(visit.field("code"));
  place.zone = parse_zone(visit.field("zone")).value_or(Zone::Wib);
  if (const auto day = read_day_field(visit, "valid_from", wrong)) place.valid_from = *day;
  if (place.kind == NodeKind::Facility) {
    place.facility_type = visit.field("type");
    place.supervisor = read_place_field(visit, "supervisor", is_health_office, wrong);
    place.units = lines_of(visit.field("units"));
  }
  if (!wrong.empty()) return std::unexpected(std::move(wrong));
  return place;
}

http::Reply get_new_place(const Visit& visit) {
  const auto* parent = place_above_new(visit);
  if (parent != nullptr)
    if (const auto wrong = check_may_manage(visit, *parent); !wrong.empty()) return place_refusal(visit, wrong);
  return html_page(200, draw_new_place(visit, parent, {}));
}

http::Reply post_new_place(const Visit& visit) {
  const auto* parent = place_above_new(visit);
  if (parent == nullptr && !visit.field("di").empty())
    return place_refusal(visit, {{Problem::Kind::NotFound, Msg::ResultUnknownPlace, "", {}}});
  const auto place = read_new_place(visit, parent);
  if (!place) return html_page(status_of(place.error()), draw_new_place(visit, parent, place.error()));
  const auto added = app::add_place(visit.context, *visit.scope, *place);
  if (!added) return html_page(status_of(added.error()), draw_new_place(visit, parent, added.error()));
  const auto now = visit.context.reference.get();
  return redirect(place_page_href(*now->organisation.find(*added)) + "?sudah=tambah");
}

// --- what is known of a place --------------------------------------------------------------------------------------

std::string villages_text(const PlaceFacts& facts) {
  std::string out;
  for (const auto& village : facts.villages) out += text(village) + "\n";
  return out;
}

app::PlaceText text_of(const Node& node, const PlaceFacts& facts) {
  return {node.code, node.name, node.facility_type, node.zone, node.valid_from, facts};
}

Result<app::PlaceText> read_place_text(const Visit& visit, const Node& node) {
  Problems wrong;
  app::PlaceText text;
  text.code = trim(visit.field("code"));
  text.name = trim(visit.field("name"));
  if (node.kind == NodeKind::Facility) text.facility_type = visit.field("type");
  text.zone = parse_zone(visit.field("zone")).value_or(node.zone);
  if (const auto day = read_day_field(visit, "valid_from", wrong)) text.valid_from = *day;
  for (const auto& system : code_systems())
    if (const auto code = trim(visit.field("code_" + std::string(system.key))); !code.empty()) text.facts.codes.emplace(system.key, code);
  for (const auto& [name, value] : visit.form)
    if (name == "capabilities") text.facts.capabilities.push_back(value);
  for (const auto& line : lines_of(visit.field("villages")))
    if (auto village = parse_village(line)) text.facts.villages.push_back(*std::move(village));
  if (!wrong.empty()) return std::unexpected(std::move(wrong));
  return text;
}

std::string draw_place_form(const Visit& visit, const Node& node, const app::PlaceText& text, const Problems& problems) {
  auto frame = staff_page(visit, Place::Places, say(visit.lang, Msg::PlaceChangeTitle, {node.name}));
  frame.path = {{node.name, place_page_href(node)}};
  return draw_staff_page(frame, [&](html::Out& o) {
    draw_card(o, {}, [&] {
      draw_post_form(o, visit, place_page_href(node) + "/ubah", {{"version", std::to_string(node.version)}}, [&] {
        PlaceFields fields(o, visit, problems);
        fields.all_problems();
        fields.text("name", Msg::CommonName, Msg::FirstRunFacilityHint, text.name, true);
        fields.text("code", Msg::PlacesCode, Msg::PlaceCodeChangeHint, text.code, true);
        if (node.kind == NodeKind::Facility) fields.type(text.facility_type);
        fields.select("zone", Msg::FirstRunZone, std::string(name(text.zone)), kZoneOptions);
        fields.day("valid_from", Msg::PlaceSince, Msg::PlaceSinceHint, text.valid_from);
        for (const auto& system : code_systems()) {
          const auto code = text.facts.codes.find(system.key);
          fields.text(("code_" + std::string(system.key)).c_str(), system.title, Msg::PlaceOtherCodeHint,
                      code == text.facts.codes.end() ? "" : code->second, false);
        }
        if (node.kind == NodeKind::Facility) {
          Choice can{"capabilities", words(visit.lang, Msg::PlaceCapabilities), "", problem_of(visit.lang, problems, "capabilities")};
          for (const auto& one : capabilities()) can.options.push_back({std::string(one.key), words(visit.lang, one.title)});
          can.chosen = text.facts.capabilities;
          can.tiles = Tiles::Segments;
          can.several = true;
          draw_choice(o, can);
          fields.lines("villages", Msg::PlaceVillages, Msg::PlaceVillagesHint, villages_text(text.facts));
        }
        draw_button(o, words(visit.lang, Msg::PlaceSave), Button::Primary);
      });
    });
  });
}

std::string joined_words(Lang lang, const std::vector<std::string>& keys) {
  std::string out;
  for (const auto& key : keys) {
    const auto row = std::ranges::find(capabilities(), key, &Capability::key);
    out += (out.empty() ? "" : ", ") + (row == capabilities().end() ? key : words(lang, row->title));
  }
  return out;
}

/// Both versions of a place that somebody else changed meanwhile, field by field.
std::string draw_place_conflict(const Visit& visit, const Node& node, const app::PlaceText& mine, const app::PlaceText& theirs) {
  const auto in = [&](Message message) { return words(visit.lang, message); };
  const auto type_words = [&](const std::string& key) {
    const auto* type = find_facility_type(key);
    return type == nullptr ? "" : in(type->title);
  };
  Conflict conflict{say(visit.lang, Msg::PlaceConflict, {node.name}), {}, place_page_href(node) + "/ubah", {}, {}};
  conflict.fields = {{in(Msg::CommonName), mine.name, theirs.name}, {in(Msg::PlacesCode), mine.code, theirs.code}};
  if (node.kind == NodeKind::Facility)
    conflict.fields.push_back({in(Msg::PlacesType), type_words(mine.facility_type), type_words(theirs.facility_type)});
  conflict.fields.push_back({in(Msg::FirstRunZone), std::string(name(mine.zone)), std::string(name(theirs.zone))});
  conflict.fields.push_back({in(Msg::PlaceSince), iso(mine.valid_from), iso(theirs.valid_from)});
  for (const auto& system : code_systems()) {
    const auto code_in = [&](const app::PlaceText& text) {
      const auto code = text.facts.codes.find(system.key);
      return code == text.facts.codes.end() ? std::string() : code->second;
    };
    conflict.fields.push_back({in(system.title), code_in(mine), code_in(theirs)});
  }
  if (node.kind == NodeKind::Facility) {
    conflict.fields.push_back({in(Msg::PlaceCapabilities), joined_words(visit.lang, mine.facts.capabilities),
                               joined_words(visit.lang, theirs.facts.capabilities)});
    conflict.fields.push_back({in(Msg::PlaceVillages), villages_text(mine.facts), villages_text(theirs.facts)});
  }
  for (const auto& [name, value] : visit.form)
    if (name != "csrf" && name != "version") conflict.hidden.emplace_back(name, value);
  conflict.hidden.emplace_back("version", std::to_string(node.version));
  conflict.back = {node.name, place_page_href(node)};
  return draw_conflict(visit, conflict);
}

/// The place of the address with its facts, for who may change it.
struct AskedPlace {
  const Node* node = nullptr;
  PlaceFacts facts{};
};
Result<AskedPlace> read_asked_place(const Visit& visit) {
  const auto* node = place_of_address(visit);
  if (node == nullptr) return refuse(Problem::Kind::NotFound, Msg::ResultUnknownPlace);
  if (auto wrong = check_may_manage(visit, *node); !wrong.empty()) return std::unexpected(std::move(wrong));
  auto view = app::read_place(visit.context, *visit.scope, node->key);
  if (!view) return std::unexpected(view.error());
  return AskedPlace{node, std::move(view->facts)};
}

http::Reply get_place_form(const Visit& visit) {
  const auto asked = read_asked_place(visit);
  if (!asked) return place_refusal(visit, asked.error());
  return html_page(200, draw_place_form(visit, *asked->node, text_of(*asked->node, asked->facts), {}));
}

http::Reply post_place_form(const Visit& visit) {
  const auto asked = read_asked_place(visit);
  if (!asked) return place_refusal(visit, asked.error());
  const auto& node = *asked->node;
  const auto text = read_place_text(visit, node);
  if (!text) return html_page(status_of(text.error()), draw_place_form(visit, node, text_of(node, asked->facts), text.error()));
  const auto saved = app::change_place(visit.context, *visit.scope, seen_place(visit, node), *text);
  auto fresh = visit;
  fresh.reference = visit.context.reference.get();
  const auto* now = fresh.reference->organisation.find(node.key);
  if (saved) return redirect(place_page_href(*now) + "?sudah=ubah");
  if (!is_place_stale(saved.error())) return html_page(status_of(saved.error()), draw_place_form(visit, node, *text, saved.error()));
  const auto view = app::read_place(visit.context, *visit.scope, node.key);
  if (now == nullptr || !view) return place_refusal(visit, saved.error());
  return html_page(409, draw_place_conflict(fresh, *now, *text, text_of(*now, view->facts)));
}

constexpr std::array kPlaceFormRoutes{
    Route{http::Method::Get, "/tempat/tambah", May::ManagePlaces, Work::Blocking, &get_new_place, "Asks what to add below a place."},
    Route{http::Method::Post, "/tempat/tambah", May::ManagePlaces, Work::Blocking, &post_new_place, "Adds a place."},
    Route{http::Method::Get, "/tempat/:arg/ubah", May::ManagePlaces, Work::Blocking, &get_place_form,
          "What is known of a place, to be changed."},
    Route{http::Method::Post, "/tempat/:arg/ubah", May::ManagePlaces, Work::Blocking, &post_place_form,
          "Changes what is known of a place."},
};

}  // namespace

std::span<const Route> place_form_routes() { return kPlaceFormRoutes; }

}  // namespace pilar::web
