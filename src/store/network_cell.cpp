#include "store/network_cell.h"

#include <algorithm>
#include <array>
#include <map>
#include <set>

#include "store/cell_row.h"
#include "store/key_list.h"

namespace pilar::store {
namespace {

// Sets travel as JSON arrays. SQLite keeps the order of a CROSS JOIN, so that each key is a look-up in the index. PostgreSQL would read all
// months of each facility by the primary key; OFFSET 0 keeps the look-ups in the index by series, which needs no table.
constexpr Sql kFewMonths{
    "cell_month.of_some",
    "SELECT c.facility, c.month, c.series, c.bucket, c.n, c.sum, c.sumsq_high, c.sumsq_low "
    "FROM json_each($1) s CROSS JOIN json_each($2) m CROSS JOIN json_each($3) f CROSS JOIN cell_month c INDEXED BY cell_month_by_series "
    "ON c.series = s.value AND c.month = m.value AND c.unit = 0 AND c.facility = f.value",
    "SELECT c.facility, c.month, c.series, c.bucket, c.n, c.sum, c.sumsq_high, c.sumsq_low "
    "FROM (SELECT value::int AS series FROM json_array_elements_text($1::text::json)) s "
    "CROSS JOIN (SELECT value::int AS month FROM json_array_elements_text($2::text::json)) m "
    "CROSS JOIN LATERAL (SELECT * FROM cell_month WHERE series = s.series AND month = m.month AND unit = 0 "
    "AND facility = ANY (ARRAY(SELECT value::int FROM json_array_elements_text($3::text::json))) OFFSET 0) c"};

constexpr Sql kFewDirty{"month_dirty.of_some",
                        "SELECT d.facility, d.month FROM json_each($1) f CROSS JOIN month_dirty d ON d.facility = f.value "
                        "WHERE d.month >= $2 AND d.month < $3",
                        "SELECT d.facility, d.month FROM month_dirty d "
                        "WHERE d.facility = ANY (ARRAY(SELECT value::int FROM json_array_elements_text($1::text::json))) "
                        "AND d.month >= $2 AND d.month < $3"};

constexpr Sql kDaySums{"cell.summed_of_some",
                       "SELECT c.facility, c.series, c.bucket, CAST(SUM(c.n) AS BIGINT), CAST(SUM(c.sum) AS BIGINT), "
                       "CAST(SUM(c.sumsq_high) AS BIGINT), CAST(SUM(c.sumsq_low) AS BIGINT) "
                       "FROM json_each($1) f CROSS JOIN cell c ON c.facility = f.value AND c.day >= $2 AND c.day < $3 "
                       "WHERE c.series >= $4 AND c.series <= $5 GROUP BY c.facility, c.series, c.bucket",
                       "SELECT c.facility, c.series, c.bucket, CAST(SUM(c.n) AS BIGINT), CAST(SUM(c.sum) AS BIGINT), "
                       "CAST(SUM(c.sumsq_high) AS BIGINT), CAST(SUM(c.sumsq_low) AS BIGINT) FROM cell c "
                       "WHERE c.facility = ANY (ARRAY(SELECT value::int FROM json_array_elements_text($1::text::json))) "
                       "AND c.day >= $2 AND c.day < $3 AND c.series >= $4 AND c.series <= $5 GROUP BY c.facility, c.series, c.bucket"};

constexpr Sql kLastDayOfSome{"record.last_day_of_some",
                             "SELECT MAX((SELECT MAX(day) FROM record WHERE facility = f.value AND instrument = $2 AND day < $3)) "
                             "FROM json_each($1) f",
                             "SELECT MAX(r.day) FROM json_array_elements_text($1::text::json) f CROSS JOIN LATERAL (SELECT MAX(day) AS day "
                             "FROM record WHERE facility = f.value::int AND instrument = $2 AND day < $3) r"};

constexpr std::array kNetworkAll{&kFewMonths, &kFewDirty, &kDaySums, &kLastDayOfSome};

void each_few(Tx& tx, std::span<const FacilityKey> facilities, Month from, Month to, SeriesSet series, const OnCell& visit) {
  const auto places = json_list(facilities);
  std::set<std::pair<FacilityKey, Month>> dirty;
  tx.each(kFewDirty, {Param(std::string_view(places)), param(from.value), param(to.value)},
          [&](const Row& row) { dirty.emplace(row.key<FacilityKey>(0), Month{row.i32(1)}); });
  each_folded_cell(tx, facilities, from, to, series, [&](const CellRow& row) {
    if (!dirty.contains({row.facility, row.month})) visit(row);
  });
  std::map<Month, std::vector<FacilityKey>> behind;
  for (const auto& [facility, month] : dirty) behind[month].push_back(facility);
  for (const auto& [month, some] : behind) each_network_sum(tx, some, period_of(month), series, visit);
}

}  // namespace

void each_network_cell(Tx& tx, std::span<const FacilityKey> facilities, Month from, Month to, SeriesSet series, const OnCell& visit,
                       CellPart part) {
  if (facilities.empty() || series.empty() || from >= to) return;
  if (facilities.size() <= kFewFacilities) return each_few(tx, facilities, from, to, series, visit);
  std::vector<bool> is_wanted(static_cast<std::size_t>(facilities.back().value) + 1);
  for (const auto facility : facilities) is_wanted[static_cast<std::size_t>(facility.value)] = true;
  const auto visit_wanted = [&](const CellRow& row) {
    const auto key = static_cast<std::size_t>(row.facility.value);
    if (key < is_wanted.size() && is_wanted[key]) visit(row);
  };
  each_network_cell(tx, from, to, series, visit_wanted, part);
}

void each_folded_cell(Tx& tx, std::span<const FacilityKey> facilities, Month from, Month to, SeriesSet series, const OnCell& visit) {
  if (facilities.empty() || series.empty() || from >= to) return;
  const auto places = json_list(facilities), kinds = json_list(series);
  std::vector<Month> months;
  for (auto month = from; month < to; ++month.value) months.push_back(month);
  const auto wanted = json_list(months);
  tx.each(kFewMonths, {Param(std::string_view(kinds)), Param(std::string_view(wanted)), Param(std::string_view(places))},
          [&](const Row& row) {
            const Month month{row.i32(1)};
            visit({row.key<FacilityKey>(0), month, first_day(month), {0}, row.key<SeriesKey>(2), row.i32(3), cell_at(row, 4)});
          });
}

void each_network_sum(Tx& tx, std::span<const FacilityKey> facilities, Period days, SeriesSet series, const OnCell& visit) {
  if (facilities.empty() || series.empty() || days.from >= days.to) return;
  const auto places = json_list(facilities);
  const auto month = month_of(days.from);
  tx.each(kDaySums,
          {Param(std::string_view(places)), param(days.from.value), param(days.to.value), param(series.front()), param(series.back())},
          [&](const Row& row) {
            const CellRow cell{row.key<FacilityKey>(0), month, days.from, {0}, row.key<SeriesKey>(1), row.i32(2), cell_at(row, 3)};
            if (std::ranges::binary_search(series, cell.series) && cell.cell.n != 0) visit(cell);
          });
}

std::optional<Day> last_record_day(Tx& tx, std::span<const FacilityKey> facilities, InstrumentKey instrument, Day before) {
  const auto places = json_list(facilities);
  std::optional<Day> last;
  tx.each(kLastDayOfSome, {Param(std::string_view(places)), param(instrument), param(before.value)}, [&](const Row& row) {
    if (!row.is_null(0)) last = Day{row.i32(0)};
  });
  return last;
}

std::span<const Sql* const> network_cell_statements() { return kNetworkAll; }

}  // namespace pilar::store
