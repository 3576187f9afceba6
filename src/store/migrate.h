#pragma once
#include <string>
#include <vector>

#include "base/clock.h"
#include "base/hash.h"
#include "store/connection.h"

namespace pilar::store {

/// One step of the schema, from the built-in file migrations/NNNN_name.sql.
struct Migration {
  int number = 0;
  std::string name;  ///< "0001_core"
  std::string text;  ///< with marks
  Hash checksum{};   ///< of the text with marks, so that it is the same on both engines
};

/// All steps this program knows, by number. A store runs those it has not run yet, whatever came after them.
const std::vector<Migration>& migrations();
/// The text for one engine. An unknown mark is a Bug.
std::string expand_marks(const std::string& text, Engine engine);

struct SchemaState {
  int current = 0;      ///< how many steps the store has run; 0 = empty
  int known = 0;        ///< how many this program knows
  bool newer = false;   ///< the store has run a step this program does not know
  bool is_newer() const { return newer; }
};

/// Fault when a step was changed after it had run, or when the store cannot be reached.
SchemaState schema_state(const DatabaseOptions& options);
/// The same as a transaction of an open store sees it.
SchemaState schema_state(Tx& tx);
/// What migrate() would run, without changing anything; a store that does not exist needs everything.
std::vector<Migration> plan(const DatabaseOptions& options);
/// Brings the schema up to date, making the SQLite file where there is none; every step is a transaction. Two processes may
/// try at once: one waits and finds nothing left to do. Returns the steps that ran. Fault when the schema is newer.
std::vector<Migration> migrate(const DatabaseOptions& options, const Clock& clock);

std::vector<Migration> migrate(Driver& driver, const Clock& clock);
/// Fault when the schema is not this program's.
void require_current_schema(Driver& driver);

std::span<const Sql* const> migrate_statements();

}  // namespace pilar::store
