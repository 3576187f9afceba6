#pragma once
#include <span>
#include <string>
#include <vector>

#include "domain/chart_mark.h"
#include "store/db.h"

namespace pilar::store {

/// One revision of a mark on a facility's control charts.
struct StoredChartMark {
  ChartMark mark{};
  std::int32_t revision = 1;
  bool stands = true;  ///< else it was removed by this revision
  Instant at{};
  std::string actor{}, reason{};
};
/// Every revision, by mark and revision.
std::vector<StoredChartMark> load_chart_marks(Tx& tx, FacilityKey facility);
/// Revisions are added, never changed.
void insert_chart_mark(Tx& tx, FacilityKey facility, const StoredChartMark& mark);

std::span<const Sql* const> chart_mark_statements();

}  // namespace pilar::store
