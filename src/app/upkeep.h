#pragma once
#include <cstdint>
#include <functional>
#include <vector>

#include "app/context.h"

namespace pilar::app {

/// Counts earlier records into one late series group: one facility, one month, newest first, in one transaction. False when
/// every series is filled. Writes go on meanwhile; nothing is counted twice or missed.
bool fill_step(Context& context);

/// Folds up to `limit` months that are over into month cells; returns how many. The running month is read from its day cells.
std::size_t fold_step(Context& context, std::size_t limit);

struct CellDifference {
  CellKey key;
  Cell stored, recounted;
};

/// Counts every record of the facility again and compares with its day cells; at most `limit` differences are returned.
/// Series that are not filled yet are compared from their first complete day.
std::vector<CellDifference> recount(Context& context, FacilityKey facility, std::size_t limit);

/// Throws away the facility's cells and makes them again from its records, bit for bit, in one transaction.
void rebuild_facility(Context& context, FacilityKey facility);

}  // namespace pilar::app
