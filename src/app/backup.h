#pragma once
#include <functional>
#include <string>
#include <vector>

#include "base/clock.h"
#include "base/hash.h"
#include "base/result.h"
#include "store/table_sum.h"
#include "store/writer.h"

namespace pilar::app {

/// What stands in FILE.json beside a backup.
struct Backup {
  std::string sha256{};  ///< of the file, lower-case hexadecimal
  std::int64_t bytes = 0;
  int schema = 0;
  Instant made_at{};
  std::vector<store::TableSum> tables{};
};

enum class BackupStep : std::uint8_t { Copy, Check };
/// Hears how far a step of a long work is, 0 to 100.
using OnBackup = std::function<void(BackupStep step, int percent)>;

/// Copies a SQLite store to a new file while it is being used, opens the copy and checks it: the file's integrity, and that
/// every audit trail of the copy is the beginning of the store's. Only then the file gets its name, and FILE.json beside it.
/// Problem when the file exists; Fault when the copy is not right.
Result<Backup> make_backup(store::Database& db, const std::string& file, const Clock& clock, const OnBackup& progress);

/// The manifest of a backup after its bytes were found to be those that were written. The file is only read, so it may lie where
/// nothing can be written. Problems: no readable manifest, other bytes than were written, a schema this program does not know yet.
Result<Backup> check_backup(const std::string& file);

/// Puts a backup in the place of the data folder after everything its manifest says was found true of the copy: its bytes, its
/// integrity, and every table's rows. What was there is kept, under another name, which is returned (empty:
/// there was nothing). Problems: those of check_backup, a store that is there without `replace`, one that is still open.
Result<std::string> restore_backup(const std::string& file, const std::string& folder, bool replace, const Clock& clock,
                                   const OnBackup& progress);

/// "20261121-083000" in western Indonesian time, for the names of files.
std::string stamp(Instant at);

/// When the newest backup of the folder was made, by its manifests; empty when there is none.
std::optional<Instant> newest_backup(const std::string& folder);

}  // namespace pilar::app
