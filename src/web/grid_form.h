#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "app/entry.h"
#include "domain/record.h"
#include "http/message.h"
#include "web/entry_read.h"

/// Many records at once as a table: a row is a record, a column an item, a cell what somebody typed or pasted.
namespace pilar::web {

/// One row as it was typed; a row without a single answer is no record.
struct GridRow {
  Uuid id;
  std::string unit{}, at{};  ///< empty: as above the table
  std::vector<std::string> cells{};  ///< one an item of grid_items()
  Problems problems{};               ///< fields: item keys, "unit", "at"
  bool is_blank() const;
};

struct Grid {
  std::string unit{}, at{};  ///< for every row that does not say otherwise
  std::vector<GridRow> rows{};
  bool all_or_nothing = false;
};

/// What can stand in a table: everything that is entered but pictures.
std::vector<const Item*> grid_items(const Instrument& form);
/// As many as one form may have cells, at most 200.
std::size_t most_grid_rows(const Instrument& form);

Grid read_grid(const Instrument& form, const http::Fields& fields);
/// So many rows with nothing in them and ids of their own.
void add_blank_rows(Grid& grid, const Instrument& form, std::size_t count, Instant now);

/// The typed text of a cell as an answer: an option by its words in either language, its key or its code; several separated by
/// semicolons; days and times as people write them; "tidak teramati" and the like where the item allows it.
RawAnswer read_cell(const Item& item, std::string_view text, Zone zone);

/// Judges the row; its problems are kept in it.
Result<app::NewRecord> judge_row(const Visit& visit, const EntryRequest& entry, const Grid& grid, GridRow& row);

}  // namespace pilar::web
