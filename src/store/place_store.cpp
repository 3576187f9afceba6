#include "store/place_store.h"

#include <array>

namespace pilar::store {
namespace {

constexpr Sql kUpdateNode{"place.update",
                          "UPDATE organisation SET parent = $2, code = $3, name = $4, facility_type = $5, zone = $6, valid_from = $7, "
                          "valid_to = $8, supervisor = $9, successor = $10, version = $11 WHERE id = $1"};
constexpr Sql kInsertMove{"place.move", "INSERT INTO organisation_move (place, until, parent, supervisor) VALUES ($1, $2, $3, $4)"};
constexpr Sql kUpdateUnit{"place.update_unit",
                          "UPDATE unit SET code = $3, name = $4, valid_from = $5, valid_to = $6, kind = $7, position = $8 "
                          "WHERE facility = $1 AND unit = $2"};
constexpr Sql kDeleteUnit{"place.delete_unit", "DELETE FROM unit WHERE facility = $1 AND unit = $2"};
constexpr Sql kDeleteLinks{"place.delete_links", "DELETE FROM survey_link WHERE facility = $1 AND unit = $2"};
constexpr Sql kUnitUsed{"place.unit_used",
                        "SELECT CASE WHEN EXISTS (SELECT 1 FROM record WHERE facility = $1 AND unit = $2) OR EXISTS (SELECT 1 FROM "
                        "role_grant WHERE place = $1 AND unit = $2) THEN 1 ELSE 0 END"};
constexpr Sql kOpenLinks{"place.open_links",
                         "SELECT COUNT(*) FROM survey_link WHERE facility = $1 AND open = 1 AND unit >= $2 AND unit <= $3"};
constexpr Sql kCloseLinks{"place.close_links",
                          "UPDATE survey_link SET open = 0 WHERE facility = $1 AND open = 1 AND unit >= $2 AND unit <= $3"};

constexpr Sql kCodes{"place.codes", "SELECT system, code FROM place_code WHERE place = $1"};
constexpr Sql kCapabilityList{"place.capabilities", "SELECT capability FROM place_capability WHERE place = $1 ORDER BY capability"};
constexpr Sql kVillages{"place.villages", "SELECT name, code FROM place_village WHERE place = $1"};
constexpr Sql kAllCodes{"place.all_codes", "SELECT place, system, code FROM place_code"};
constexpr Sql kAllCapabilities{"place.all_capabilities", "SELECT place, capability FROM place_capability"};
constexpr Sql kAllVillages{"place.all_villages", "SELECT place, name, code FROM place_village"};
constexpr Sql kInsertCode{"place.insert_code", "INSERT INTO place_code (system, code, place) VALUES ($1, $2, $3)"};
constexpr Sql kInsertCapability{"place.insert_capability", "INSERT INTO place_capability (place, capability) VALUES ($1, $2)"};
constexpr Sql kInsertVillage{"place.insert_village", "INSERT INTO place_village (place, name, code) VALUES ($1, $2, $3)"};
constexpr Sql kDeleteCodes{"place.delete_codes", "DELETE FROM place_code WHERE place = $1"};
constexpr Sql kDeleteCapabilities{"place.delete_capabilities", "DELETE FROM place_capability WHERE place = $1"};
constexpr Sql kDeleteVillages{"place.delete_villages", "DELETE FROM place_village WHERE place = $1"};
constexpr Sql kFindCode{"place.find_code", "SELECT place FROM place_code WHERE system = $1 AND code = $2"};
constexpr Sql kFindAnyCode{"place.find_any_code", "SELECT DISTINCT place FROM place_code WHERE code = $1 ORDER BY place"};

constexpr std::array kPlaceAll{&kUpdateNode,         &kInsertMove,     &kUpdateUnit, &kDeleteUnit,       &kDeleteLinks,   &kUnitUsed,
                               &kOpenLinks,          &kCloseLinks,     &kCodes,      &kCapabilityList,   &kVillages,      &kAllCodes,
                               &kAllCapabilities,    &kAllVillages,    &kInsertCode, &kInsertCapability, &kInsertVillage, &kDeleteCodes,
                               &kDeleteCapabilities, &kDeleteVillages, &kFindCode,   &kFindAnyCode};

constexpr std::int64_t kLastUnit = INT32_MAX;

}  // namespace

void update_node(Tx& tx, const Node& node) {
  tx.later(kUpdateNode,
           {param(node.key), param(node.parent), Param(std::string_view(node.code)), Param(std::string_view(node.name)),
            node.facility_type.empty() ? Param{} : Param(std::string_view(node.facility_type)), param(static_cast<std::int64_t>(node.zone)),
            param(node.valid_from.value), param(node.valid_to), param(node.supervisor), param(node.successor), param(node.version)});
}

void insert_move(Tx& tx, const Move& move) {
  tx.later(kInsertMove, {param(move.node), param(move.until.value), param(move.parent), param(move.supervisor)});
}

void update_unit(Tx& tx, const Unit& unit) {
  tx.later(kUpdateUnit, {param(unit.facility), param(unit.key), Param(std::string_view(unit.code)), Param(std::string_view(unit.name)),
                         param(unit.valid_from.value), param(unit.valid_to), Param(name(unit.kind)), param(unit.position)});
}

void delete_unit(Tx& tx, FacilityKey facility, UnitKey unit) {
  tx.run(kDeleteLinks, {param(facility), param(unit)});
  tx.run(kDeleteUnit, {param(facility), param(unit)});
}

bool is_unit_used(Tx& tx, FacilityKey facility, UnitKey unit) {
  bool used = false;
  tx.each(kUnitUsed, {param(facility), param(unit)}, [&](const Row& row) { used = row.i64(0) != 0; });
  return used;
}

std::int64_t count_open_links(Tx& tx, FacilityKey facility, std::optional<UnitKey> unit) {
  std::int64_t count = 0;
  tx.each(kOpenLinks, {param(facility), param(unit ? unit->value : 0), param(unit ? unit->value : kLastUnit)},
          [&](const Row& row) { count = row.i64(0); });
  return count;
}

void close_links(Tx& tx, FacilityKey facility, std::optional<UnitKey> unit) {
  tx.run(kCloseLinks, {param(facility), param(unit ? unit->value : 0), param(unit ? unit->value : kLastUnit)});
}

PlaceFacts load_facts(Tx& tx, FacilityKey place) {
  PlaceFacts facts;
  tx.each(kCodes, {param(place)}, [&](const Row& row) { facts.codes.emplace(row.text(0), row.text(1)); });
  tx.each(kCapabilityList, {param(place)}, [&](const Row& row) { facts.capabilities.emplace_back(row.text(0)); });
  tx.each(kVillages, {param(place)},
          [&](const Row& row) { facts.villages.push_back({std::string(row.text(0)), std::string(row.text(1))}); });
  return tidy(std::move(facts));
}

std::map<FacilityKey, PlaceFacts> load_facts(Tx& tx) {
  std::map<FacilityKey, PlaceFacts> all;
  tx.each(kAllCodes, {}, [&](const Row& row) { all[row.key<FacilityKey>(0)].codes.emplace(row.text(1), row.text(2)); });
  tx.each(kAllCapabilities, {}, [&](const Row& row) { all[row.key<FacilityKey>(0)].capabilities.emplace_back(row.text(1)); });
  tx.each(kAllVillages, {},
          [&](const Row& row) { all[row.key<FacilityKey>(0)].villages.push_back({std::string(row.text(1)), std::string(row.text(2))}); });
  for (auto& [place, facts] : all) facts = tidy(std::move(facts));
  return all;
}

void replace_facts(Tx& tx, FacilityKey place, const PlaceFacts& facts) {
  for (const auto* sql : {&kDeleteCodes, &kDeleteCapabilities, &kDeleteVillages}) tx.run(*sql, {param(place)});
  insert_facts(tx, place, facts);
}

void insert_facts(Tx& tx, FacilityKey place, const PlaceFacts& facts) {
  for (const auto& [system, code] : facts.codes)
    tx.later(kInsertCode, {Param(std::string_view(system)), Param(std::string_view(code)), param(place)});
  for (const auto& capability : facts.capabilities) tx.later(kInsertCapability, {param(place), Param(std::string_view(capability))});
  for (const auto& village : facts.villages)
    tx.later(kInsertVillage, {param(place), Param(std::string_view(village.name)), Param(std::string_view(village.code))});
}

std::optional<FacilityKey> find_code(Tx& tx, std::string_view system, std::string_view code) {
  std::optional<FacilityKey> found;
  tx.each(kFindCode, {Param(system), Param(code)}, [&](const Row& row) { found = row.key<FacilityKey>(0); });
  return found;
}

std::vector<FacilityKey> find_code(Tx& tx, std::string_view code) {
  std::vector<FacilityKey> found;
  tx.each(kFindAnyCode, {Param(code)}, [&](const Row& row) { found.push_back(row.key<FacilityKey>(0)); });
  return found;
}

std::span<const Sql* const> place_statements() { return kPlaceAll; }

}  // namespace pilar::store
