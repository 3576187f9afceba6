#pragma once
#include <cstdint>
#include <functional>
#include <optional>
#include <vector>

#include "app/context.h"

namespace pilar::app {

/// Folds up to `limit` months that are over into month cells, in one transaction; returns how many.
std::size_t fold_step(Context& context, std::size_t limit);

/// The same with the running month, at facilities behind `after`; returns the last facility it came to, and nothing at the end. What is
/// written meanwhile is read from day cells until the next round: the running month is never finished.
std::optional<FacilityKey> fold_running_step(Context& context, FacilityKey after, std::size_t limit);

/// Day cells are kept so many months beside the running one; month cells for ever.
inline constexpr int kDayCellMonths = 25;

/// Throws the oldest month of day cells away that is kept no longer, at up to `limit` facilities, each in a transaction; returns at how
/// many. Never before the month is folded (docs/decisions/0008-day-cells-expire.md).
std::size_t expire_step(Context& context, std::size_t limit);

struct CellDifference {
  CellKey key;
  Cell stored, recounted;
};

/// Counts every record of the facility again and compares with its day cells, and with its month cells where the day cells have
/// expired (a difference then names the month's first day); at most `limit` differences are returned. Series that are not filled yet
/// are compared from their first complete day.
std::vector<CellDifference> recount(Context& context, FacilityKey facility, std::size_t limit);

/// The same of the mentions of persons: how many rows differ from what the records say.
std::size_t recount_mentions(Context& context, FacilityKey facility);

/// Throws away the facility's cells, reports and mentions and makes them again from its records, bit for bit, in one transaction.
void rebuild_facility(Context& context, FacilityKey facility);

}  // namespace pilar::app
