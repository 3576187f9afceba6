#pragma once
#include <memory>
#include <string>
#include <vector>

#include "interchange/table_reader.h"
#include "interchange/xlsx_parts.h"

namespace pilar::xlsx {

/// What all sheets of a workbook share.
struct Shared {
  ZipFile zip;
  DaySystem days = DaySystem::From1900;
  std::vector<NumberKind> styles{};
  SharedTexts texts{};
};

/// Rows and columns from 0, both ends included.
struct MergedRange {
  std::int64_t first_row = 0, last_row = 0;
  std::size_t first_column = 0, last_column = 0;
};

/// The worksheet as rows of texts, in constant memory; the whole part has been unpacked once before, so that a damaged end is
/// known at the beginning. Every row is as wide as the widest so far. `shared` must outlive it.
Result<std::unique_ptr<TableReader>> open_rows(const Shared& shared, const std::string& part);

}  // namespace pilar::xlsx
