#pragma once
#include <functional>
#include <span>
#include <string>
#include <vector>

#include "base/id.h"
#include "base/time.h"
#include "domain/yearly.h"
#include "store/db.h"

/// Where the numbers of yearly targets come from, and which facilities have them.
namespace pilar::store {

/// Said of one report of a yearly target, which its place, item, day and minute name.
struct StoredOrigin {
  InstrumentKey instrument;
  std::string item;
  UnitKey unit;
  Day day;
  std::int32_t minute = 0;
  YearlyKind kind = YearlyKind::Projected;
  std::string set_by, source;
  Instant at;
  std::string actor;
};
/// Of reports of these days.
std::vector<StoredOrigin> load_origins(Tx& tx, FacilityKey facility, Period days);
/// False, and nothing written, where something is said of this report already.
bool insert_origin(Tx& tx, FacilityKey facility, const StoredOrigin& origin);

/// A unit that reported a yearly target within some days, and its last such day.
struct YearlyReporter {
  SeriesKey series;
  FacilityKey facility;
  UnitKey unit;
  Day last;
};
/// Of all facilities, one statement a series; the caller keeps those it may see.
void each_yearly_reporter(Tx& tx, std::span<const SeriesKey> series, Period days, const std::function<void(const YearlyReporter&)>& visit);

/// Calls back with the position of the indicator for each facility that uses it on that day; one statement an indicator.
void each_user(Tx& tx, std::span<const IndicatorKey> indicators, Day on, const std::function<void(std::size_t, FacilityKey)>& visit);

std::span<const Sql* const> yearly_statements();

}  // namespace pilar::store
