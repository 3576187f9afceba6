#pragma once
#include <functional>
#include <span>
#include <vector>

#include "domain/person.h"
#include "store/db.h"

namespace pilar::store {

/// Adds merged mentions (domain/person.h; n may be negative) of locked facilities, and returns what that changes in their cells: a person
/// whose earliest mention moves is taken from one cell and added to another.
std::vector<CellDelta> add_mentions(Tx& tx, const std::vector<Mention>& merged);
/// Takes the mentions of whole months away: they are about to be made again.
void clear_mentions(Tx& tx, FacilityKey facility, Period months);
/// All mentions of a facility, in the order of merge.
void each_mention(Tx& tx, FacilityKey facility, const std::function<void(const Mention&)>& visit);

std::span<const Sql* const> person_statements();

}  // namespace pilar::store
