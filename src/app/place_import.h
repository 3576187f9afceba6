#pragma once
#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "app/context.h"
#include "app/place_table.h"
#include "domain/access.h"
#include "interchange/table.h"
#include "interchange/table_reader.h"

/// Many places at once, from a table: what is new is added, what differs is changed, what is the same stays. Nothing is ever removed:
/// an empty cell leaves what is known, "-" clears it, and a unit that is not named stays.
namespace pilar::app {

/// A file of places, read whole.
struct PlaceSheet {
  struct Line {
    std::int64_t number = 0;             ///< of the file, from 1
    std::vector<std::string> fields{};   ///< as wide as the header at most
    std::vector<Problem> unreadable{};   ///< Problem::field: the column's name
  };
  std::vector<std::string> header{};
  std::vector<Line> lines{};
  static constexpr std::size_t kMostLines = 100'000;
};
/// The row of names is, among the first twenty, the first that has both "kode" or "nama" and another known column.
/// Problems: a damaged file, none such, too many lines.
Result<PlaceSheet> read_place_sheet(TableReader& file);
/// A file as it was sent, CSV in any encoding or a workbook (its first sheet that is not hidden).
Result<PlaceSheet> read_place_bytes(std::string bytes);

enum class PlaceFate : std::uint8_t { Added, Changed, Same, Refused };

struct PlaceImportFault {
  std::int64_t line = 0;
  std::string column{};  ///< of the file; empty: the row as a whole
  Problem problem{};
};

struct PlaceImportReport {
  std::int64_t rows = 0, added = 0, changed = 0, same = 0, refused = 0;
  std::vector<PlaceImportFault> faults{};                        ///< by line, all of them
  std::vector<PlaceFate> fates{};                                ///< one a line of the sheet
  std::vector<std::pair<std::string, std::string>> ignored{};    ///< columns nobody knows, each with the nearest that is known, or empty
};

/// What the sheet would do. Costs no writing. The scope manages places wherever something changes.
PlaceImportReport check_place_import(Context& context, const Scope& scope, const PlaceSheet& sheet);

/// Does it, some hundred places a transaction, parents first; rows that are refused stay out. When it is stopped half-way, the
/// same file again does the rest. `told` hears how many places are written. Problem: others keep changing places meanwhile.
Result<PlaceImportReport> run_place_import(Context& context, const Scope& scope, const PlaceSheet& sheet,
                                           const std::function<void(std::int64_t)>& told);

/// The sheet as it came, with two more columns: what became of each line and why not.
Table answered_sheet(Lang lang, const PlaceSheet& sheet, const PlaceImportReport& report);

}  // namespace pilar::app
