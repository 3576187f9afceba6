#pragma once
#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <vector>

#include "domain/cell.h"
#include "store/db.h"

namespace pilar::store {

/// A summed cell. `month` is set when it stands for a whole month, else `day`.
struct CellRow {
  FacilityKey facility;
  Month month;
  Day day;  ///< first day of what it stands for
  UnitKey unit;
  SeriesKey series;
  std::int32_t bucket = 0;
  Cell cell;
};
using OnCell = std::function<void(const CellRow&)>;

/// The series wanted, ascending.
using SeriesSet = std::span<const SeriesKey>;

/// Cells of whole months [from, to) at one facility, one row a month, unit, series and bucket. Clean months come from month
/// cells, months with newer day cells from those, so the sums are always current. Rows of unit 0 are answers given to the
/// facility as a whole; the facility's total is the sum over all rows.
void each_month_cell(Tx& tx, FacilityKey facility, Month from, Month to, SeriesSet series, const OnCell& visit);

/// Day cells of [from, to) at one facility, one row a day, unit, series and bucket.
void each_day_cell(Tx& tx, FacilityKey facility, Day from, Day to, SeriesSet series, const OnCell& visit);

/// The same days summed up: one row a unit, series and bucket. Both are complete only from the day from which day cells are kept.
void each_summed_cell(Tx& tx, FacilityKey facility, Period days, SeriesSet series, const OnCell& visit);

/// What is read of cells: with Counts their buckets and squares may be left out (0), which of many facilities is a third of the work.
enum class CellPart : std::uint8_t { All, Counts };
/// Facility totals (unit 0) of whole months [from, to) for all facilities at once: a statement a series (of one month alone one
/// for each twenty thousand rows) and one a month. The caller keeps the facilities it may see.
void each_network_cell(Tx& tx, Month from, Month to, SeriesSet series, const OnCell& visit, CellPart part = CellPart::All);

/// Recomputes the month cells of these facilities, and of their offices, from the day cells and takes the marks away; nothing where
/// there is no mark, since the day cells may have expired meanwhile. The facilities must be locked.
void fold_months(Tx& tx, std::span<const FacilityKey> facilities, Month month);

struct DirtyMonth {
  FacilityKey facility;
  Month month;
};
/// Months before `before` whose day cells are newer, at facilities behind `after`, by facility and month.
std::vector<DirtyMonth> load_dirty_months(Tx& tx, FacilityKey after, Month before, std::int64_t limit);

/// Takes the facility's month cells and marks away: its day cells are about to be made again, and every month that has any
/// must be marked, also one that comes out as it was.
void delete_month_cells(Tx& tx, FacilityKey facility);
/// From now on the month is read from its day cells, until it is folded again.
void mark_month(Tx& tx, FacilityKey facility, Month month);
/// Adds to the month cells of months whose day cells have expired: each delta to its unit and to the whole facility.
void add_month_cells(Tx& tx, std::span<const CellDelta> deltas);
/// Cells that came to nothing count as absent, as after a fold.
void drop_empty_month_cells(Tx& tx, FacilityKey facility, Month month);

/// The first day with day cells at a facility, or, without one, at all of them: earlier ones have expired, and their months can
/// only be read whole. The least possible day where nothing has expired.
Day first_day_with_cells(Tx& tx, std::optional<FacilityKey> facility);
/// Up to `limit` facilities with day cells that may go: the first day with cells is before `month`, and no month before it waits to
/// be folded.
std::vector<FacilityKey> load_expiring(Tx& tx, Month month, std::int64_t limit);
/// The day of the facility's first day cell.
std::optional<Day> oldest_cell_day(Tx& tx, FacilityKey facility);
/// The first month that waits to be folded.
std::optional<Month> first_dirty_month(Tx& tx, FacilityKey facility);
/// All month cells of a facility before a month, as they are stored: unit 0 is the whole facility.
void each_stored_month_cell(Tx& tx, FacilityKey facility, Month before, const OnCell& visit);

/// All day cells of a facility in key order, absent ones (n = 0 and all sums 0) left out.
void each_stored_cell(Tx& tx, FacilityKey facility, const std::function<void(const CellKey&, const Cell&)>& visit);

std::span<const Sql* const> cell_statements();
std::span<const Sql* const> month_add_statements();

}  // namespace pilar::store
