#pragma once
#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "base/decimal.h"
#include "base/time.h"

namespace pilar {

struct TableColumn {
  enum class Kind : std::uint8_t {
    Text,
    Number,
    Percent,  ///< of a share: 0.864 is shown as 86.4%
    Day,
    Moment
  };
  static constexpr int kAllDigits = -1;
  std::string title;
  Kind kind = Kind::Text;
  int digits = kAllDigits;  ///< after the decimal mark, where figures are shown rounded
  std::string unit{};  ///< stands behind the title: "menit"

  std::string heading() const { return unit.empty() ? title : title + " (" + unit + ")"; }
};

/// A moment where it happened.
struct ZonedTime {
  Instant at;
  Zone zone = Zone::Wib;
  bool operator==(const ZonedTime&) const = default;
};

/// Nothing, or a value of any kind: a column's kind says how it is shown, not what may stand in it.
using TableCell = std::variant<std::monostate, std::string, Decimal, Day, ZonedTime>;
using OnTableRow = std::function<void(std::span<const TableCell>)>;

/// One value behind a page, a CSV file and a workbook, so that they cannot differ. Rows come by a call, so that memory does
/// not grow with them; every row has as many cells as there are columns.
struct Table {
  std::string caption{};
  std::vector<std::pair<std::string, std::string>> notes{};  ///< what was asked, and as of when
  std::vector<TableColumn> columns{};
  std::function<void(const OnTableRow&)> rows{};
};

/// "12.5", "2026-11-21", "2026-11-21T08:15:00+07:00", the text itself, or nothing.
std::string plain_text(const TableCell& cell);

/// Whether caption and notes stand above the table; a program that reads it expects the columns' titles first.
enum class CsvHead : std::uint8_t { With, Without };
/// As UTF-8 with a byte order mark (interchange/csv.h), in pieces.
void write_csv(const Table& table, CsvHead head, const std::function<void(std::string_view)>& write);

/// As a workbook: caption and notes above, the titles frozen and with filters, widths that fit the first rows, figures and times
/// as such, texts always as texts. Beyond 1,048,576 rows it goes on on another sheet; a text beyond 32,767 letters is cut and
/// ends in "…". Fault when the file cannot be written.
void write_xlsx(const Table& table, const std::string& path);

/// A name that a sheet may have: without []:*?/\ and of at most 31 letters.
std::string clean_sheet_name(std::string_view name);

}  // namespace pilar
