#pragma once
#include <optional>
#include <vector>

#include "store/db.h"
#include "store/writer.h"

namespace pilar::store {

/// Marks a late series as not filled anywhere: every facility gets a fill row "from the end of time". In the transaction that
/// inserts the series.
void insert_fills(Tx& tx, SeriesKey series);
std::vector<Fill> load_fills(Tx& tx, FacilityKey facility);
/// Of many facilities at once, with the position of their key; those of one facility by series.
void each_fill(Tx& tx, std::span<const std::int64_t> facilities, const std::function<void(std::size_t, const Fill&)>& visit);
/// The next facility after `after` that has series to fill.
std::optional<FacilityKey> next_unfilled(Tx& tx, FacilityKey after);
/// How many facility-series pairs are not filled yet.
std::int64_t count_fills(Tx& tx);

std::span<const Sql* const> fill_statements();

}  // namespace pilar::store
