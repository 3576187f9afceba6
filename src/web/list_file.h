#pragma once
#include <cstdint>
#include <string>

#include "interchange/table.h"
#include "web/forms.h"
#include "web/route.h"

/// Lists that go out as files, CSV and workbook alike.
namespace pilar::web {

/// What stands above such a list: what was filtered by, as the page's filters say it, how many rows follow, and as of when where the
/// reader is at home. Columns and rows are for the caller.
Table list_table(const Visit& visit, std::string caption, const FilterBar& filters, std::int64_t rows);

/// The ways to take what a page shows along: these two files, and paper.
void draw_file_actions(html::Out& o, Lang lang, const std::string& workbook, const std::string& csv);

}  // namespace pilar::web
