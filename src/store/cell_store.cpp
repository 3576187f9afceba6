#include "store/cell_store.h"

#include <algorithm>
#include <array>
#include <map>
#include <set>
#include <tuple>

#include "store/bulk.h"
#include "store/cell_row.h"
#include "store/key_list.h"
#include "store/office_cell.h"

namespace pilar::store {
namespace {

constexpr Sql kDirtyOfFacility{"month_dirty.of_facility",
                               "SELECT month FROM month_dirty WHERE facility = $1 AND month >= $2 AND month < $3"};

constexpr Sql kMonths{"cell_month.of_facility",
                      "SELECT month, unit, series, bucket, n, sum, sumsq_high, sumsq_low FROM cell_month "
                      "WHERE facility = $1 AND month >= $2 AND month < $3 AND series >= $4 AND series <= $5",
                      nullptr, /*is_bounded=*/true};

constexpr Sql kDays{"cell.of_facility",
                    "SELECT day, unit, series, bucket, n, sum, sumsq_high, sumsq_low FROM cell "
                    "WHERE facility = $1 AND day >= $2 AND day < $3 AND series >= $4 AND series <= $5"};

constexpr Sql kDaysSummed{"cell.summed",
                          "SELECT unit, series, bucket, CAST(SUM(n) AS BIGINT), CAST(SUM(sum) AS BIGINT), CAST(SUM(sumsq_high) AS BIGINT), "
                          "CAST(SUM(sumsq_low) AS BIGINT) FROM cell "
                          "WHERE facility = $1 AND day >= $2 AND day < $3 AND series >= $4 AND series <= $5 GROUP BY unit, series, bucket"};

constexpr Sql kNetworkSeries{"cell_month.of_series",
                             "SELECT facility, month, bucket, n, sum, sumsq_high, sumsq_low FROM cell_month "
                             "WHERE series = $1 AND month >= $2 AND month < $3 AND unit = 0"};

// Page by page: all facilities of a month are the most that pages read of many facilities.
constexpr Sql kNetworkMonth{"cell_month.of_series_and_month",
                            "SELECT facility, bucket, n, sum, sumsq_high, sumsq_low FROM cell_month "
                            "WHERE series = $1 AND month = $2 AND unit = 0 AND facility >= $3 AND (facility > $3 OR bucket > $4) "
                            "ORDER BY facility, bucket LIMIT $5",
                            nullptr, /*is_bounded=*/true};

// Few columns are much of the speed: PostgreSQL writes each of them by itself.
constexpr Sql kNetworkCounts{"cell_month.counts_of_series_and_month",
                             "SELECT facility, n, sum FROM cell_month WHERE series = $1 AND month = $2 AND unit = 0", nullptr,
                             /*is_bounded=*/true};

constexpr Sql kDirtyMonths{"month_dirty.between", "SELECT facility, month FROM month_dirty WHERE month >= $1 AND month < $2"};

constexpr Sql kNetworkDirty{"cell.of_dirty_month",
                            "SELECT c.facility, c.series, c.bucket, CAST(SUM(c.n) AS BIGINT), CAST(SUM(c.sum) AS BIGINT), "
                            "CAST(SUM(c.sumsq_high) AS BIGINT), CAST(SUM(c.sumsq_low) AS BIGINT) "
                            "FROM month_dirty d JOIN cell c ON c.facility = d.facility AND c.day >= $2 AND c.day < $3 "
                            "WHERE d.month = $1 AND c.series >= $4 AND c.series <= $5 GROUP BY c.facility, c.series, c.bucket"};

constexpr Sql kMarked{"month_dirty.marked",
                      "SELECT d.facility FROM json_each($1) f CROSS JOIN month_dirty d ON d.facility = f.value AND d.month = $2",
                      "SELECT facility FROM month_dirty "
                      "WHERE facility = ANY (ARRAY(SELECT value::int FROM json_array_elements_text($1::text::json))) AND month = $2"};
constexpr Sql kDeleteMonth{"cell_month.delete", "DELETE FROM cell_month WHERE facility IN (SELECT value FROM json_each($1)) AND month = $2",
                           "DELETE FROM cell_month "
                           "WHERE facility = ANY (ARRAY(SELECT value::int FROM json_array_elements_text($1::text::json))) AND month = $2"};

// The low part is carried into [0, 2^40); shift and mask round towards minus infinity on both engines.
constexpr Sql kFoldUnits{
    "cell_month.fold_units",
    "INSERT INTO cell_month (facility, month, unit, series, bucket, n, sum, sumsq_high, sumsq_low) "
    "SELECT c.facility, $2, c.unit, c.series, c.bucket, CAST(SUM(c.n) AS BIGINT), CAST(SUM(c.sum) AS BIGINT), "
    "CAST(SUM(c.sumsq_high) AS BIGINT) + (CAST(SUM(c.sumsq_low) AS BIGINT) >> 40), CAST(SUM(c.sumsq_low) AS BIGINT) & 1099511627775 "
    "FROM json_each($1) f CROSS JOIN cell c ON c.facility = f.value AND c.day >= $3 AND c.day < $4 WHERE c.unit > 0 "
    "GROUP BY c.facility, c.unit, c.series, c.bucket HAVING SUM(c.n) <> 0",
    "INSERT INTO cell_month (facility, month, unit, series, bucket, n, sum, sumsq_high, sumsq_low) "
    "SELECT facility, $2, unit, series, bucket, CAST(SUM(n) AS BIGINT), CAST(SUM(sum) AS BIGINT), "
    "CAST(SUM(sumsq_high) AS BIGINT) + (CAST(SUM(sumsq_low) AS BIGINT) >> 40), CAST(SUM(sumsq_low) AS BIGINT) & 1099511627775 "
    "FROM cell WHERE facility = ANY (ARRAY(SELECT value::int FROM json_array_elements_text($1::text::json))) "
    "AND day >= $3 AND day < $4 AND unit > 0 GROUP BY facility, unit, series, bucket HAVING SUM(n) <> 0"};
constexpr Sql kFoldFacility{
    "cell_month.fold_facility",
    "INSERT INTO cell_month (facility, month, unit, series, bucket, n, sum, sumsq_high, sumsq_low) "
    "SELECT c.facility, $2, 0, c.series, c.bucket, CAST(SUM(c.n) AS BIGINT), CAST(SUM(c.sum) AS BIGINT), "
    "CAST(SUM(c.sumsq_high) AS BIGINT) + (CAST(SUM(c.sumsq_low) AS BIGINT) >> 40), CAST(SUM(c.sumsq_low) AS BIGINT) & 1099511627775 "
    "FROM json_each($1) f CROSS JOIN cell c ON c.facility = f.value AND c.day >= $3 AND c.day < $4 "
    "GROUP BY c.facility, c.series, c.bucket HAVING SUM(c.n) <> 0",
    "INSERT INTO cell_month (facility, month, unit, series, bucket, n, sum, sumsq_high, sumsq_low) "
    "SELECT facility, $2, 0, series, bucket, CAST(SUM(n) AS BIGINT), CAST(SUM(sum) AS BIGINT), "
    "CAST(SUM(sumsq_high) AS BIGINT) + (CAST(SUM(sumsq_low) AS BIGINT) >> 40), CAST(SUM(sumsq_low) AS BIGINT) & 1099511627775 "
    "FROM cell WHERE facility = ANY (ARRAY(SELECT value::int FROM json_array_elements_text($1::text::json))) "
    "AND day >= $3 AND day < $4 GROUP BY facility, series, bucket HAVING SUM(n) <> 0"};
constexpr Sql kClean{"month_dirty.clean", "DELETE FROM month_dirty WHERE facility IN (SELECT value FROM json_each($1)) AND month = $2",
                     "DELETE FROM month_dirty "
                     "WHERE facility = ANY (ARRAY(SELECT value::int FROM json_array_elements_text($1::text::json))) AND month = $2"};
constexpr Sql kSomeDirty{"month_dirty.some",
                         "SELECT facility, month FROM month_dirty WHERE facility > $1 AND month < $2 ORDER BY facility, month LIMIT $3"};

constexpr Sql kDeleteMonths{"cell_month.delete_facility", "DELETE FROM cell_month WHERE facility = $1"};
constexpr Sql kDeleteDirty{"month_dirty.delete_facility", "DELETE FROM month_dirty WHERE facility = $1"};
constexpr Sql kMarkMonth{"month_dirty.mark_one",
                         "INSERT INTO month_dirty (facility, month) VALUES ($1, $2) ON CONFLICT (facility, month) DO NOTHING"};
constexpr Sql kDropEmpty{"cell_month.drop_empty", "DELETE FROM cell_month WHERE facility = $1 AND month = $2 AND n = 0"};
constexpr Sql kCellsFrom{"facility_head.cells_from", "SELECT cells_from FROM facility_head WHERE facility = $1"};
constexpr Sql kAllCellsFrom{"facility_head.all_cells_from", "SELECT MAX(cells_from) FROM facility_head"};
constexpr Sql kExpiring{"facility_head.expiring",
                        "SELECT h.facility FROM facility_head h WHERE h.cells_from < $1 AND NOT EXISTS "
                        "(SELECT 1 FROM month_dirty d WHERE d.facility = h.facility AND d.month < $2) ORDER BY h.facility LIMIT $3"};
constexpr Sql kOldestDay{"cell.oldest_day", "SELECT MIN(day) FROM cell WHERE facility = $1"};
constexpr Sql kFirstDirty{"month_dirty.first", "SELECT MIN(month) FROM month_dirty WHERE facility = $1"};
constexpr Sql kStoredMonths{"cell_month.stored",
                            "SELECT month, unit, series, bucket, n, sum, sumsq_high, sumsq_low FROM cell_month "
                            "WHERE facility = $1 AND month < $2 ORDER BY month, unit, series, bucket"};
constexpr Sql kStored{"cell.stored",
                      "SELECT day, unit, series, bucket, n, sum, sumsq_high, sumsq_low FROM cell WHERE facility = $1 "
                      "AND (n <> 0 OR sum <> 0 OR sumsq_high <> 0 OR sumsq_low <> 0) ORDER BY day, unit, series, bucket"};

constexpr std::array kCellAll{&kMarked,       &kDirtyOfFacility, &kMonths,      &kDays,         &kDaysSummed,  &kNetworkSeries,
                              &kNetworkMonth, &kNetworkCounts,   &kDirtyMonths, &kNetworkDirty, &kDeleteMonth, &kFoldUnits,
                              &kFoldFacility, &kClean,           &kSomeDirty,   &kDeleteMonths, &kDeleteDirty, &kStored,
                              &kMarkMonth,    &kDropEmpty,       &kCellsFrom,   &kAllCellsFrom, &kExpiring,    &kOldestDay,
                              &kFirstDirty,   &kStoredMonths};

/// The low part stays carried into [0, 2^40), bit for bit as a fold leaves it.
const Bulk& month_add() {
  static const Bulk bulk("cell_month.add", "INSERT INTO cell_month (facility, month, unit, series, bucket, n, sum, sumsq_high, sumsq_low)",
                         " ON CONFLICT (facility, month, unit, series, bucket) DO UPDATE SET n = cell_month.n + excluded.n, "
                         "sum = cell_month.sum + excluded.sum, sumsq_high = cell_month.sumsq_high + excluded.sumsq_high + "
                         "((cell_month.sumsq_low + excluded.sumsq_low) >> 40), "
                         "sumsq_low = (cell_month.sumsq_low + excluded.sumsq_low) & 1099511627775");
  return bulk;
}

bool wanted(SeriesSet series, SeriesKey key) { return std::ranges::binary_search(series, key); }

std::set<Month> dirty_months(Tx& tx, FacilityKey facility, Month from, Month to) {
  std::set<Month> out;
  tx.each(kDirtyOfFacility, {param(facility), param(from.value), param(to.value)}, [&](const Row& row) { out.insert(Month{row.i32(0)}); });
  return out;
}

/// A month cell of unit 0 is the facility's total; what was answered to the facility as a whole is the total less its units.
class WholeFacility {
 public:
  void add(const CellRow& row) {
    auto& part = parts_[{row.month, row.series, row.bucket}];
    part = row.unit.value == 0 ? part + row.cell : part - row.cell;
  }
  void visit(FacilityKey facility, const OnCell& visit) const {
    for (const auto& [key, cell] : parts_) {
      const auto& [month, series, bucket] = key;
      const auto whole = fold(cell);
      if (whole.n != 0) visit({facility, month, first_day(month), {0}, series, bucket, whole});
    }
  }

 private:
  std::map<std::tuple<Month, SeriesKey, std::int32_t>, Cell> parts_;
};

void each_clean_month(Tx& tx, FacilityKey facility, Month from, Month to, SeriesSet series, const std::set<Month>& dirty,
                      const OnCell& visit) {
  WholeFacility whole;
  tx.each(kMonths, {param(facility), param(from.value), param(to.value), param(series.front()), param(series.back())}, [&](const Row& row) {
    const CellRow cell{facility,   {row.i32(0)},   first_day({row.i32(0)}), row.key<UnitKey>(1), row.key<SeriesKey>(2),
                       row.i32(3), cell_at(row, 4)};
    if (dirty.contains(cell.month) || !wanted(series, cell.series)) return;
    whole.add(cell);
    if (cell.unit.value != 0) visit(cell);
  });
  whole.visit(facility, visit);
}

/// Facility totals of one series and month, of all facilities.
void each_of_month(Tx& tx, SeriesKey series, Month month, const OnCell& visit) {
  constexpr std::int64_t kPageRows = 20'000;
  FacilityKey facility{INT32_MIN};
  std::int32_t bucket = INT32_MIN;
  for (auto found = kPageRows; found == kPageRows;) {
    found = 0;
    tx.each(kNetworkMonth, {param(series), param(month.value), param(facility), param(bucket), param(kPageRows)}, [&](const Row& row) {
      facility = row.key<FacilityKey>(0);
      bucket = row.i32(1);
      ++found;
      visit({facility, month, first_day(month), {0}, series, bucket, cell_at(row, 2)});
    });
  }
}

void each_count_of_month(Tx& tx, SeriesKey series, Month month, const OnCell& visit) {
  tx.each(kNetworkCounts, {param(series), param(month.value)}, [&](const Row& row) {
    visit({row.key<FacilityKey>(0), month, first_day(month), {0}, series, 0, {row.i64(1), row.i64(2), 0, 0}});
  });
}

}  // namespace

void each_month_cell(Tx& tx, FacilityKey facility, Month from, Month to, SeriesSet series, const OnCell& visit) {
  if (series.empty() || from >= to) return;
  const auto dirty = dirty_months(tx, facility, from, to);
  each_clean_month(tx, facility, from, to, series, dirty, visit);
  for (const auto month : dirty) each_summed_cell(tx, facility, period_of(month), series, visit);
}

void each_summed_cell(Tx& tx, FacilityKey facility, Period days, SeriesSet series, const OnCell& visit) {
  if (series.empty() || days.from >= days.to) return;
  const auto month = month_of(days.from);
  tx.each(kDaysSummed, {param(facility), param(days.from.value), param(days.to.value), param(series.front()), param(series.back())},
          [&](const Row& row) {
            const CellRow cell{facility, month, days.from, row.key<UnitKey>(0), row.key<SeriesKey>(1), row.i32(2), cell_at(row, 3)};
            if (wanted(series, cell.series) && cell.cell.n != 0) visit(cell);
          });
}

void each_day_cell(Tx& tx, FacilityKey facility, Day from, Day to, SeriesSet series, const OnCell& visit) {
  if (series.empty() || from >= to) return;
  tx.each(kDays, {param(facility), param(from.value), param(to.value), param(series.front()), param(series.back())}, [&](const Row& row) {
    const Day day{row.i32(0)};
    const CellRow cell{facility, month_of(day), day, row.key<UnitKey>(1), row.key<SeriesKey>(2), row.i32(3), cell_at(row, 4)};
    if (wanted(series, cell.series) && cell.cell.n != 0) visit(cell);
  });
}

void each_network_cell(Tx& tx, Month from, Month to, SeriesSet series, const OnCell& visit, CellPart part) {
  if (series.empty() || from >= to) return;
  std::set<std::pair<FacilityKey, Month>> dirty;
  tx.each(kDirtyMonths, {param(from.value), param(to.value)},
          [&](const Row& row) { dirty.emplace(row.key<FacilityKey>(0), Month{row.i32(1)}); });
  const auto visit_clean = [&](const CellRow& cell) {
    if (!dirty.contains({cell.facility, cell.month})) visit(cell);
  };
  for (const auto one : series)
    if (to.value - from.value == 1)
      part == CellPart::All ? each_of_month(tx, one, from, visit_clean) : each_count_of_month(tx, one, from, visit_clean);
    else
      tx.each(kNetworkSeries, {param(one), param(from.value), param(to.value)}, [&](const Row& row) {
        visit_clean({row.key<FacilityKey>(0), {row.i32(1)}, first_day({row.i32(1)}), {0}, one, row.i32(2), cell_at(row, 3)});
      });
  std::set<Month> months;
  for (const auto& [facility, month] : dirty) months.insert(month);
  for (const auto month : months) {
    const auto period = period_of(month);
    tx.each(kNetworkDirty,
            {param(month.value), param(period.from.value), param(period.to.value), param(series.front()), param(series.back())},
            [&](const Row& row) {
              const CellRow cell{row.key<FacilityKey>(0), month, period.from, {0}, row.key<SeriesKey>(1), row.i32(2), cell_at(row, 3)};
              if (wanted(series, cell.series) && cell.cell.n != 0) visit(cell);
            });
  }
}

void fold_months(Tx& tx, std::span<const FacilityKey> facilities, Month month) {
  const auto asked = json_list(facilities);
  std::vector<FacilityKey> marked;
  tx.each(kMarked, {Param(std::string_view(asked)), param(month.value)},
          [&](const Row& row) { marked.push_back(row.key<FacilityKey>(0)); });
  if (marked.empty()) return;
  const auto list = json_list(marked);
  const Param some{std::string_view(list)};
  const auto period = period_of(month);
  leave_offices(tx, marked, month, {month.value + 1});
  for (const auto* sql : {&kClean, &kDeleteMonth}) tx.run(*sql, {some, param(month.value)});
  for (const auto* sql : {&kFoldUnits, &kFoldFacility})
    tx.run(*sql, {some, param(month.value), param(period.from.value), param(period.to.value)});
  enter_offices(tx, marked, month, {month.value + 1});
}

void add_month_cells(Tx& tx, std::span<const CellDelta> deltas) {
  std::map<std::tuple<FacilityKey, Month, UnitKey, SeriesKey, std::int32_t>, Cell> months;
  for (const auto& [key, cell] : deltas)
    for (const auto unit : std::set{key.unit, UnitKey{0}}) {
      auto& sum = months[{key.facility, month_of(key.day), unit, key.series, key.bucket}];
      sum = sum + cell;
    }
  std::vector<Bulk::Values> rows;
  for (const auto& [key, sum] : months) {
    const auto& [facility, month, unit, series, bucket] = key;
    const auto cell = fold(sum);
    if (!cell.is_zero())
      rows.push_back({facility.value, month.value, unit.value, series.value, bucket, cell.n, cell.sum, cell.sumsq_high, cell.sumsq_low});
  }
  month_add().run(tx, rows);
}

void drop_empty_month_cells(Tx& tx, FacilityKey facility, Month month) { tx.later(kDropEmpty, {param(facility), param(month.value)}); }

Day first_day_with_cells(Tx& tx, std::optional<FacilityKey> facility) {
  Day first{INT32_MIN};
  const auto note = [&](const Row& row) {
    if (!row.is_null(0)) first = {row.i32(0)};
  };
  if (facility)
    tx.each(kCellsFrom, {param(*facility)}, note);
  else
    tx.each(kAllCellsFrom, {}, note);
  return first;
}

std::vector<FacilityKey> load_expiring(Tx& tx, Month month, std::int64_t limit) {
  std::vector<FacilityKey> out;
  tx.each(kExpiring, {param(first_day(month).value), param(month.value), param(limit)},
          [&](const Row& row) { out.push_back(row.key<FacilityKey>(0)); });
  return out;
}

std::optional<Day> oldest_cell_day(Tx& tx, FacilityKey facility) {
  std::optional<Day> day;
  tx.each(kOldestDay, {param(facility)}, [&](const Row& row) {
    if (!row.is_null(0)) day = Day{row.i32(0)};
  });
  return day;
}

std::optional<Month> first_dirty_month(Tx& tx, FacilityKey facility) {
  std::optional<Month> month;
  tx.each(kFirstDirty, {param(facility)}, [&](const Row& row) {
    if (!row.is_null(0)) month = Month{row.i32(0)};
  });
  return month;
}

void each_stored_month_cell(Tx& tx, FacilityKey facility, Month before, const OnCell& visit) {
  tx.each(kStoredMonths, {param(facility), param(before.value)}, [&](const Row& row) {
    const Month month{row.i32(0)};
    visit({facility, month, first_day(month), row.key<UnitKey>(1), row.key<SeriesKey>(2), row.i32(3), cell_at(row, 4)});
  });
}

std::vector<DirtyMonth> load_dirty_months(Tx& tx, FacilityKey after, Month before, std::int64_t limit) {
  std::vector<DirtyMonth> out;
  tx.each(kSomeDirty, {param(after), param(before.value), param(limit)},
          [&](const Row& row) { out.push_back({row.key<FacilityKey>(0), Month{row.i32(1)}}); });
  return out;
}

void delete_month_cells(Tx& tx, FacilityKey facility) {
  leave_offices(tx, {&facility, 1}, {INT32_MIN}, {INT32_MAX});
  for (const auto* sql : {&kDeleteMonths, &kDeleteDirty}) tx.run(*sql, {param(facility)});
}

void mark_month(Tx& tx, FacilityKey facility, Month month) { tx.later(kMarkMonth, {param(facility), param(month.value)}); }

void each_stored_cell(Tx& tx, FacilityKey facility, const std::function<void(const CellKey&, const Cell&)>& visit) {
  tx.each(kStored, {param(facility)}, [&](const Row& row) {
    visit({facility, Day{row.i32(0)}, row.key<UnitKey>(1), row.key<SeriesKey>(2), row.i32(3)}, cell_at(row, 4));
  });
}

std::span<const Sql* const> cell_statements() { return kCellAll; }
std::span<const Sql* const> month_add_statements() { return month_add().statements(); }

}  // namespace pilar::store
