#pragma once
#include <cstdint>
#include <string>
#include <string_view>

#include "interchange/table.h"
#include "web/forms.h"
#include "web/route.h"
#include "web/table_reply.h"

/// Lists that go out as files, CSV and workbook alike.
namespace pilar::web {

/// What stands above such a list: what was filtered by, as the page's filters say it, how many rows follow, and as of when where the
/// reader is at home. Columns and rows are for the caller.
Table list_table(const Visit& visit, std::string caption, const FilterBar& filters, std::int64_t rows);

/// What answers with such a file of either kind.
using FilePage = http::Reply (*)(const Visit& visit, FileKind kind);
template <FilePage File>
constexpr Route csv_route(std::string_view pattern, May may, std::string_view summary = "The same as CSV.") {
  constexpr Page kPage = [](const Visit& visit) { return File(visit, FileKind::Csv); };
  return {http::Method::Get, pattern, may, Work::Blocking, kPage, summary};
}
template <FilePage File>
constexpr Route workbook_route(std::string_view pattern, May may, std::string_view summary = "The same as a workbook.") {
  constexpr Page kPage = [](const Visit& visit) { return File(visit, FileKind::Xlsx); };
  return {http::Method::Get, pattern, may, Work::Blocking, kPage, summary};
}

void draw_file_links(html::Out& o, Lang lang, const std::string& workbook, const std::string& csv);
/// The ways to take what a page shows along: these two files, and paper.
void draw_file_actions(html::Out& o, Lang lang, const std::string& workbook, const std::string& csv);

}  // namespace pilar::web
