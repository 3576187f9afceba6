#include "interchange/import_file.h"

#include <algorithm>
#include <array>
#include <map>

#include "base/text.h"
#include "i18n/words/import.h"
#include "interchange/csv_reader.h"

namespace pilar {
namespace {
constexpr std::int64_t kHeaderRows = 200;  // looked at for the row of names

/// Whether the sheet has a row below its first: a page of words in front of the data has none, or is empty.
bool has_table(const XlsxBook& book, std::size_t sheet) {
  auto rows = book.rows(sheet);
  return rows && (*rows)->next() == TableReader::Step::Row && (*rows)->next() == TableReader::Step::Row;
}

/// The first sheet that is shown and holds a table, else the first that is shown.
std::size_t usual_sheet(const XlsxBook& book) {
  const auto& sheets = book.sheets();
  std::optional<std::size_t> shown;
  for (std::size_t i = 0; i < sheets.size(); ++i) {
    if (sheets[i].hidden) continue;
    if (has_table(book, i)) return i;
    if (!shown) shown = i;
  }
  return shown.value_or(0);
}
}  // namespace

std::vector<std::string> unique_names(std::span<const std::string_view> fields) {
  std::vector<std::string> out;
  std::map<std::string, int, std::less<>> seen;
  for (std::size_t i = 0; i < fields.size(); ++i) {
    std::string name(trim(fields[i]));
    for (auto& c : name)
      if (c == '\n' || c == '\r' || c == '\t') c = ' ';
    if (name.empty()) name = "Kolom " + column_letters(i);
    const auto count = ++seen[name];
    out.push_back(count == 1 ? name : name + " (" + std::to_string(count) + ")");
  }
  return out;
}

Result<ImportFile> ImportFile::open(RandomBytes bytes, const ImportProfile::Reading& reading) {
  ImportFile file;
  file.reading_ = reading;
  file.bytes_ = std::move(bytes);
  if (file.bytes_.size == 0 || !file.bytes_.read) return refuse(Msg::ImportEmptyFile);
  std::array<char, 8> beginning{};
  const auto read = file.bytes_.read(0, beginning.data(), beginning.size());
  const std::string_view start(beginning.data(), read);
  if (is_zip(start) || is_compound(start)) {
    auto book = XlsxBook::of(file.bytes_);
    if (!book) return std::unexpected(book.error());
    file.book_ = *std::move(book);
    if (auto chosen = file.choose_sheet(); !chosen) return std::unexpected(chosen.error());
  } else {
    if (!file.reading_.encoding) file.reading_.encoding = guess_encoding(sequence_of(file.bytes_)).encoding;
    if (file.reading_.separator == '\0') {
      CsvReader csv(decode(sequence_of(file.bytes_), *file.reading_.encoding));
      (void)csv.next();
      file.reading_.separator = csv.separator();
    }
  }
  if (auto found = file.find_names(); !found) return std::unexpected(found.error());
  return file;
}

Result<void> ImportFile::choose_sheet() {
  const auto& sheets = book_->sheets();
  if (reading_.sheet.empty()) {
    sheet_ = usual_sheet(*book_);
    reading_.sheet = sheets[sheet_].name;
    return {};
  }
  const auto named = std::ranges::find(sheets, reading_.sheet, &XlsxSheet::name);
  if (named == sheets.end()) {
    std::vector<std::string_view> names;
    for (const auto& sheet : sheets) names.emplace_back(sheet.name);
    return refuse(Msg::ImportNoSheet, "sheet", {reading_.sheet, std::string(nearest(reading_.sheet, names))});
  }
  sheet_ = static_cast<std::size_t>(named - sheets.begin());
  return {};
}

std::vector<std::string> ImportFile::sheets() const {
  std::vector<std::string> out;
  if (book_)
    for (const auto& sheet : book_->sheets()) out.push_back(sheet.name);
  return out;
}

std::int64_t ImportFile::broken_places() const { return book_ ? 0 : count_broken(sequence_of(bytes_), *reading_.encoding); }

Result<std::unique_ptr<TableReader>> ImportFile::rows() const {
  if (book_) return book_->rows(sheet_);
  return std::make_unique<CsvReader>(decode(sequence_of(bytes_), *reading_.encoding), reading_.separator);
}

Result<void> ImportFile::find_names() {
  if (reading_.header_line == 0) {
    auto all = rows();
    if (!all) return std::unexpected(all.error());
    FirstRows first(**all, kHeaderRows);
    const auto guess = recognise(first);
    if (!guess) return std::unexpected(guess.error());
    reading_.header_line = std::max<std::int64_t>(guess->header_line, 1);
  }
  return {};
}

Result<std::unique_ptr<TableReader>> ImportFile::rows_below_names() {
  auto all = rows();
  if (!all) return all;
  auto step = (*all)->next();
  while (step == TableReader::Step::Row && (*all)->line() < reading_.header_line) step = (*all)->next();
  if (step == TableReader::Step::Refused) return refuse((*all)->problem());
  if (step == TableReader::Step::End) return refuse(Msg::ImportEmptyFile);
  names_ = unique_names((*all)->fields());
  return all;
}

}  // namespace pilar
