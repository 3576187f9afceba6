#pragma once
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "interchange/table_reader.h"
#include "interchange/typed_text.h"

namespace pilar {

/// What the cells of a column are, after looking at all of them.
struct ColumnGuess {
  enum class Kind : std::uint8_t { Empty, Text, Number, Date, Time };
  std::string name;
  Kind kind = Kind::Empty;
  std::int64_t filled = 0, fits = 0;  ///< cells with something in them, and those of them that read as the kind
  char mark = '.';                    ///< decimal mark of a Number
  DateOrder order = DateOrder::DayFirst;
  /// Every cell reads both ways and they differ, and no other column decides: "1.234" or "01/02/2026", which stands in `example`.
  /// `mark` and `order` are then the usual ones of Indonesia.
  bool ambiguous = false;
  std::string example{};
  /// fits / filled; 0 for an empty column.
  double confidence() const { return filled == 0 ? 0 : static_cast<double>(fits) / static_cast<double>(filled); }
};

struct TableGuess {
  std::int64_t header_line = 0;  ///< 0: no row of names was found
  std::int64_t rows = 0;         ///< below it
  std::vector<ColumnGuess> columns{};
  std::vector<std::string> repeated{};  ///< names that stand over several columns
};

/// Reads the table to its end, in constant memory. The row of names is, among the first twenty, the one with most of the
/// `wanted` names; without any, the first that is nearly as wide as the widest and holds texts only. A column is of a kind when
/// four fifths of its cells are; digits with a zero in front are codes, and so texts. Problems: no row at all, a damaged file.
Result<TableGuess> recognise(TableReader& file, std::span<const std::string> wanted = {});

/// The rest of a table whose columns are called so.
std::vector<ColumnGuess> judge_columns(TableReader& rest, std::span<const std::string> names);

}  // namespace pilar
