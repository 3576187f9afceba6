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
constexpr Sql kCountFills{"series_fill.count", "SELECT COUNT(*) FROM series_fill"};

constexpr std::array kFillAll{&kInsertFills, &kFills, &kNextUnfilled, &kCountFills};

}  // namespace

void insert_fills(Tx& tx, SeriesKey series) { tx.run(kInsertFills, {param(series)}); }

std::vector<Fill> load_fills(Tx& tx, FacilityKey facility) {
  std::vector<Fill> all;
  tx.each(kFills, {param(facility)}, [&](const Row& row) { all.push_back({row.key<SeriesKey>(0), Day{row.i32(1)}}); });
  return all;
}

void each_fill(Tx& tx, std::span<const std::int64_t> facilities, const std::function<void(std::size_t, const Fill&)>& visit) {
  tx.each_of(kFills, facilities, [&](std::size_t place, const Row& row) { visit(place, {row.key<SeriesKey>(0), Day{row.i32(1)}}); });
}

std::optional<FacilityKey> next_unfilled(Tx& tx, FacilityKey after) {
  std::optional<FacilityKey> next;
  tx.each(kNextUnfilled, {param(after)}, [&](const Row& row) {
    if (!row.is_null(0)) next = row.key<FacilityKey>(0);
  });
  return next;
}

std::int64_t count_fills(Tx& tx) {
  std::int64_t n = 0;
  tx.each(kCountFills, {}, [&](const Row& row) { n = row.i64(0); });
  return n;
}

std::span<const Sql* const> fill_statements() { return kFillAll; }

}  // namespace pilar::store
