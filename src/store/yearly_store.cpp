#include "store/yearly_store.h"

#include <array>

namespace pilar::store {
namespace {

constexpr Sql kOrigins{"yearly_origin.of_facility",
                       "SELECT instrument, item, unit, day, minute, kind, set_by, source, at, actor FROM yearly_origin "
                       "WHERE facility = $1 AND day >= $2 AND day < $3 ORDER BY instrument, item, unit, day, minute"};
constexpr Sql kInsertOrigin{"yearly_origin.insert",
                            "INSERT INTO yearly_origin (facility, instrument, item, unit, day, minute, kind, set_by, source, at, actor) "
                            "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) "
                            "ON CONFLICT (facility, instrument, item, unit, day, minute) DO NOTHING"};
constexpr Sql kReporters{"report_cell.reporters",
                         "SELECT facility, unit, MAX(day) FROM report_cell WHERE series = $1 AND day >= $2 AND day < $3 AND n <> 0 "
                         "GROUP BY facility, unit"};
constexpr Sql kUsers{"indicator_use.users_on_day",
                     "SELECT facility FROM indicator_use WHERE indicator = $1 AND from_day <= $2 AND (to_day IS NULL OR to_day > $2)"};

constexpr std::array kYearlyAll{&kOrigins, &kInsertOrigin, &kReporters, &kUsers};

}  // namespace

std::vector<StoredOrigin> load_origins(Tx& tx, FacilityKey facility, Period days) {
  std::vector<StoredOrigin> all;
  tx.each(kOrigins, {param(facility), param(days.from.value), param(days.to.value)}, [&](const Row& row) {
    all.push_back({row.key<InstrumentKey>(0), std::string(row.text(1)), row.key<UnitKey>(2), Day{row.i32(3)}, row.i32(4),
                   static_cast<YearlyKind>(row.i32(5)), std::string(row.text(6)), std::string(row.text(7)), Instant{row.i64(8)},
                   std::string(row.text(9))});
  });
  return all;
}

bool insert_origin(Tx& tx, FacilityKey facility, const StoredOrigin& origin) {
  return tx.run(kInsertOrigin, {param(facility), param(origin.instrument), Param(std::string_view(origin.item)), param(origin.unit),
                                param(origin.day.value), param(origin.minute), param(static_cast<std::int64_t>(origin.kind)),
                                Param(std::string_view(origin.set_by)), Param(std::string_view(origin.source)), param(origin.at.micros),
                                Param(std::string_view(origin.actor))}) == 1;
}

void each_yearly_reporter(Tx& tx, std::span<const SeriesKey> series, Period days, const std::function<void(const YearlyReporter&)>& visit) {
  for (const auto one : series)
    tx.each(kReporters, {param(one), param(days.from.value), param(days.to.value)},
            [&](const Row& row) { visit({one, row.key<FacilityKey>(0), row.key<UnitKey>(1), Day{row.i32(2)}}); });
}

void each_user(Tx& tx, std::span<const IndicatorKey> indicators, Day on, const std::function<void(std::size_t, FacilityKey)>& visit) {
  for (std::size_t i = 0; i < indicators.size(); ++i)
    tx.each(kUsers, {param(indicators[i]), param(on.value)}, [&](const Row& row) { visit(i, row.key<FacilityKey>(0)); });
}

std::span<const Sql* const> yearly_statements() { return kYearlyAll; }

}  // namespace pilar::store
