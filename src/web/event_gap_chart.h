#pragma once
#include <string>

#include "interchange/table.h"
#include "web/result_parts.h"

/// Charts of the distance between rare events (g, t).
namespace pilar::web {

/// The chart of page.gaps, which is not null; where there is no distance yet it says so.
void draw_gap_chart(html::Out& o, const ResultPage& page);
/// Its points as a table; the page and the gaps must outlive it.
Table gap_table(const ResultPage& page, const GapChart& gaps);

}  // namespace pilar::web
