#include "store/table_sum.h"

#include <array>
#include <cstring>
#include <deque>

#include "base/hash.h"
#include "base/text.h"
#include "store/connection.h"
#include "store/transaction.h"

namespace pilar::store {
namespace {

constexpr Sql kTables{"inspect.tables", "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite%' ORDER BY name",
                      "SELECT 'none' WHERE 1 = 0"};
constexpr Sql kColumnNames{"inspect.columns", "SELECT name FROM pragma_table_info($1) ORDER BY cid",
                           "SELECT column_name FROM information_schema.columns WHERE table_name = $1 ORDER BY ordinal_position"};
constexpr const Sql* kTableSumAll[] = {&kTables, &kColumnNames};

/// A table's rows as text. A connection remembers statements by their texts, so these live longer than it.
struct Listing {
  std::string table, name, text;
};

std::string quoted(std::string_view column) { return "quote(\"" + std::string(column) + "\")"; }

std::deque<Listing> listings(Tx& tx) {
  std::deque<Listing> all;
  tx.each(kTables, {}, [&](const Row& row) { all.push_back({std::string(row.text(0)), "", ""}); });
  for (auto& one : all) {
    std::string columns;
    tx.each(kColumnNames, {Param(std::string_view(one.table))},
            [&](const Row& row) { columns += (columns.empty() ? "" : " || ',' || ") + quoted(row.text(0)); });
    one.name = "inspect.rows_of_" + one.table;
    one.text = "SELECT " + columns + " FROM \"" + one.table + "\"";
  }
  return all;
}

using Parts = std::array<std::uint64_t, 4>;
static_assert(sizeof(Parts) == sizeof(Hash));

TableSum sum_of(Tx& tx, const Listing& listing) {
  TableSum out{listing.table, 0, {}};
  Parts sum{};
  tx.each({listing.name.c_str(), listing.text.c_str()}, {}, [&](const Row& row) {
    const auto hash = sha256(row.text(0));
    Parts parts{};
    std::memcpy(parts.data(), hash.data(), hash.size());
    for (std::size_t i = 0; i < parts.size(); ++i) sum[i] += parts[i];
    ++out.rows;
  });
  std::array<std::uint8_t, sizeof sum> bytes{};
  std::memcpy(bytes.data(), sum.data(), bytes.size());
  out.sum = hex(bytes);
  return out;
}

}  // namespace

std::vector<TableSum> sum_tables(const std::string& path, const std::function<void(std::size_t, std::size_t)>& progress) {
  DatabaseOptions options;
  options.url = "sqlite:" + path;
  std::deque<Listing> tables;
  const auto connection = make_driver(options)->connect(Driver::Role::Reader);
  std::vector<TableSum> sums;
  in_snapshot(*connection, [&] {
    tables = listings(*connection);
    for (const auto& one : tables) {
      progress(sums.size(), tables.size());
      sums.push_back(sum_of(*connection, one));
    }
  });
  progress(sums.size(), tables.size());
  return sums;
}

std::span<const Sql* const> table_sum_statements() { return kTableSumAll; }

}  // namespace pilar::store
