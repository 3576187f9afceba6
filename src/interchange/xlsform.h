#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "domain/instrument.h"

/// XLSForm (xlsform.org): a form as a workbook with the sheets survey, choices and settings. What a pack says beyond that stands in a
/// column `pilar` as JSON, so that a workbook made here comes back as the same pack; whoever edits the other columns changes the form.
namespace pilar::xlsform {

struct FormRow {
  std::int64_t line = 1;  ///< of the sheet, counted from 1
  std::vector<std::string> cells{};
};
/// The first row has the titles of the columns.
struct FormSheet {
  std::string name;
  std::vector<FormRow> rows{};
};

std::vector<FormSheet> sheets_of(const Instrument& form);
/// Fault when the file cannot be written.
void write_workbook(const std::vector<FormSheet>& sheets, const std::string& path);

/// Problems: no workbook, or a broken or locked one.
Result<std::vector<FormSheet>> read_workbook(std::string bytes);
/// The text of a pack that reads. Problems name sheet and cell ("survey!C5") and say what to write instead.
Result<std::string> pack_from(const std::vector<FormSheet>& sheets);

/// An expression of ours as XLSForm writes it, and back. What has no counterpart stays as it is.
std::string to_xpath(std::string_view expression);
std::string from_xpath(std::string_view expression);

}  // namespace pilar::xlsform
