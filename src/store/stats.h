#pragma once
#include <cstdint>
#include <string>
#include <vector>

#include "base/histogram.h"

namespace pilar::store {

/// How often a named statement ran in this process and how long it took, reading its rows included. On PostgreSQL a statement
/// that travels with a later one counts only its sending; the waiting stands with the one that waited.
struct StatementStats {
  std::string name;
  std::uint64_t count = 0;
  std::int64_t micros = 0;
};

/// What a store did since it was opened.
struct StoreStats {
  std::vector<StatementStats> statements{};  ///< by name
  std::uint64_t queued = 0;                  ///< bodies that wait for a writer now
  std::uint64_t batches = 0, bodies = 0;     ///< transactions of the writers, and what they carried
  std::uint64_t failed = 0;                  ///< bodies whose Done held a failure
  Histogram::Counts transactions{};          ///< from the begin of a batch to the end of its commit
  std::int64_t log_bytes = 0;                ///< of SQLite's write-ahead log; 0 on PostgreSQL
};

}  // namespace pilar::store
