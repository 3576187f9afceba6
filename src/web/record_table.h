#pragma once
#include <string>
#include <vector>

#include "app/record_search.h"
#include "interchange/table.h"
#include "web/record_request.h"

namespace pilar::web {

/// The items that the list shows, each with its place among the list's columns.
std::vector<std::size_t> shown_columns(const RecordRequest& request, const app::RecordList& list);
/// A line as people read it: day, unit, the answers shown, state, channel, and the time where it may be seen.
std::vector<std::string> record_titles(Lang lang, const RecordRequest& request, const app::RecordList& list);
std::vector<std::string> record_fields(Lang lang, const RecordRequest& request, const app::RecordList& list, const app::RecordLine& line);
/// Every line that the request finds, as a table with numbers, days and times as such; by day and unit where the page is sorted by day.
/// It borrows visit and request. Problems: those of search_records.
Result<Table> record_table(const Visit& visit, const RecordRequest& request);

}  // namespace pilar::web
