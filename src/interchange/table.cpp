#include "interchange/table.h"

#include "base/text.h"
#include "interchange/csv.h"

namespace pilar {
namespace {

constexpr std::size_t kCsvPiece = 1U << 16U, kMostSheetName = 31;

struct PlainText {
  std::string operator()(std::monostate) const { return {}; }
  std::string operator()(const std::string& words) const { return words; }
  std::string operator()(const Decimal& number) const { return text(number); }
  std::string operator()(Day day) const { return iso(day); }
  std::string operator()(const ZonedTime& time) const { return iso(time.at, time.zone); }
};

}  // namespace

std::string plain_text(const TableCell& cell) { return std::visit(PlainText{}, cell); }

void write_csv(const Table& table, CsvHead head, const std::function<void(std::string_view)>& write) {
  csv::Writer out;
  if (head == CsvHead::With) {
    if (!table.caption.empty()) out.row({table.caption});
    for (const auto& [name, value] : table.notes) out.row({name, value});
    out.row({});
  }
  std::vector<std::string> fields;
  for (const auto& column : table.columns) fields.push_back(column.heading());
  out.row(fields);
  table.rows([&](std::span<const TableCell> cells) {
    for (const auto& cell : cells) {
      const auto* words = std::get_if<std::string>(&cell);
      words != nullptr ? out.add(*words) : out.add(plain_text(cell));
    }
    out.end_row();
    if (out.size() >= kCsvPiece) write(out.take());
  });
  write(out.take());
}

std::string clean_sheet_name(std::string_view name) {
  constexpr std::string_view kForbidden = "[]:*?/\\";
  std::string out;
  for (const char c : name) out += kForbidden.find(c) == std::string_view::npos && static_cast<unsigned char>(c) >= ' ' ? c : ' ';
  while (code_points(out) > kMostSheetName) {
    while ((static_cast<unsigned char>(out.back()) & 0xC0U) == 0x80U) out.pop_back();
    out.pop_back();
  }
  // An apostrophe at either end is refused too.
  const auto first = out.find_first_not_of(" '"), last = out.find_last_not_of(" '");
  return first == std::string::npos ? "Pilar" : out.substr(first, last - first + 1);
}

}  // namespace pilar
