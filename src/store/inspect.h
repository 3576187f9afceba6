#pragma once
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "base/time.h"
#include "store/connection.h"

/// Questions to a whole store, for `pilar doctor` and for backups. All of them read everything there is: not for pages.
namespace pilar::store {

/// What SQLite finds wrong with its own file, at most ten lines; nothing on PostgreSQL, which has its own tools.
std::vector<std::string> check_integrity(Tx& tx);
/// Rows that point to a row that is not there (SQLite; PostgreSQL does not let it come to that).
std::int64_t count_orphans(Tx& tx);

/// When the newest record arrived; empty without records.
std::optional<Instant> newest_record(Tx& tx);
/// Whether an acknowledged write survives a power cut, as far as the server's settings say. True on SQLite.
bool is_durable(Tx& tx);

/// A SQLite file as it lies there, whatever its schema: what is wrong with it. Fault when it is no store at all.
std::vector<std::string> check_file(const std::string& path);

std::span<const Sql* const> inspect_statements();

}  // namespace pilar::store
