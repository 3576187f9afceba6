#include <algorithm>

#include "app/place_import.h"
#include "base/text.h"
#include "i18n/words/place_page.h"
#include "interchange/csv_reader.h"
#include "interchange/text_encoding.h"
#include "interchange/xlsx_reader.h"

namespace pilar::app {
namespace {

constexpr int kHeaderWithin = 20;

bool is_known_column(std::string_view name) {
  const auto wanted = lower_ascii(trim(name));
  return std::ranges::find(place_columns(), wanted, &PlaceColumnRow::key) != place_columns().end();
}

bool is_header(std::span<const std::string_view> fields) {
  const auto named = [&](std::string_view key) {
    return std::ranges::any_of(fields, [&](std::string_view field) { return lower_ascii(trim(field)) == key; });
  };
  return (named("kode") || named("nama")) && std::ranges::count_if(fields, is_known_column) > 1;
}

PlaceSheet::Line line_of_sheet(const TableReader& file, const PlaceSheet& sheet) {
  PlaceSheet::Line line{file.line()};
  const auto fields = file.fields();
  for (std::size_t i = 0; i < std::min(fields.size(), sheet.header.size()); ++i) line.fields.emplace_back(trim(fields[i]));
  for (const auto& cell : file.unreadable()) {
    if (cell.column >= sheet.header.size()) continue;
    line.unreadable.push_back(cell.problem);
    line.unreadable.back().field = sheet.header[cell.column];
  }
  return line;
}

ByteSource source_of(const std::string& bytes) {
  return [&bytes, at = std::size_t{0}](char* buffer, std::size_t size) mutable {
    const auto count = std::min(size, bytes.size() - at);
    std::copy_n(bytes.data() + at, count, buffer);
    at += count;
    return count;
  };
}

}  // namespace

Result<PlaceSheet> read_place_sheet(TableReader& file) {
  PlaceSheet sheet;
  auto step = file.next();
  for (int row = 0; step == TableReader::Step::Row && row < kHeaderWithin && sheet.header.empty(); ++row) {
    if (is_header(file.fields()))
      for (const auto field : file.fields()) sheet.header.push_back(lower_ascii(trim(field)));
    step = file.next();
  }
  if (step != TableReader::Step::Refused && sheet.header.empty()) return refuse(Msg::PlaceImportNoHeader, "file");
  for (; step == TableReader::Step::Row; step = file.next()) {
    if (sheet.lines.size() == PlaceSheet::kMostLines)
      return refuse(Problem::Kind::TooLarge, Msg::PlaceImportTooMany, "file", {std::to_string(PlaceSheet::kMostLines)});
    sheet.lines.push_back(line_of_sheet(file, sheet));
  }
  if (step == TableReader::Step::Refused) return refuse(file.problem());
  return sheet;
}

Result<PlaceSheet> read_place_bytes(std::string bytes) {
  if (is_zip(bytes) || is_compound(bytes)) {
    const auto book = XlsxBook::of_bytes(std::move(bytes));
    if (!book) return std::unexpected(book.error());
    const auto& sheets = book->sheets();
    const auto shown = std::ranges::find(sheets, false, &XlsxSheet::hidden);
    const auto rows = book->rows(shown == sheets.end() ? 0 : static_cast<std::size_t>(shown - sheets.begin()));
    if (!rows) return std::unexpected(rows.error());
    return read_place_sheet(**rows);
  }
  CsvReader file(decode(source_of(bytes), guess_encoding(source_of(bytes)).encoding));
  return read_place_sheet(file);
}

}  // namespace pilar::app
