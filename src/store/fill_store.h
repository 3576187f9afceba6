#pragma once
#include <optional>
#include <vector>

#include "domain/record.h"
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
/// All of them, ascending.
std::vector<FacilityKey> load_unfilled(Tx& tx);

/// What a record says that is counted into a late series; the text is borrowed for the call.
struct EarlierRecord {
  VersionKey version;
  UnitKey unit;
  Day day;
  Instant at;
  RecordState state = RecordState::Valid;
  std::string_view answers;
};
/// The last `limit` records of an instrument within these days, the newest day first, those of one unit and day together.
void each_earlier_record(Tx& tx, FacilityKey facility, InstrumentKey instrument, Period days, std::int64_t limit,
                         const std::function<void(const EarlierRecord&)>& visit);
/// Whether a line of the facility's audit trail behind this one tells of a record of the instrument that stands in these days or once did.
bool has_changed_among(Tx& tx, FacilityKey facility, InstrumentKey instrument, Period days, std::int64_t line);
/// How many facility-series pairs are not filled yet.
std::int64_t count_fills(Tx& tx);

std::span<const Sql* const> fill_statements();

}  // namespace pilar::store
