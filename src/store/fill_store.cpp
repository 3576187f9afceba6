#include "store/fill_store.h"

#include <array>

namespace pilar::store {
namespace {

// Waits for every facility's running batch: one that has read its fills already must be over before anybody knows the series.
constexpr Sql kInsertFills{"series_fill.everywhere",
                           "INSERT INTO series_fill (facility, series, from_day) SELECT facility, $1, 2147483647 FROM facility_head",
                           "INSERT INTO series_fill (facility, series, from_day) SELECT facility, $1, 2147483647 FROM facility_head "
                           "ORDER BY facility FOR UPDATE"};
constexpr Sql kFills{"series_fill.of_facility", "SELECT series, from_day FROM series_fill WHERE facility = $1 ORDER BY series"};
constexpr Sql kNextUnfilled{"series_fill.next", "SELECT MIN(facility) FROM series_fill WHERE facility > $1"};
constexpr Sql kUnfilled{"series_fill.facilities", "SELECT DISTINCT facility FROM series_fill ORDER BY facility"};
constexpr Sql kCountFills{"series_fill.count", "SELECT COUNT(*) FROM series_fill"};
// Backwards along the index by day, which so needs no sorting and stops at the limit.
constexpr Sql kEarlier{"record.earlier",
                       "SELECT version, unit, day, at, state, answers FROM record WHERE facility = $1 AND instrument = $2 AND day >= $3 "
                       "AND day < $4 ORDER BY day DESC, unit DESC LIMIT $5",
                       nullptr, /*is_bounded=*/true};
constexpr Sql kChangedAmong{"record.changed_among",
                            "SELECT COUNT(*) FROM record WHERE facility = $1 AND changed > $2 AND instrument = $3 "
                            "AND ((day >= $4 AND day < $5) OR EXISTS (SELECT 1 FROM record_revision v WHERE v.facility = record.facility "
                            "AND v.id = record.id AND v.day >= $4 AND v.day < $5))"};

constexpr std::array kFillAll{&kInsertFills, &kFills, &kNextUnfilled, &kUnfilled, &kCountFills, &kEarlier, &kChangedAmong};

}  // namespace

void insert_fills(Tx& tx, SeriesKey series) { tx.run(kInsertFills, {param(series)}); }

std::vector<Fill> load_fills(Tx& tx, FacilityKey facility) {
  std::vector<Fill> all;
  tx.each(kFills, {param(facility)}, [&](const Row& row) { all.push_back({row.key<SeriesKey>(0), Day{row.i32(1)}}); });
  return all;
}

void each_fill(Tx& tx, std::span<const std::int64_t> facilities, const std::function<void(std::size_t, const Fill&)>& visit) {
  tx.each_key(kFills, facilities, [&](std::size_t place, const Row& row) { visit(place, {row.key<SeriesKey>(0), Day{row.i32(1)}}); });
}

std::optional<FacilityKey> next_unfilled(Tx& tx, FacilityKey after) {
  std::optional<FacilityKey> next;
  tx.each(kNextUnfilled, {param(after)}, [&](const Row& row) {
    if (!row.is_null(0)) next = row.key<FacilityKey>(0);
  });
  return next;
}

std::vector<FacilityKey> load_unfilled(Tx& tx) {
  std::vector<FacilityKey> all;
  tx.each(kUnfilled, {}, [&](const Row& row) { all.push_back(row.key<FacilityKey>(0)); });
  return all;
}

void each_earlier_record(Tx& tx, FacilityKey facility, InstrumentKey instrument, Period days, std::int64_t limit,
                         const std::function<void(const EarlierRecord&)>& visit) {
  tx.each(kEarlier, {param(facility), param(instrument), param(days.from.value), param(days.to.value), param(limit)}, [&](const Row& row) {
    visit({row.key<VersionKey>(0), row.key<UnitKey>(1), {row.i32(2)}, {row.i64(3)}, static_cast<RecordState>(row.i32(4)), row.text(5)});
  });
}

bool has_changed_among(Tx& tx, FacilityKey facility, InstrumentKey instrument, Period days, std::int64_t line) {
  bool any = false;
  tx.each(kChangedAmong, {param(facility), param(line), param(instrument), param(days.from.value), param(days.to.value)},
          [&](const Row& row) { any = row.i64(0) > 0; });
  return any;
}

std::int64_t count_fills(Tx& tx) {
  std::int64_t n = 0;
  tx.each(kCountFills, {}, [&](const Row& row) { n = row.i64(0); });
  return n;
}

std::span<const Sql* const> fill_statements() { return kFillAll; }

}  // namespace pilar::store
