#include "app/organisation.h"

#include <algorithm>

#include "app/place_change.h"
#include "app/survey_link.h"
#include "base/text.h"
#include "i18n/words/access.h"
#include "i18n/words/place.h"
#include "store/facility_head.h"
#include "store/instrument_store.h"
#include "store/organisation_store.h"

namespace pilar::app {
namespace {

/// A code that nobody has, neither in the tree nor among those that come with it.
std::string free_code(const Organisation& organisation, const std::vector<Node>& coming, std::string_view name) {
  const auto wanted = code_of(name).empty() ? std::string("tempat") : code_of(name);
  const auto is_taken = [&](const std::string& code) {
    return organisation.find(std::string_view(code)) != nullptr || std::ranges::find(coming, code, &Node::code) != coming.end();
  };
  auto code = wanted;
  for (int n = 2; is_taken(code); ++n) code = wanted + "-" + std::to_string(n);
  return code;
}

std::vector<Node> nodes_of(const Organisation& organisation, const std::vector<NewPlace>& places, FacilityKey first) {
  std::vector<Node> nodes;
  for (const auto& place : places) {
    Node node;
    node.key = {first.value + static_cast<std::int32_t>(nodes.size())};
    node.parent = place.parent;
    node.supervisor = place.supervisor;
    node.kind = place.kind;
    node.name = std::string(trim(place.name));
    node.code = place.code.empty() ? free_code(organisation, nodes, node.name) : place.code;
    node.facility_type = place.facility_type;
    node.zone = place.zone;
    node.valid_from = place.valid_from;
    nodes.push_back(std::move(node));
  }
  return nodes;
}

Problems check_places(const Scope& scope, const Organisation& now, const std::vector<Node>& nodes, const std::vector<NewPlace>& places) {
  Problems wrong;
  const auto next = with_nodes(now, nodes);
  for (const auto& node : nodes) std::ranges::move(check_change(scope, now, next, node), std::back_inserter(wrong));
  for (const auto& place : places)
    if (place.needs_units && place.units.empty()) wrong.push_back({Problem::Kind::Invalid, Msg::PlaceNoUnits, "units", {}});
  return wrong;
}

std::vector<UnitKey> insert_units(store::Tx& tx, const Node& node, const std::vector<std::string>& names) {
  std::vector<Unit> units;
  std::vector<UnitKey> keys;
  for (const auto& name : names) {
    const auto number = static_cast<std::int32_t>(units.size()) + 1;
    auto code = code_of(name);
    for (int n = 2; std::ranges::find(units, code, &Unit::code) != units.end(); ++n) code = code_of(name) + "-" + std::to_string(n);
    Unit unit{node.key, {number}, code, std::string(trim(name)), node.valid_from, {}};
    unit.position = number;
    keys.push_back(store::insert_unit(tx, unit));
    units.push_back(std::move(unit));
  }
  return keys;
}

}  // namespace

std::string code_of(std::string_view name) {
  std::string out;
  for (const char c : lower_ascii(name)) {
    const bool plain = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
    if (plain) out += c;
    if (!plain && !out.empty() && out.back() != '-') out += '-';
  }
  while (out.ends_with('-')) out.pop_back();
  return out.substr(0, 60);
}

Result<FacilityKey> add_place(Context& context, const Scope& scope, const NewPlace& place) {
  const auto added = add_places(context, scope, {place});
  if (!added) return std::unexpected(added.error());
  return added->front();
}

Result<std::vector<FacilityKey>> add_places(Context& context, const Scope& scope, const std::vector<NewPlace>& places) {
  Problems wrong;
  std::vector<FacilityKey> keys;
  context.db.shared([&](store::Tx& tx) {
    keys.clear();
    const auto reference = reference_in(context, tx);
    const auto nodes = nodes_of(reference->organisation, places, store::next_node(tx));
    wrong = check_places(scope, reference->organisation, nodes, places);
    if (!wrong.empty()) return;
    for (std::size_t i = 0; i < nodes.size(); ++i) {
      const auto& node = nodes[i];
      keys.push_back(store::insert_node(tx, node, reference->generation));
      store::append_audit(tx, node.key, {context.clock.now(), scope.actor(), "place.add", "place:" + std::to_string(node.key.value)});
      const auto units = insert_units(tx, node, places[i].units);
      if (node.kind == NodeKind::Facility) insert_missing_links(tx, *reference, node.key, units);
    }
    store::advance_generation(tx);
  });
  if (!wrong.empty()) return std::unexpected(std::move(wrong));
  refresh_reference(context);
  return keys;
}

Result<void> run_first_time(Context& context, const FirstRun& wanted) {
  if (has_accounts(context)) return refuse(Problem::Kind::Conflict, Msg::FirstRunDone);
  NewPlace place;
  place.name = wanted.facility;
  place.facility_type = wanted.facility_type;
  place.needs_units = true;
  place.zone = wanted.zone;
  place.valid_from = civil_day(context.clock.now(), wanted.zone);
  place.units = wanted.units;
  const Scope founder(Role::Administrator, kEverywhere, "first-run");
  auto wrong = check_places(founder, {}, nodes_of({}, {place}, {1}), {place});
  for (auto& problem : wrong)
    if (problem.field == "name") problem.field = "facility";
  for (auto& problem : check_account(wanted.administrator)) wrong.push_back(std::move(problem));
  if (!wrong.empty()) return std::unexpected(std::move(wrong));
  const auto facility = add_place(context, founder, place);
  if (!facility) return std::unexpected(facility.error());
  auto administrator = wanted.administrator;
  administrator.organisation = *facility;
  const auto account = create_account(context, founder, administrator);
  if (!account) return std::unexpected(account.error());
  return {};
}

}  // namespace pilar::app
