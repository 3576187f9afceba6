#pragma once
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "interchange/table.h"

// The parts of a workbook beside its sheets (ECMA-376, transitional); xlsx_writer.cpp alone includes it.
namespace pilar::xlsx {

inline constexpr std::string_view kHead = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";
inline constexpr std::string_view kMain = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";

/// Positions among the cell formats; behind them one for each column of the table.
inline constexpr std::size_t kPlain = 0, kBold = 1, kHeading = 2, kFirstColumnStyle = 3;

struct Sheet {
  std::string name;
  std::int64_t heading_row = 1, last_row = 1;  ///< counted from 1
};

/// As content of an element; control characters as _x0001_.
void append_text(std::string& out, std::string_view text);
/// The rows with their heading: "A4:K20"; `mark` stands before each part ("$").
std::string filtered(const Sheet& sheet, const std::string& last_column, const std::string& mark);

std::string styles(const Table& table);
/// `last_column` is empty where the table has none.
std::string workbook(const std::vector<Sheet>& sheets, const std::string& last_column);
std::string relations(std::size_t sheets);
std::string package_relations();
std::string content_types(std::size_t sheets);

}  // namespace pilar::xlsx
