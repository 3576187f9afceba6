#pragma once
#include <vector>

#include "app/month_report.h"

namespace pilar::app {

/// What a change after sending reaches, of one indicator.
struct MonthEffect {
  IndicatorKey indicator{};
  bool moves_limits = false;     ///< the lines of its control chart come from this month among others; else only its own point moves
  bool adds_up = false;          ///< its numerator accumulates through the year
  std::vector<Month> reports{};  ///< later reports that were sent and now differ, or that rest on this month; earliest first
};
/// Of every indicator that changed since the month was sent, in the order of the kamus; none where nothing did. Problems: those of
/// read_month_reports.
Result<std::vector<MonthEffect>> read_month_effects(Context& context, const Scope& scope, FacilityKey facility, Month month);

/// An office above more facilities than this leaves it to the offices below.
inline constexpr std::size_t kMostLookedThrough = 500;
/// Reports below the office that this scope may accept, were accepted, and whose data have changed since; of so many months up to
/// `until`, the latest first. Indicators that a facility keeps for itself are not looked through. Nothing above kMostLookedThrough
/// facilities, or where the scope may not see results.
WaitingReports list_changed_months(Context& context, const Scope& scope, FacilityKey office, Month until, int months);

}  // namespace pilar::app
