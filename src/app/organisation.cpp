#include "app/organisation.h"

#include <algorithm>

#include "app/survey_link.h"
#include "base/text.h"
#include "i18n/messages.h"
#include "store/instrument_store.h"
#include "store/organisation_store.h"

namespace pilar::app {
namespace {

/// Codes of other systems are kept as they are: letters, digits, dots, hyphens, underscores.
bool is_code(std::string_view code) {
  constexpr std::string_view kLetters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-_";
  return code.size() <= 60 && code.find_first_not_of(kLetters) == std::string_view::npos;
}

Problems check_place(const Reference& reference, const NewPlace& place) {
  Problems wrong;
  if (trim(place.name).empty() || place.name.size() > 200) wrong.push_back({Problem::Kind::Invalid, Msg::PlaceNoName, "name", {}});
  if (!place.code.empty() && !is_code(place.code)) wrong.push_back({Problem::Kind::Invalid, Msg::PlaceBadCode, "code", {}});
  if (!place.code.empty() && reference.organisation.find(place.code) != nullptr)
    wrong.push_back({Problem::Kind::Conflict, Msg::PlaceCodeTaken, "code", {place.code}});
  if (place.parent && reference.organisation.find(*place.parent) == nullptr)
    wrong.push_back({Problem::Kind::NotFound, Msg::ResultUnknownPlace, "parent", {}});
  if (place.needs_units && place.units.empty()) wrong.push_back({Problem::Kind::Invalid, Msg::PlaceNoUnits, "units", {}});
  return wrong;
}

std::string free_code(const Organisation& organisation, const std::string& wanted) {
  auto code = wanted.empty() ? std::string("tempat") : wanted;
  for (int n = 2; organisation.find(code) != nullptr; ++n) code = wanted + "-" + std::to_string(n);
  return code;
}

FacilityKey insert_place(store::Tx& tx, const Reference& reference, const NewPlace& place) {
  Node node;
  node.parent = place.parent;
  node.kind = place.kind;
  node.name = trim(place.name);
  node.code = free_code(reference.organisation, place.code.empty() ? code_of(node.name) : place.code);
  node.facility_type = place.facility_type;
  node.zone = place.zone;
  node.valid_from = place.valid_from;
  const auto facility = store::insert_node(tx, node, reference.generation);
  std::vector<std::string> codes;
  std::vector<UnitKey> units;
  for (const auto& name : place.units) {
    auto code = code_of(name);
    for (int n = 2; std::ranges::find(codes, code) != codes.end(); ++n) code = code_of(name) + "-" + std::to_string(n);
    codes.push_back(code);
    units.push_back(store::insert_unit(tx, {facility, {}, code, std::string(trim(name)), place.valid_from, {}}));
  }
  if (place.kind == NodeKind::Facility) insert_missing_links(tx, reference, facility, units);
  return facility;
}

bool may_add(const Scope& scope, const Organisation& organisation, const NewPlace& place) {
  return place.parent ? scope.may(Right::Administer, organisation, *place.parent) : scope.may(Right::Administer);
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
  const auto reference = context.reference.get();
  if (!may_add(scope, reference->organisation, place)) return refuse(Problem::Kind::Forbidden, Msg::AccessMayNotAdminister);
  if (auto wrong = check_place(*reference, place); !wrong.empty()) return std::unexpected(std::move(wrong));
  FacilityKey facility;
  context.db.shared([&](store::Tx& tx) {
    facility = insert_place(tx, *load_reference(tx), place);
    store::advance_generation(tx);
  });
  refresh_reference(context);
  return facility;
}

Result<void> add_places(Context& context, const Scope& scope, const std::vector<NewPlace>& places) {
  const auto reference = context.reference.get();
  for (const auto& place : places) {
    if (!may_add(scope, reference->organisation, place)) return refuse(Problem::Kind::Forbidden, Msg::AccessMayNotAdminister);
    if (auto wrong = check_place(*reference, place); !wrong.empty()) return std::unexpected(std::move(wrong));
  }
  context.db.shared([&](store::Tx& tx) {
    const auto current = load_reference(tx);
    for (const auto& place : places) insert_place(tx, *current, place);
    store::advance_generation(tx);
  });
  refresh_reference(context);
  return {};
}

Result<void> run_first_time(Context& context, const FirstRun& wanted) {
  if (has_accounts(context)) return refuse(Problem::Kind::Conflict, Msg::FirstRunDone);
  NewPlace place;
  place.name = wanted.facility;
  place.facility_type = "puskesmas";
  place.needs_units = true;
  place.zone = wanted.zone;
  place.valid_from = civil_day(context.clock.now(), wanted.zone);
  place.units = wanted.units;
  auto wrong = check_place(*context.reference.get(), place);
  for (auto& problem : wrong)
    if (problem.field == "name") problem.field = "facility";
  for (auto& problem : check_account(wanted.administrator)) wrong.push_back(std::move(problem));
  if (!wrong.empty()) return std::unexpected(std::move(wrong));
  const auto facility = add_place(context, Scope(Role::Administrator, {0}, "first-run"), place);
  if (!facility) return std::unexpected(facility.error());
  auto administrator = wanted.administrator;
  administrator.organisation = *facility;
  const auto account = create_account(context, administrator);
  if (!account) return std::unexpected(account.error());
  return {};
}

}  // namespace pilar::app
