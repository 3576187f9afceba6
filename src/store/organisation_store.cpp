#include "store/organisation_store.h"

#include <array>

#include "base/hash.h"

namespace pilar::store {
namespace {

constexpr Sql kNodes{"organisation.nodes",
                     "SELECT id, parent, kind, code, name, facility_type, zone, valid_from, valid_to, supervisor, successor, version "
                     "FROM organisation ORDER BY id"};
constexpr Sql kMoves{"organisation.moves", "SELECT place, until, parent, supervisor FROM organisation_move ORDER BY place, until"};
constexpr Sql kUnits{"organisation.units",
                     "SELECT facility, unit, code, name, valid_from, valid_to, kind, position FROM unit ORDER BY facility, position, unit"};
constexpr Sql kNextNode{"organisation.next", "SELECT COALESCE(MAX(id), 0) + 1 FROM organisation"};
constexpr Sql kInsertNode{"organisation.insert",
                          "INSERT INTO organisation (id, parent, kind, code, name, facility_type, zone, valid_from, valid_to, supervisor, "
                          "successor, version) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)"};
constexpr Sql kInsertHead{"facility_head.insert",
                          "INSERT INTO facility_head (facility, audit_seq, audit_hash, catalogue) VALUES ($1, 0, $2, $3)"};
constexpr Sql kNextUnit{"unit.next", "SELECT COALESCE(MAX(unit), 0) + 1 FROM unit WHERE facility = $1"};
constexpr Sql kInsertUnit{"unit.insert",
                          "INSERT INTO unit (facility, unit, code, name, valid_from, valid_to, kind, position) "
                          "VALUES ($1, $2, $3, $4, $5, $6, $7, $8)"};
constexpr Sql kInsertLink{"survey_link.insert",
                          "INSERT INTO survey_link (facility, code, instrument, unit, open) VALUES ($1, $2, $3, $4, $5)"};
constexpr Sql kFindLink{"survey_link.find",
                        "SELECT facility, code, instrument, unit, open FROM survey_link WHERE facility = $1 AND code = $2"};
constexpr Sql kLinks{"survey_link.all",
                     "SELECT facility, code, instrument, unit, open FROM survey_link WHERE facility = $1 ORDER BY instrument, unit, code"};
constexpr Sql kOpenLink{"survey_link.open", "UPDATE survey_link SET open = $3 WHERE facility = $1 AND code = $2"};

constexpr std::array kOrganisationAll{&kNodes,    &kMoves,      &kUnits,      &kNextNode, &kInsertNode, &kInsertHead,
                                      &kNextUnit, &kInsertUnit, &kInsertLink, &kFindLink, &kLinks,      &kOpenLink};

std::optional<Day> optional_day(const Row& row, int column) {
  if (row.is_null(column)) return {};
  return Day{row.i32(column)};
}

std::optional<FacilityKey> optional_key(const Row& row, int column) {
  if (row.is_null(column)) return {};
  return row.key<FacilityKey>(column);
}

Node node_of(const Row& row) {
  Node node;
  node.key = row.key<FacilityKey>(0);
  node.parent = optional_key(row, 1);
  const auto kind = parse_node_kind(row.text(2));
  if (!kind) throw Fault("organisation.nodes", "unknown kind " + std::string(row.text(2)));
  node.kind = *kind;
  node.code = row.text(3);
  node.name = row.text(4);
  if (!row.is_null(5)) node.facility_type = row.text(5);
  node.zone = static_cast<Zone>(row.i32(6));
  node.valid_from = {row.i32(7)};
  node.valid_to = optional_day(row, 8);
  node.supervisor = optional_key(row, 9);
  node.successor = optional_key(row, 10);
  node.version = row.i32(11);
  return node;
}

Unit unit_of(const Row& row) {
  const auto kind = parse_unit_kind(row.text(6));
  if (!kind) throw Fault("organisation.units", "unknown kind " + std::string(row.text(6)));
  return {row.key<FacilityKey>(0),
          row.key<UnitKey>(1),
          std::string(row.text(2)),
          std::string(row.text(3)),
          Day{row.i32(4)},
          optional_day(row, 5),
          *kind,
          row.i32(7)};
}

SurveyLink link_of(const Row& row) {
  return {row.key<FacilityKey>(0), std::string(row.text(1)), row.key<InstrumentKey>(2), row.key<UnitKey>(3), row.i32(4) != 0};
}

}  // namespace

Organisation load_organisation(Tx& tx) {
  std::vector<Node> nodes;
  tx.each(kNodes, {}, [&](const Row& row) { nodes.push_back(node_of(row)); });
  std::vector<Unit> units;
  tx.each(kUnits, {}, [&](const Row& row) { units.push_back(unit_of(row)); });
  std::vector<Move> moves;
  tx.each(kMoves, {},
          [&](const Row& row) { moves.push_back({row.key<FacilityKey>(0), Day{row.i32(1)}, optional_key(row, 2), optional_key(row, 3)}); });
  return {std::move(nodes), std::move(units), std::move(moves)};
}

FacilityKey next_node(Tx& tx) {
  FacilityKey key;
  tx.each(kNextNode, {}, [&](const Row& row) { key = row.key<FacilityKey>(0); });
  return key;
}

FacilityKey insert_node(Tx& tx, const Node& node, std::int64_t generation) {
  const auto key = node.key == FacilityKey{} ? next_node(tx) : node.key;
  tx.later(kInsertNode,
           {param(key), param(node.parent), Param(name(node.kind)), Param(std::string_view(node.code)), Param(std::string_view(node.name)),
            node.facility_type.empty() ? Param{} : Param(std::string_view(node.facility_type)), param(static_cast<std::int64_t>(node.zone)),
            param(node.valid_from.value), param(node.valid_to), param(node.supervisor), param(node.successor), param(node.version)});
  const Hash beginning{};
  tx.later(kInsertHead, {param(key), Param(Blob(beginning)), param(generation)});
  return key;
}

UnitKey insert_unit(Tx& tx, const Unit& unit) {
  auto key = unit.key;
  if (key == UnitKey{}) tx.each(kNextUnit, {param(unit.facility)}, [&](const Row& row) { key = row.key<UnitKey>(0); });
  tx.later(kInsertUnit, {param(unit.facility), param(key), Param(std::string_view(unit.code)), Param(std::string_view(unit.name)),
                         param(unit.valid_from.value), param(unit.valid_to), Param(name(unit.kind)), param(unit.position)});
  return key;
}

void insert_link(Tx& tx, const SurveyLink& link) {
  tx.later(kInsertLink,
           {param(link.facility), Param(std::string_view(link.code)), param(link.instrument), param(link.unit), param(link.open ? 1 : 0)});
}

std::optional<SurveyLink> find_link(Tx& tx, FacilityKey facility, std::string_view code) {
  std::optional<SurveyLink> found;
  tx.each(kFindLink, {param(facility), Param(code)}, [&](const Row& row) { found = link_of(row); });
  return found;
}

std::vector<SurveyLink> load_links(Tx& tx, FacilityKey facility) {
  std::vector<SurveyLink> all;
  tx.each(kLinks, {param(facility)}, [&](const Row& row) { all.push_back(link_of(row)); });
  return all;
}

void set_link_open(Tx& tx, FacilityKey facility, std::string_view code, bool open) {
  tx.run(kOpenLink, {param(facility), Param(code), param(open ? 1 : 0)});
}

std::span<const Sql* const> organisation_statements() { return kOrganisationAll; }

}  // namespace pilar::store
