#include <algorithm>
#include <array>
#include <charconv>
#include <optional>
#include <unordered_map>

#include "base/result.h"
#include "base/text.h"
#include "interchange/table.h"
#include "interchange/table_reader.h"
#include "interchange/xlsx_package.h"
#include "interchange/zip_writer.h"

namespace pilar {
namespace {

constexpr std::int64_t kMostSheetRows = 1'048'576;
constexpr std::size_t kMeasuredRows = 100, kMostLetters = 32'767, kSheetPiece = std::size_t{1} << 18U;
constexpr std::size_t kMostShared = 20'000, kLongestShared = 60;
constexpr double kNarrowest = 8, kWidest = 60, kFilterWidth = 3;
constexpr std::int64_t kSerialEpoch = 25'569;  // 1970-01-01, counted from 1899-12-30
constexpr double kMicrosOfDay = 86'400e6;

double serial_of(const ZonedTime& time) {
  const auto local = time.at.micros + static_cast<std::int64_t>(time.zone) * 3'600'000'000;
  return static_cast<double>(kSerialEpoch) + static_cast<double>(local) / kMicrosOfDay;
}

/// Cut to what a cell holds.
std::string fitting(const std::string& words) {
  if (words.size() <= kMostLetters || code_points(words) <= kMostLetters) return words;
  std::size_t letters = 0, at = 0;
  for (; at < words.size() && letters < kMostLetters - 1; ++letters) do
      ++at;
    while (at < words.size() && (static_cast<unsigned char>(words[at]) & 0xC0U) == 0x80U);
  return words.substr(0, at) + "…";
}

void append_number(std::string& out, std::int64_t number) {
  std::array<char, 24> digits{};
  out.append(digits.data(), std::to_chars(digits.data(), digits.data() + digits.size(), number).ptr);
}

/// Short texts that come again and again stand in the workbook once; beyond a bound others stand where they are.
class SharedTexts {
 public:
  std::optional<std::int64_t> index_of(const std::string& text) {
    if (text.size() > kLongestShared) return {};
    if (const auto at = known_.find(text); at != known_.end()) return at->second;
    if (texts_.size() == kMostShared) return {};
    known_.emplace(text, static_cast<std::int64_t>(texts_.size()));
    texts_.push_back(text);
    return static_cast<std::int64_t>(texts_.size()) - 1;
  }
  std::string part() const {
    std::string out = std::string(xlsx::kHead) + "<sst xmlns=\"" + std::string(xlsx::kMain) + "\">";
    for (const auto& text : texts_) {
      out += "<si><t xml:space=\"preserve\">";
      xlsx::append_text(out, text);
      out += "</t></si>";
    }
    return out + "</sst>";
  }

 private:
  std::unordered_map<std::string, std::int64_t> known_{};
  std::vector<std::string> texts_{};
};

/// One workbook under way.
class Workbook {
 public:
  Workbook(const Table& table, const std::string& path) : table_(table), zip_(path) {
    for (std::size_t i = 0; i < table.columns.size(); ++i) letters_.push_back(column_letters(i));
  }

  void add(std::span<const TableCell> cells) {
    if (!sheets_.empty()) return write_row(cells);
    waiting_.emplace_back(cells.begin(), cells.end());
    if (waiting_.size() == kMeasuredRows) begin();
  }

  void finish() {
    if (sheets_.empty()) begin();
    end_sheet();
    part("xl/sharedStrings.xml", shared_.part());
    part("xl/styles.xml", xlsx::styles(table_));
    part("xl/workbook.xml", xlsx::workbook(sheets_, letters_.empty() ? std::string() : letters_.back()));
    part("xl/_rels/workbook.xml.rels", xlsx::relations(sheets_.size()));
    part("_rels/.rels", xlsx::package_relations());
    part("[Content_Types].xml", xlsx::content_types(sheets_.size()));
    zip_.finish();
  }

 private:
  void part(std::string_view name, const std::string& text) {
    zip_.begin(name);
    zip_.add(text);
  }

  /// Widths stand above the rows, so the first rows wait for them.
  void begin() {
    begin_sheet();
    for (const auto& cells : waiting_) write_row(cells);
    waiting_.clear();
  }

  void begin_sheet() {
    auto name = clean_sheet_name(table_.caption);
    const auto number = sheets_.size() + 1;
    if (number > 1) name = clean_sheet_name(name.substr(0, 24)) + " (" + std::to_string(number) + ")";
    zip_.begin("xl/worksheets/sheet" + std::to_string(number) + ".xml");
    const auto notes = number > 1 ? 0 : static_cast<std::int64_t>(table_.notes.size()) + (table_.caption.empty() ? 0 : 1);
    const auto heading = notes == 0 ? 1 : notes + 2;
    sheets_.push_back({name, heading, heading});
    row_ = 0;
    out_ = std::string(xlsx::kHead) + "<worksheet xmlns=\"" + std::string(xlsx::kMain) +
           "\"><sheetPr><pageSetUpPr fitToPage=\"1\"/></sheetPr><sheetViews>"
           "<sheetView workbookViewId=\"0\"><pane ySplit=\"" +
           std::to_string(heading) + "\" topLeftCell=\"A" + std::to_string(heading + 1) +
           "\" activePane=\"bottomLeft\" state=\"frozen\"/></sheetView></sheetViews>";
    write_widths();
    out_ += "<sheetData>";
    if (notes > 0) write_notes();
    begin_row();
    for (std::size_t i = 0; i < table_.columns.size(); ++i) write_text(i, table_.columns[i].heading(), xlsx::kHeading);
    out_ += "</row>";
  }

  void write_widths() {
    if (table_.columns.empty()) return;
    out_ += "<cols>";
    for (std::size_t i = 0; i < table_.columns.size(); ++i) {
      const auto at = std::to_string(i + 1);
      out_.append("<col min=\"").append(at).append("\" max=\"").append(at).append("\" width=\"").append(std::to_string(width(i)));
      out_ += "\" customWidth=\"1\"/>";
    }
    out_ += "</cols>";
  }

  void write_notes() {
    if (!table_.caption.empty()) {
      begin_row();
      write_text(0, table_.caption, xlsx::kBold);
      out_ += "</row>";
    }
    for (const auto& [name, value] : table_.notes) {
      begin_row();
      write_text(0, name, xlsx::kPlain);
      write_text(1, value, xlsx::kPlain);
      out_ += "</row>";
    }
    ++row_;
  }

  int width(std::size_t column) const {
    auto letters = static_cast<double>(code_points(table_.columns[column].heading())) + kFilterWidth;
    for (const auto& row : waiting_) {
      const bool is_moment = std::holds_alternative<ZonedTime>(row[column]);
      letters = std::max(letters, is_moment ? 17 : static_cast<double>(code_points(plain_text(row[column]))) + 2);
    }
    return static_cast<int>(std::clamp(letters, kNarrowest, kWidest));
  }

  void end_sheet() {
    auto& sheet = sheets_.back();
    sheet.last_row = std::max(sheet.heading_row, row_);
    out_ += "</sheetData>";
    if (!table_.columns.empty()) out_ += "<autoFilter ref=\"" + xlsx::filtered(sheet, letters_.back(), "") + "\"/>";
    out_ += "<pageSetup paperSize=\"9\" orientation=\"landscape\" fitToHeight=\"0\"/></worksheet>";
    zip_.add(out_);
    out_.clear();
  }

  void begin_row() {
    ++row_;
    row_text_.clear();
    append_number(row_text_, row_);
    out_.append("<row r=\"").append(row_text_).append("\">");
  }

  void write_row(std::span<const TableCell> cells) {
    if (row_ >= kMostSheetRows) {
      end_sheet();
      begin_sheet();
    }
    begin_row();
    for (std::size_t i = 0; i < cells.size(); ++i) std::visit([&](const auto& value) { write(i, value); }, cells[i]);
    out_ += "</row>";
    if (out_.size() < kSheetPiece) return;
    zip_.add(out_);
    out_.clear();
  }

  void open_cell(std::size_t column, std::size_t style) {
    out_ += "<c r=\"";
    out_ += column < letters_.size() ? letters_[column] : column_letters(column);
    out_ += row_text_;
    if (style != xlsx::kPlain) {
      out_ += "\" s=\"";
      append_number(out_, static_cast<std::int64_t>(style));
    }
  }

  void write(std::size_t, std::monostate) {}
  void write(std::size_t column, const std::string& words) {
    if (!words.empty()) write_text(column, words, xlsx::kPlain);
  }
  void write(std::size_t column, const Decimal& number) { write_number(column, text(number)); }
  void write(std::size_t column, Day day) { write_number(column, std::to_string(day.value + kSerialEpoch)); }
  void write(std::size_t column, const ZonedTime& time) {
    std::array<char, 40> digits{};
    write_number(column, {digits.data(), std::to_chars(digits.data(), digits.data() + digits.size(), serial_of(time)).ptr});
  }

  void write_text(std::size_t column, const std::string& words, std::size_t style) {
    open_cell(column, style);
    if (const auto shared = shared_.index_of(words)) {
      out_ += "\" t=\"s\"><v>";
      append_number(out_, *shared);
      out_ += "</v></c>";
      return;
    }
    out_ += "\" t=\"inlineStr\"><is><t xml:space=\"preserve\">";
    xlsx::append_text(out_, fitting(words));
    out_ += "</t></is></c>";
  }
  void write_number(std::size_t column, std::string_view value) {
    open_cell(column, xlsx::kFirstColumnStyle + column);
    out_.append("\"><v>").append(value).append("</v></c>");
  }

  const Table& table_;
  ZipWriter zip_;
  std::vector<std::string> letters_{};  ///< by column
  SharedTexts shared_{};
  std::vector<xlsx::Sheet> sheets_{};
  std::vector<std::vector<TableCell>> waiting_{};
  std::string out_{}, row_text_{};
  std::int64_t row_ = 0;
};

}  // namespace

void write_xlsx(const Table& table, const std::string& path) {
  Workbook book(table, path);
  table.rows([&](std::span<const TableCell> cells) { book.add(cells); });
  book.finish();
}

}  // namespace pilar
