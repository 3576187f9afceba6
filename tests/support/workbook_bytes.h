#pragma once
#include <string>
#include <utility>
#include <vector>

namespace pilar::test {

using ZipParts = std::vector<std::pair<std::string, std::string>>;  ///< name, content

/// A zip file of these parts, packed.
std::string zip_bytes(const ZipParts& parts);

/// What stands in a workbook of one sheet; empty parts are left out.
struct WorkbookText {
  std::string sheet_data{};    ///< the rows, inside <sheetData>
  std::string behind{};        ///< after </sheetData>: <mergeCells>
  std::string texts{};         ///< <si> elements
  std::string styles{};        ///< inside <styleSheet>
  std::string properties{};    ///< attributes of <workbookPr>
  std::string sheet_state{};   ///< attributes of a second, empty sheet
};
ZipParts workbook_parts(const WorkbookText& text);
std::string workbook_bytes(const WorkbookText& text);

}  // namespace pilar::test
