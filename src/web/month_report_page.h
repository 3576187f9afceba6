#pragma once
#include <string>

#include "app/month_report.h"
#include "interchange/table.h"
#include "web/month_report_parts.h"
#include "web/route.h"

namespace pilar::web {

/// One report of a month with everything the reader may do about it; `problems` is why something was not done just now.
std::string draw_month_report(const Visit& visit, const app::MonthReports& reports, const app::MonthCard& card, const MonthParts& parts,
                              const Problems& problems);
/// Its values, analyses and follow-ups as a table; the arguments must outlive it.
Table month_report_table(const Visit& visit, const app::MonthReports& reports, const app::MonthCard& card, const MonthParts& parts);

}  // namespace pilar::web
