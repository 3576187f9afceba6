#pragma once
#include "interchange/table.h"
#include "web/yearly_words.h"

namespace pilar::web {

/// Every coverage in one table, then the course of each as a chart with its months behind it.
void draw_courses(html::Out& o, Lang lang, const app::YearlyView& view, const YearlyAddress& address);
/// The same month by month; the view must outlive it.
Table course_table(Lang lang, const app::YearlyView& view);

}  // namespace pilar::web
