#pragma once
#include <string>
#include <vector>

#include "base/clock.h"
#include "base/hash.h"
#include "base/result.h"
#include "store/inspect.h"
#include "store/writer.h"

namespace pilar::app {

/// What stands in FILE.json beside a backup.
struct Backup {
  std::string sha256{};  ///< of the file, lower-case hexadecimal
  std::int64_t bytes = 0;
  int schema = 0;
  Instant made_at{};
  std::vector<store::TableRows> rows{};
};

/// Copies a SQLite store to a new file while it is being used, opens the copy and checks it: the file's integrity, and that
/// every audit trail of the copy is the beginning of the store's. Only then the file gets its name, and FILE.json beside it.
/// Problem when the file exists; Fault when the copy is not right.
Result<Backup> make_backup(store::Database& db, const std::string& file, const Clock& clock);

/// The manifest of a backup after everything it says was found true of the file. Problems: no readable manifest, other bytes
/// than were written, a damaged store, a schema this program does not know yet.
Result<Backup> check_backup(const std::string& file);

/// Puts a checked backup in the place of the data folder. What was there is kept, under another name, which is returned (empty:
/// there was nothing). Problems: those of check_backup, a store that is there without `replace`, one that is still open.
Result<std::string> restore_backup(const std::string& file, const std::string& folder, bool replace, const Clock& clock);

/// "20261121-083000" in western Indonesian time, for the names of files.
std::string stamp(Instant at);

/// When the newest backup of the folder was made, by its manifests; empty when there is none.
std::optional<Instant> newest_backup(const std::string& folder);

}  // namespace pilar::app
