#pragma once
#include <span>
#include <vector>

#include "store/cell_store.h"

/// Month cells of offices (branch, region, payer, district, province), kept with those of their facilities: whatever changes a
/// facility's month cells changes its offices' in the same transaction (docs/decisions/0012-months-of-offices.md).
namespace pilar::store {

/// An office as a reader sees it: the facilities that count there, ascending.
struct Office {
  FacilityKey key;
  std::vector<FacilityKey> facilities{};
};

/// Totals of whole months [from, to), one row an office, month, series and bucket; `facility` is the office's key. Exact: what was not
/// folded yet is read from its day cells, and a facility that is kept with another set than the one asked for is added or taken away.
/// The number of statements grows with the months that wait to be folded, never with the facilities.
void each_office_cell(Tx& tx, std::span<const Office> offices, Month from, Month to, SeriesSet series, const OnCell& visit);

/// The offices, ascending, whose month cells hold those of a facility.
struct Placing {
  FacilityKey facility;
  std::vector<FacilityKey> offices{};
  bool operator==(const Placing&) const = default;
};
/// As they are kept, by facility; facilities of no office are left out.
std::vector<Placing> load_placings(Tx& tx);
/// Moves the facilities' month cells to these offices. The facilities must ascend and be locked.
void place_facilities(Tx& tx, std::span<const Placing> placings);

/// Takes the month cells of [from, to) of these facilities out of their offices, before they change, and puts them back in afterwards.
void leave_offices(Tx& tx, std::span<const FacilityKey> facilities, Month from, Month to);
void enter_offices(Tx& tx, std::span<const FacilityKey> facilities, Month from, Month to);

struct OfficeMonth {
  FacilityKey office;
  Month month;
};
/// Months of offices that differ from the sum over their members, at most `limit`, in order.
std::vector<OfficeMonth> load_office_differences(Tx& tx, std::int64_t limit);
/// Throws all of it away, members too: every office is read facility by facility until they are placed again. All facilities must be
/// locked.
void clear_offices(Tx& tx);

std::span<const Sql* const> office_cell_statements();

}  // namespace pilar::store
