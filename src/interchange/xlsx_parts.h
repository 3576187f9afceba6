#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "interchange/xlsx_value.h"
#include "interchange/xml_reader.h"
#include "interchange/zip_file.h"

/// The small parts of a workbook, read whole. Source: ECMA-376, part 1 (SpreadsheetML) and part 2 (packages).
namespace pilar::xlsx {

/// Reads a part to its end. Problems of the zip file come before those of the XML.
Result<void> read_part(const ZipFile& zip, std::string_view name, XmlHandler& handler);

struct SheetEntry {
  std::string name, relation;
  bool hidden = false;
};
struct Workbook {
  std::vector<SheetEntry> sheets{};
  DaySystem days = DaySystem::From1900;
};
Result<Workbook> read_workbook(const ZipFile& zip, std::string_view part);

/// Where a part points to: part names by id and by the last word of their type.
struct Relation {
  std::string id, type, part;
};
/// The relations of a part, "" being the package; none when it has no such list. What points outside the file is left out.
Result<std::vector<Relation>> read_relations(const ZipFile& zip, std::string_view part);

/// What the numbers of each cell style are.
Result<std::vector<NumberKind>> read_styles(const ZipFile& zip, std::string_view part);

/// The texts that cells share, in one piece of memory.
class SharedTexts {
 public:
  static constexpr std::size_t kMostBytes = 256U << 20U;
  /// Problems: XlsxManyTexts beyond kMostBytes.
  static Result<SharedTexts> read(const ZipFile& zip, std::string_view part);
  std::size_t size() const { return ends_.size(); }
  std::string_view operator[](std::size_t index) const;

 private:
  class Handler;
  std::string bytes_{};
  std::vector<std::size_t> ends_{};
};

}  // namespace pilar::xlsx
