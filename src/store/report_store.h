#pragma once
#include <functional>
#include <optional>
#include <span>
#include <vector>

#include "domain/cell.h"
#include "store/db.h"

/// Cells of states and yearly targets: a cell a report, in CellKey with the minute as bucket.
namespace pilar::store {

using OnReport = std::function<void(const CellKey&, const Cell&)>;

/// Adds merged cells (writer's order); what comes to nothing counts as absent.
void add_reports(Tx& tx, std::span<const CellDelta> sorted);

/// What is needed to know each unit's latest report on any day of the period: all reports of these days, and the latest before them.
/// `series` ascending; without a facility, of all facilities: the caller keeps those it may see.
void each_report(Tx& tx, std::optional<FacilityKey> facility, std::span<const SeriesKey> series, Period days, const OnReport& visit);

/// All of a facility's reports of some days, whatever the series.
void each_stored_report(Tx& tx, FacilityKey facility, Period days, const OnReport& visit);

std::span<const Sql* const> report_statements();
std::span<const Sql* const> report_add_statements();

}  // namespace pilar::store
