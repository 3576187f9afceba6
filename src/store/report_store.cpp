#include "store/report_store.h"

#include <algorithm>
#include <array>

#include "store/bulk.h"
#include "store/cell_row.h"

namespace pilar::store {
namespace {

constexpr Sql kBetween{"report_cell.between",
                       "SELECT facility, unit, day, minute, n, sum, sumsq_high, sumsq_low FROM report_cell "
                       "WHERE series = $1 AND day >= $2 AND day < $3 AND n <> 0"};
// 4096 is more than the minutes of a day.
constexpr Sql kLatest{
    "report_cell.latest",
    "SELECT c.facility, c.unit, c.day, c.minute, c.n, c.sum, c.sumsq_high, c.sumsq_low FROM report_cell c JOIN "
    "(SELECT facility, unit, MAX(CAST(day AS BIGINT) * 4096 + minute) AS newest FROM report_cell "
    "WHERE series = $1 AND day < $2 AND n <> 0 GROUP BY facility, unit) l "
    "ON l.facility = c.facility AND l.unit = c.unit AND c.series = $1 AND CAST(c.day AS BIGINT) * 4096 + c.minute = l.newest"};
// The same of one facility, all series between two at once.
constexpr Sql kBetweenHere{"report_cell.between_here",
                           "SELECT series, unit, day, minute, n, sum, sumsq_high, sumsq_low FROM report_cell "
                           "WHERE facility = $1 AND series >= $2 AND series <= $3 AND day >= $4 AND day < $5 AND n <> 0"};
constexpr Sql kLatestHere{
    "report_cell.latest_here",
    "SELECT c.series, c.unit, c.day, c.minute, c.n, c.sum, c.sumsq_high, c.sumsq_low FROM report_cell c JOIN "
    "(SELECT series, unit, MAX(CAST(day AS BIGINT) * 4096 + minute) AS newest FROM report_cell "
    "WHERE facility = $1 AND series >= $2 AND series <= $3 AND day < $4 AND n <> 0 GROUP BY series, unit) l "
    "ON l.series = c.series AND l.unit = c.unit AND c.facility = $1 AND CAST(c.day AS BIGINT) * 4096 + c.minute = l.newest"};
constexpr Sql kStoredReports{
    "report_cell.stored",
    "SELECT unit, series, day, minute, n, sum, sumsq_high, sumsq_low FROM report_cell "
    "WHERE facility = $1 AND day >= $2 AND day < $3 AND (n <> 0 OR sum <> 0 OR sumsq_high <> 0 OR sumsq_low <> 0)"};

constexpr std::array kReportAll{&kBetween, &kLatest, &kBetweenHere, &kLatestHere, &kStoredReports};

const Bulk& report_add() {
  static const Bulk bulk("report_cell.add", "INSERT INTO report_cell (facility, series, unit, day, minute, n, sum, sumsq_high, sumsq_low)",
                         " ON CONFLICT (facility, series, unit, day, minute) DO UPDATE SET n = report_cell.n + excluded.n, "
                         "sum = report_cell.sum + excluded.sum, sumsq_high = report_cell.sumsq_high + excluded.sumsq_high, "
                         "sumsq_low = report_cell.sumsq_low + excluded.sumsq_low");
  return bulk;
}

void each_report_here(Tx& tx, FacilityKey facility, std::span<const SeriesKey> series, Period days, const OnReport& visit) {
  const auto give = [&](const Row& row) {
    const auto one = row.key<SeriesKey>(0);
    if (std::ranges::binary_search(series, one)) visit({facility, Day{row.i32(2)}, row.key<UnitKey>(1), one, row.i32(3)}, cell_at(row, 4));
  };
  const auto first = param(series.front()), last = param(series.back());
  tx.each(kLatestHere, {param(facility), first, last, param(days.from.value)}, give);
  tx.each(kBetweenHere, {param(facility), first, last, param(days.from.value), param(days.to.value)}, give);
}

}  // namespace

void add_reports(Tx& tx, std::span<const CellDelta> sorted) {
  std::vector<Bulk::Values> rows;
  rows.reserve(sorted.size());
  for (const auto& [key, cell] : sorted)
    rows.push_back({key.facility.value, key.series.value, key.unit.value, key.day.value, key.bucket, cell.n, cell.sum, cell.sumsq_high,
                    cell.sumsq_low});
  std::ranges::sort(rows);
  report_add().run(tx, rows);
}

void each_report(Tx& tx, std::optional<FacilityKey> facility, std::span<const SeriesKey> series, Period days, const OnReport& visit) {
  if (series.empty()) return;
  if (facility) return each_report_here(tx, *facility, series, days, visit);
  for (const auto one : series) {
    const auto give = [&](const Row& row) {
      visit({row.key<FacilityKey>(0), Day{row.i32(2)}, row.key<UnitKey>(1), one, row.i32(3)}, cell_at(row, 4));
    };
    tx.each(kLatest, {param(one), param(days.from.value)}, give);
    tx.each(kBetween, {param(one), param(days.from.value), param(days.to.value)}, give);
  }
}

void each_stored_report(Tx& tx, FacilityKey facility, Period days, const OnReport& visit) {
  tx.each(kStoredReports, {param(facility), param(days.from.value), param(days.to.value)}, [&](const Row& row) {
    visit({facility, Day{row.i32(2)}, row.key<UnitKey>(0), row.key<SeriesKey>(1), row.i32(3)}, cell_at(row, 4));
  });
}

std::span<const Sql* const> report_statements() { return kReportAll; }
std::span<const Sql* const> report_add_statements() { return report_add().statements(); }

}  // namespace pilar::store
