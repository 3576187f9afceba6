#include "web/place_unit_pages.h"

#include <algorithm>
#include <array>

#include "app/place.h"
#include "base/text.h"
#include "i18n/format.h"
#include "i18n/words/common.h"
#include "i18n/words/page.h"
#include "i18n/words/place.h"
#include "i18n/words/place_page.h"
#include "i18n/words/result.h"
#include "web/decision.h"
#include "web/frame.h"
#include "web/place_page.h"
#include "web/place_words.h"
#include "web/site.h"
#include "web/words.h"

namespace pilar::web {
namespace {

std::string unit_href(const Node& facility, const Unit& unit) {
  return place_page_href(facility) + "/unit/" + std::to_string(unit.key.value);
}
Hidden version_of(const Node& facility) { return {{"version", std::to_string(facility.version)}}; }

std::string unit_state(const Visit& visit, const Node& facility, const Unit& unit) {
  const auto today = civil_day(visit.context.clock.now(), facility.zone);
  if (!unit.valid_to) return {};
  return say(visit.lang, today < *unit.valid_to ? Msg::PlaceStateWillClose : Msg::PlaceStateClosed,
             {format::short_date(visit.lang, *unit.valid_to)});
}

struct UnitInput {
  std::string name{}, code{};
  UnitKind kind = UnitKind::Service;
};

void draw_unit_fields(html::Out& o, const Visit& visit, const UnitInput& input, const Problems& problems) {
  Field name{"name", words(visit.lang, Msg::PlaceUnitName), words(visit.lang, Msg::PlaceUnitNameHint), input.name};
  name.required = true;
  name.max_length = static_cast<int>(kLongestPlaceName);
  name.problem = problem_of(visit.lang, problems, "name");
  draw_field(o, visit.lang, name);
  std::vector<Option> kinds;
  for (const auto kind : unit_kinds()) kinds.push_back({std::string(pilar::name(kind)), words(visit.lang, title(kind))});
  Field kind{"kind", words(visit.lang, Msg::PlacesKind), "", std::string(pilar::name(input.kind))};
  kind.required = true;
  draw_select(o, visit.lang, kind, kinds);
  Field code{"code", words(visit.lang, Msg::PlacesCode), words(visit.lang, Msg::PlaceUnitCodeHint), input.code};
  code.max_length = static_cast<int>(kLongestPlaceCode);
  code.problem = problem_of(visit.lang, problems, "code");
  draw_field(o, visit.lang, code);
}

UnitInput typed_unit(const Visit& visit) {
  return {std::string(trim(visit.field("name"))), std::string(trim(visit.field("code"))),
          parse_unit_kind(visit.field("kind")).value_or(UnitKind::Service)};
}

class UnitCard {
 public:
  UnitCard(html::Out& o, const Visit& visit, const Node& facility, bool manages)
      : o_(o),
        visit_(visit),
        facility_(facility),
        units_(visit.reference->organisation.units(facility.key)),
        manages_(manages) {}

  void draw(const Problems& problems) {
    draw_card(o_, {in(Msg::PlaceUnits), {}, in(Msg::PlaceUnitsNote), "unit"}, [&] {
      if (units_.empty())
        draw_empty(o_, in(Msg::PlaceUnitsNone));
      else
        draw_rows();
      if (manages_) draw_form(problems);
    });
  }

 private:
  std::string in(Message message) const { return words(visit_.lang, message); }

  void draw_rows() {
    TableHead head{
        in(Msg::PlaceUnits), {{in(Msg::CommonName)}, {in(Msg::PlacesKind)}, {in(Msg::PlacesCode)}, {in(Msg::CommonState)}}, {}, true};
    if (manages_) head.columns.push_back({in(Msg::PlaceUnitOrder)});
    draw_table(o_, head, [&](Rows& rows) {
      for (const auto& unit : units_) rows.row([&](Row& row) { draw_row(row, unit); });
    });
  }

  void draw_row(Row& row, const Unit& unit) {
    row.name(unit.name, manages_ ? unit_href(facility_, unit) : "");
    row.cell(in(title(unit.kind)));
    row.cell(unit.code);
    row.cell(unit_state(visit_, facility_, unit));
    if (!manages_) return;
    row.cell([&] {
      draw_post_form(o_, visit_, place_page_href(facility_) + "/unit/urut", hidden_of(unit), [&] {
        o_.el("span", {{"class", "order-buttons"}}, [&] {
          if (&unit != &units_.front()) draw_step(unit, "naik", Msg::PlaceUnitUp);
          if (&unit != &units_.back()) draw_step(unit, "turun", Msg::PlaceUnitDown);
        });
      });
    });
  }

  Hidden hidden_of(const Unit& unit) const {
    auto hidden = version_of(facility_);
    hidden.emplace_back("unit", std::to_string(unit.key.value));
    return hidden;
  }

  void draw_step(const Unit& unit, std::string_view way, Message message) {
    o_.el("button", {{"class", "btn small"}, {"name", "arah"}, {"value", way}, {"aria-label", in(message) + ": " + unit.name}},
          in(message));
  }

  void draw_form(const Problems& problems) {
    o_.el("h3", {}, in(Msg::PlaceUnitNew));
    draw_post_form(o_, visit_, place_page_href(facility_) + "/unit", version_of(facility_), [&] {
      draw_problems(o_, visit_.lang, problems);
      draw_unit_fields(o_, visit_, problems.empty() ? UnitInput{} : typed_unit(visit_), problems);
      draw_button(o_, in(Msg::PlaceUnitAdd));
    });
  }

  html::Out& o_;
  const Visit& visit_;
  const Node& facility_;
  std::span<const Unit> units_;
  bool manages_;
};

/// The facility and the unit that the address names, for who may change them.
struct AskedUnit {
  const Node* facility = nullptr;
  const Unit* unit = nullptr;
};

Result<AskedUnit> read_asked_unit(const Visit& visit, std::string_view key) {
  AskedUnit asked{place_of_address(visit)};
  if (asked.facility == nullptr) return refuse(Problem::Kind::NotFound, Msg::ResultUnknownPlace);
  if (auto wrong = check_may_manage(visit, *asked.facility); !wrong.empty()) return std::unexpected(std::move(wrong));
  const auto number = parse_int(key).value_or(0);
  if (number > 0 && number <= INT32_MAX)
    asked.unit = visit.reference->organisation.find_unit(asked.facility->key, UnitKey{static_cast<std::int32_t>(number)});
  if (asked.unit == nullptr) return refuse(Problem::Kind::NotFound, Msg::PlaceUnitUnknown, "unit");
  return asked;
}

/// What can be done to a unit after a question.
struct UnitChange {
  std::string_view name;
  Message title, words, button;
  Button kind;
};
constexpr std::array kUnitChanges{
    UnitChange{"tutup", Msg::PlaceUnitCloseTitle, Msg::PlaceUnitCloseWords, Msg::PlaceUnitClose, Button::Danger},
    UnitChange{"buka", Msg::PlaceUnitReopenTitle, Msg::PlaceUnitReopenWords, Msg::PlaceUnitReopen, Button::Primary},
    UnitChange{"hapus", Msg::PlaceUnitRemoveTitle, Msg::PlaceUnitRemoveWords, Msg::PlaceUnitRemove, Button::Danger},
};

std::string draw_unit(const Visit& visit, const AskedUnit& asked, const UnitInput& input, const Problems& problems) {
  const auto& [facility, unit] = asked;
  auto frame = staff_page(visit, Place::Places, unit->name);
  frame.place = facility->name;
  frame.path = {{facility->name, place_page_href(*facility) + "#unit"}};
  const auto href = unit_href(*facility, *unit);
  return draw_staff_page(frame, [&](html::Out& o) {
    draw_card(o, {}, [&] {
      draw_post_form(o, visit, href, version_of(*facility), [&] {
        draw_problems(o, visit.lang, problems);
        draw_unit_fields(o, visit, input, problems);
        draw_button(o, words(visit.lang, Msg::PlaceUnitSave), Button::Primary);
      });
      o.el("div", {{"class", "choices"}}, [&] {
        for (const auto& change : kUnitChanges) {
          const bool offered = change.name == "hapus" || (change.name == "buka") == unit->valid_to.has_value();
          if (offered) draw_link_button(o, {words(visit.lang, change.button), href + "/ubah?apa=" + std::string(change.name)});
        }
      });
    });
  });
}

std::string draw_unit_conflict(const Visit& visit, const AskedUnit& asked, const UnitInput& mine) {
  const auto& unit = *asked.unit;
  const auto in = [&](Message message) { return words(visit.lang, message); };
  Conflict conflict{say(visit.lang, Msg::PlaceConflict, {unit.name}), {}, unit_href(*asked.facility, unit), {}, {}};
  conflict.fields = {{in(Msg::PlaceUnitName), mine.name, unit.name},
                     {in(Msg::PlacesKind), in(title(mine.kind)), in(title(unit.kind))},
                     {in(Msg::PlacesCode), mine.code, unit.code}};
  conflict.hidden = version_of(*asked.facility);
  conflict.hidden.insert(conflict.hidden.end(), {{"name", mine.name}, {"kind", std::string(name(mine.kind))}, {"code", mine.code}});
  conflict.back = {asked.facility->name, place_page_href(*asked.facility)};
  return draw_conflict(visit, conflict);
}

/// The visit with what other people changed meanwhile.
Visit refreshed(const Visit& visit) {
  auto fresh = visit;
  fresh.reference = visit.context.reference.get();
  return fresh;
}

http::Reply post_new_unit(const Visit& visit) {
  const auto* facility = place_of_address(visit);
  if (facility == nullptr) return place_refusal(visit, {{Problem::Kind::NotFound, Msg::ResultUnknownPlace, "", {}}});
  const auto input = typed_unit(visit);
  Unit unit;
  unit.name = input.name;
  unit.code = input.code;
  unit.kind = input.kind;
  const auto saved = app::save_unit(visit.context, *visit.scope, seen_place(visit, *facility), unit);
  if (saved) return redirect(place_page_href(*facility) + "?sudah=unit#unit");
  const auto fresh = refreshed(visit);
  const auto* now = place_of_address(fresh);
  if (now == nullptr || !check_may_manage(fresh, *now).empty()) return place_refusal(visit, saved.error());
  return place_page(fresh, *now, status_of(saved.error()), saved.error());
}

http::Reply post_unit_order(const Visit& visit) {
  const auto asked = read_asked_unit(visit, visit.field("unit"));
  if (!asked) return place_refusal(visit, asked.error());
  const auto way = visit.field("arah") == "naik" ? app::Step::Up : app::Step::Down;
  const auto done = app::shift_unit(visit.context, *visit.scope, seen_place(visit, *asked->facility), asked->unit->key, way);
  if (done) return redirect(place_page_href(*asked->facility) + "?sudah=urut#unit");
  const auto fresh = refreshed(visit);
  const auto* now = place_of_address(fresh);
  return now == nullptr ? place_refusal(visit, done.error()) : place_page(fresh, *now, status_of(done.error()), done.error());
}

http::Reply get_unit(const Visit& visit) {
  const auto asked = read_asked_unit(visit, visit.args.at(1));
  if (!asked) return place_refusal(visit, asked.error());
  const auto& unit = *asked->unit;
  return html_page(200, draw_unit(visit, *asked, {unit.name, unit.code, unit.kind}, {}));
}

http::Reply post_unit(const Visit& visit) {
  const auto asked = read_asked_unit(visit, visit.args.at(1));
  if (!asked) return place_refusal(visit, asked.error());
  const auto mine = typed_unit(visit);
  auto unit = *asked->unit;
  unit.name = mine.name;
  unit.code = mine.code;
  unit.kind = mine.kind;
  const auto saved = app::save_unit(visit.context, *visit.scope, seen_place(visit, *asked->facility), unit);
  if (saved) return redirect(place_page_href(*asked->facility) + "?sudah=unit#unit");
  if (!is_place_stale(saved.error())) return html_page(status_of(saved.error()), draw_unit(visit, *asked, mine, saved.error()));
  const auto fresh = refreshed(visit);
  const auto now = read_asked_unit(fresh, fresh.args.at(1));
  return now ? html_page(409, draw_unit_conflict(fresh, *now, mine)) : place_refusal(visit, now.error());
}

std::string draw_unit_question(const Visit& visit, const AskedUnit& asked, const UnitChange& change, const Problems& problems) {
  const auto& [facility, unit] = asked;
  Confirm confirm;
  confirm.title = say(visit.lang, change.title, {unit->name});
  confirm.place = facility->name;
  confirm.words = say(visit.lang, change.words, {unit->name});
  confirm.action = unit_href(*facility, *unit) + "/ubah";
  confirm.button = words(visit.lang, change.button);
  confirm.kind = change.kind;
  confirm.back = {unit->name, unit_href(*facility, *unit)};
  confirm.hidden = version_of(*facility);
  confirm.hidden.emplace_back("apa", std::string(change.name));
  confirm.problems = problems;
  return draw_confirm(visit, confirm);
}

const UnitChange* asked_change(const Visit& visit) {
  const auto name = visit.form.empty() ? visit.request.param("apa") : visit.field("apa");
  const auto* row = std::ranges::find(kUnitChanges, name, &UnitChange::name);
  return row == kUnitChanges.end() ? nullptr : row;
}

http::Reply get_unit_change(const Visit& visit) {
  const auto asked = read_asked_unit(visit, visit.args.at(1));
  if (!asked) return place_refusal(visit, asked.error());
  const auto* change = asked_change(visit);
  if (change == nullptr) return place_refusal(visit, {{Problem::Kind::NotFound, Msg::PageNotFound, "", {}}});
  return html_page(200, draw_unit_question(visit, *asked, *change, {}));
}

http::Reply post_unit_change(const Visit& visit) {
  const auto asked = read_asked_unit(visit, visit.args.at(1));
  if (!asked) return place_refusal(visit, asked.error());
  const auto* change = asked_change(visit);
  if (change == nullptr) return place_refusal(visit, {{Problem::Kind::NotFound, Msg::PageNotFound, "", {}}});
  const auto seen = seen_place(visit, *asked->facility);
  const auto done = change->name == "hapus" ? app::remove_unit(visit.context, *visit.scope, seen, asked->unit->key)
                                            : app::open_unit(visit.context, *visit.scope, seen, asked->unit->key, change->name == "buka");
  if (done) return redirect(place_page_href(*asked->facility) + "?sudah=unit-" + std::string(change->name) + "#unit");
  const auto fresh = refreshed(visit);
  const auto now = read_asked_unit(fresh, fresh.args.at(1));
  if (!now) return place_refusal(visit, now.error());
  return html_page(status_of(done.error()), draw_unit_question(fresh, *now, *change, done.error()));
}

constexpr std::array kPlaceUnitRoutes{
    Route{http::Method::Post, "/tempat/:arg/unit", May::ManagePlaces, Work::Blocking, &post_new_unit, "Adds a unit to a facility."},
    Route{http::Method::Post, "/tempat/:arg/unit/urut", May::ManagePlaces, Work::Blocking, &post_unit_order,
          "Moves a unit one step up or down."},
    Route{http::Method::Get, "/tempat/:arg/unit/:arg", May::ManagePlaces, Work::Blocking, &get_unit, "One unit, to be changed."},
    Route{http::Method::Post, "/tempat/:arg/unit/:arg", May::ManagePlaces, Work::Blocking, &post_unit, "Changes a unit."},
    Route{http::Method::Get, "/tempat/:arg/unit/:arg/ubah", May::ManagePlaces, Work::Blocking, &get_unit_change,
          "Asks before a unit is closed, reopened or removed."},
    Route{http::Method::Post, "/tempat/:arg/unit/:arg/ubah", May::ManagePlaces, Work::Blocking, &post_unit_change,
          "Closes, reopens or removes a unit."},
};

}  // namespace

void draw_place_units(html::Out& o, const Visit& visit, const Node& facility, bool manages, const Problems& problems) {
  UnitCard(o, visit, facility, manages).draw(problems);
}

std::span<const Route> place_unit_routes() { return kPlaceUnitRoutes; }

}  // namespace pilar::web
