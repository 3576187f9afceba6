#pragma once
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "base/result.h"

namespace pilar {

/// The rows of a table in a file, one after another and as texts, whatever the format: CsvReader, XlsxReader.
class TableReader {
 public:
  enum class Step : std::uint8_t { Row, End, Refused };
  /// A cell that shows something the file does not hold: an error, a formula that was never computed, the rest of a merged
  /// range. Its field is empty.
  struct Unreadable {
    std::size_t column = 0;  ///< from 0
    Problem problem{};
  };

  virtual ~TableReader() = default;
  /// The next row that is not blank; after Refused nothing more is read.
  virtual Step next() = 0;
  /// Its fields; valid until the next call.
  virtual std::span<const std::string_view> fields() const = 0;
  virtual std::span<const Unreadable> unreadable() const { return {}; }
  /// Line of the file on which the row began, counted from 1; of a worksheet its row.
  virtual std::int64_t line() const = 0;
  /// Why it was refused.
  virtual const Problem& problem() const = 0;
};

/// What a spreadsheet calls the column: 0 is "A", 26 is "AA".
std::string column_letters(std::size_t column);

}  // namespace pilar
