#pragma once
#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "store/db.h"

namespace pilar::store {

/// What a table holds, in 32 bytes: the SHA-256 of every row's columns as SQL literals, added up as four 64-bit numbers without
/// regard to overflow, so that the order of the rows does not matter. It shows damage and forgotten rows, not a skilled forger.
struct TableSum {
  std::string table;
  std::int64_t rows = 0;
  std::string sum{};  ///< lower-case hexadecimal
  bool operator==(const TableSum&) const = default;
};

/// Of every table of a SQLite file, by name; `progress` hears how many of how many tables are done. Reads everything there is.
/// Fault when the file is no store or cannot be read to its end.
std::vector<TableSum> sum_tables(const std::string& path, const std::function<void(std::size_t done, std::size_t all)>& progress);

std::span<const Sql* const> table_sum_statements();

}  // namespace pilar::store
