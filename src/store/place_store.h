#pragma once
#include <map>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "domain/place.h"
#include "store/db.h"

/// Changes of places. Everything here stands inside Database::shared, which lets one change at a time through.
namespace pilar::store {

/// Writes all of the node but its kind, under its key.
void update_node(Tx& tx, const Node& node);
/// Remembers where a node stood until that day.
void insert_move(Tx& tx, const Move& move);
void update_unit(Tx& tx, const Unit& unit);
/// Removes the unit with its survey links.
void delete_unit(Tx& tx, FacilityKey facility, UnitKey unit);
/// Whether a record or a role names the unit: then it can be closed, but not removed.
bool is_unit_used(Tx& tx, FacilityKey facility, UnitKey unit);

/// Of the whole facility (no unit), or of one unit.
std::int64_t count_open_links(Tx& tx, FacilityKey facility, std::optional<UnitKey> unit);
void close_links(Tx& tx, FacilityKey facility, std::optional<UnitKey> unit);

PlaceFacts load_facts(Tx& tx, FacilityKey place);
/// Of all places that have any.
std::map<FacilityKey, PlaceFacts> load_facts(Tx& tx);
/// The facts are tidy().
void replace_facts(Tx& tx, FacilityKey place, const PlaceFacts& facts);
void insert_facts(Tx& tx, FacilityKey place, const PlaceFacts& facts);
/// Who has the code in the system.
std::optional<FacilityKey> find_code(Tx& tx, std::string_view system, std::string_view code);
/// Everybody who has the code in some system.
std::vector<FacilityKey> find_code(Tx& tx, std::string_view code);

std::span<const Sql* const> place_statements();

}  // namespace pilar::store
