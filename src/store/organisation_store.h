#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "domain/organisation.h"
#include "store/db.h"

namespace pilar::store {

Organisation load_organisation(Tx& tx);

/// The key after the highest there is. Inside Database::shared.
FacilityKey next_node(Tx& tx);
/// A node without a key gets the next one; every node also gets its head (lock, audit chain) at catalogue `generation`. Inside
/// Database::shared.
FacilityKey insert_node(Tx& tx, const Node& node, std::int64_t generation);
/// A unit without a key gets the facility's next one; they count from 1.
UnitKey insert_unit(Tx& tx, const Unit& unit);

/// A short public address for one instrument at one unit (unit 0: the facility as a whole).
struct SurveyLink {
  FacilityKey facility;
  std::string code;
  InstrumentKey instrument;
  UnitKey unit;
  bool open = true;
};
void insert_link(Tx& tx, const SurveyLink& link);
std::optional<SurveyLink> find_link(Tx& tx, FacilityKey facility, std::string_view code);
std::vector<SurveyLink> load_links(Tx& tx, FacilityKey facility);
void set_link_open(Tx& tx, FacilityKey facility, std::string_view code, bool open);

std::span<const Sql* const> organisation_statements();

}  // namespace pilar::store
