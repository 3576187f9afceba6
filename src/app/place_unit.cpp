#include <algorithm>

#include "app/organisation.h"
#include "app/place_change.h"
#include "app/survey_link.h"
#include "base/text.h"
#include "i18n/words/place.h"
#include "store/organisation_store.h"
#include "store/place_store.h"

namespace pilar::app {
namespace {

std::string detail_of(const Unit& unit) { return "{\"unit\":" + std::to_string(unit.key.value) + ",\"code\":\"" + unit.code + "\"}"; }

/// Finds the unit and hands a copy to the body.
template <class Body>
Result<void> run_unit_change(Context& context, const Scope& scope, const SeenPlace& seen, UnitKey key, const char* action, Body&& body) {
  return run_change(context, scope, seen, action, [&](PlaceChange& change) -> Problems {
    const auto* found = change.organisation.find_unit(seen.key, key);
    if (found == nullptr) return {{Problem::Kind::NotFound, Msg::PlaceUnitUnknown, "unit", {}}};
    auto unit = *found;
    auto wrong = body(change, unit);
    change.detail = detail_of(unit);
    return wrong;
  });
}

std::string free_unit_code(const Organisation& organisation, FacilityKey facility, std::string_view name) {
  const auto wanted = code_of(name).empty() ? std::string("unit") : code_of(name);
  auto code = wanted;
  for (int n = 2; organisation.find_unit(facility, std::string_view(code)) != nullptr; ++n) code = wanted + "-" + std::to_string(n);
  return code;
}

std::int32_t last_position(const Organisation& organisation, FacilityKey facility) {
  const auto units = organisation.units(facility);
  return units.empty() ? 0 : units.back().position;
}

UnitKey add_unit(PlaceChange& change, Unit unit) {
  unit.valid_from = std::max(change.node.valid_from, civil_day(change.at, change.node.zone));
  unit.position = last_position(change.organisation, change.node.key) + 1;
  const auto key = store::insert_unit(change.tx, unit);
  insert_missing_links(change.tx, change.reference, change.node.key, {&key, 1});
  return key;
}

}  // namespace

Result<UnitKey> save_unit(Context& context, const Scope& scope, const SeenPlace& seen, const Unit& wanted) {
  UnitKey key;
  const auto saved =
      run_change(context, scope, seen, wanted.key == UnitKey{} ? "unit.add" : "unit.change", [&](PlaceChange& change) -> Problems {
        Unit unit;
        unit.valid_from = change.node.valid_from;
        if (wanted.key != UnitKey{}) {
          const auto* found = change.organisation.find_unit(seen.key, wanted.key);
          if (found == nullptr) return {{Problem::Kind::NotFound, Msg::PlaceUnitUnknown, "unit", {}}};
          unit = *found;
        }
        unit.facility = seen.key;
        unit.name = std::string(trim(wanted.name));
        unit.code = wanted.code.empty() ? free_unit_code(change.organisation, seen.key, unit.name) : wanted.code;
        unit.kind = wanted.kind;
        auto wrong = check_unit(change.organisation, unit);
        if (!wrong.empty()) return wrong;
        key = unit.key;
        if (key == UnitKey{})
          key = unit.key = add_unit(change, unit);
        else
          store::update_unit(change.tx, unit);
        change.detail = detail_of(unit);
        return {};
      });
  if (!saved) return std::unexpected(saved.error());
  return key;
}

Result<void> open_unit(Context& context, const Scope& scope, const SeenPlace& seen, UnitKey key, bool open) {
  return run_unit_change(context, scope, seen, key, open ? "unit.reopen" : "unit.close", [&](PlaceChange& change, Unit& unit) -> Problems {
    unit.valid_to.reset();
    // A unit that is closed on its first day was never there, but a day cannot end before it began.
    if (!open) unit.valid_to = std::max(civil_day(change.at, change.node.zone), Day{unit.valid_from.value + 1});
    store::update_unit(change.tx, unit);
    if (!open) store::close_links(change.tx, seen.key, key);
    return {};
  });
}

Result<void> remove_unit(Context& context, const Scope& scope, const SeenPlace& seen, UnitKey key) {
  return run_unit_change(context, scope, seen, key, "unit.remove", [&](PlaceChange& change, Unit& unit) -> Problems {
    if (store::is_unit_used(change.tx, seen.key, key)) return {{Problem::Kind::Conflict, Msg::PlaceUnitUsed, "unit", {unit.name}}};
    store::delete_unit(change.tx, seen.key, key);
    return {};
  });
}

Result<void> shift_unit(Context& context, const Scope& scope, const SeenPlace& seen, UnitKey key, Step step) {
  return run_unit_change(context, scope, seen, key, "unit.order", [&](PlaceChange& change, Unit& unit) -> Problems {
    const auto listed = change.organisation.units(seen.key);
    std::vector<Unit> units(listed.begin(), listed.end());
    const auto at = std::ranges::find(units, unit.key, &Unit::key);
    if (step == Step::Up && at != units.begin()) std::iter_swap(at, at - 1);
    if (step == Step::Down && at + 1 != units.end()) std::iter_swap(at, at + 1);
    for (std::size_t i = 0; i < units.size(); ++i) {
      units[i].position = static_cast<std::int32_t>(i) + 1;
      store::update_unit(change.tx, units[i]);
    }
    return {};
  });
}

}  // namespace pilar::app
