#pragma once
#include <optional>
#include <span>

#include "store/cell_store.h"

/// Cells of a set of facilities, in a bounded number of statements however large the set is.
namespace pilar::store {

/// Up to this many facilities are looked up one by one inside the statement; more are read with all the others and picked.
inline constexpr std::size_t kFewFacilities = 500;

/// Facility totals (unit 0) of whole months [from, to) at these facilities, ascending.
void each_network_cell(Tx& tx, std::span<const FacilityKey> facilities, Month from, Month to, SeriesSet series, const OnCell& visit,
                       CellPart part = CellPart::All);
/// The same as it was folded, whether it is behind or not.
void each_folded_cell(Tx& tx, std::span<const FacilityKey> facilities, Month from, Month to, SeriesSet series, const OnCell& visit);
/// Facility totals of these days, one row a facility, series and bucket. Complete only from the day from which day cells are kept.
void each_network_sum(Tx& tx, std::span<const FacilityKey> facilities, Period days, SeriesSet series, const OnCell& visit);
/// Day of the latest record of the instrument before a day at any of these facilities.
std::optional<Day> last_record_day(Tx& tx, std::span<const FacilityKey> facilities, InstrumentKey instrument, Day before);

std::span<const Sql* const> network_cell_statements();

}  // namespace pilar::store
