#include <cstdint>
#include <string>

#include "base/text.h"
#include "interchange/xlsx_reader.h"
#include "support/workbook_bytes.h"

namespace {

constexpr int kMostReadRows = 20'000;

void hold(bool ok) {
  if (!ok) __builtin_trap();
}

void read_sheet(const pilar::XlsxBook& book, std::size_t sheet) {
  const auto rows = book.rows(sheet);
  if (!rows) return;
  std::int64_t line = 0;
  for (int i = 0; i < kMostReadRows && (*rows)->next() == pilar::TableReader::Step::Row; ++i) {
    hold((*rows)->line() > line);
    line = (*rows)->line();
    for (const auto field : (*rows)->fields()) hold(pilar::is_utf8(field) || field.find('\0') != std::string_view::npos);
    for (const auto& [column, problem] : (*rows)->unreadable()) hold((*rows)->fields()[column].empty());
  }
}

}  // namespace

/// Bytes that begin as a zip file are a workbook; others are the rows of a sheet. Whatever they are, every field is UTF-8 and
/// lines go up.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string bytes(reinterpret_cast<const char*>(data), size);
  const auto book = pilar::XlsxBook::of_bytes(
      pilar::is_zip(bytes)
          ? bytes
          : pilar::test::workbook_bytes(
                {.sheet_data = bytes, .texts = "<si><t>satu</t></si>", .styles = "<cellXfs><xf numFmtId=\"22\"/></cellXfs>"}));
  if (!book) return 0;
  for (std::size_t i = 0; i < book->sheets().size(); ++i) read_sheet(*book, i);
  return 0;
}
