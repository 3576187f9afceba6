#pragma once
#include <span>
#include <string>
#include <vector>

#include "base/id.h"
#include "base/time.h"
#include "domain/series.h"
#include "store/db.h"

namespace pilar::store {

struct StoredInstrument {
  InstrumentKey instrument;
  std::string key;
};
struct StoredVersion {
  VersionKey version;
  InstrumentKey instrument;
  std::int32_t number = 1;
  std::string content;
  Instant installed_at;
};
struct StoredSeries {
  SeriesKey series;
  InstrumentKey instrument;
  std::string key;
  Hash definition{};
  Aggregation aggregation = Aggregation::Flow;
  int digits = 0;
};

/// How many versions, series and formulas there are; all only grow.
struct InstalledCount {
  std::int64_t versions = 0, series = 0, formulas = 0;
  bool operator==(const InstalledCount&) const = default;
};

InstalledCount count_installed(Tx& tx);
std::vector<StoredInstrument> load_instruments(Tx& tx);
std::vector<StoredVersion> load_versions(Tx& tx);
/// In the order of their instruments.
std::vector<StoredSeries> load_series(Tx& tx);
/// Those of the instrument, in a table as load_series gives it.
std::span<const StoredSeries> series_of(std::span<const StoredSeries> table, InstrumentKey instrument);
/// The row of this series of the instrument in such a table; null where it is not stored.
const StoredSeries* find_series(std::span<const StoredSeries> table, InstrumentKey instrument, const Series& series);

/// Each gives the new row the next free number; inside Database::shared, which serialises them.
InstrumentKey insert_instrument(Tx& tx, const std::string& key);
VersionKey insert_version(Tx& tx, InstrumentKey instrument, std::int32_t number, const std::string& content, Instant now);
SeriesKey insert_series(Tx& tx, InstrumentKey instrument, const Series& series);

/// Number of the newest catalogue of instruments, series and organisation; grows with every change of them.
std::int64_t load_generation(Tx& tx);
std::int64_t advance_generation(Tx& tx);

std::span<const Sql* const> instrument_statements();

}  // namespace pilar::store
