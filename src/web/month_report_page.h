#pragma once
#include <string>

#include "app/month_report.h"
#include "interchange/table.h"
#include "web/month_report_parts.h"
#include "web/route.h"

namespace pilar::web {

/// The same month of one unit: its values alone, since a report is sent for the whole facility.
struct UnitMonth {
  const Unit* unit = nullptr;
  app::IndicatorMonths months{};
};

/// One report of a month with everything the reader may do about it; `problems` is why something was not done just now. With `part`, its
/// values instead.
std::string draw_month_report(const Visit& visit, const app::MonthReports& reports, const app::MonthCard& card, const MonthParts& parts,
                              const Problems& problems, const UnitMonth* part);
/// Its values, analyses and follow-ups as a table, of a unit its values alone; the arguments must outlive it.
Table month_report_table(const Visit& visit, const app::MonthReports& reports, const app::MonthCard& card, const MonthParts& parts,
                         const UnitMonth* part);

}  // namespace pilar::web
