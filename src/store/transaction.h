#pragma once
#include <span>

#include "store/connection.h"

namespace pilar::store {

inline constexpr Sql kTxBeginRead{"tx.begin_read", "BEGIN", "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"};
inline constexpr Sql kTxBeginWrite{"tx.begin_write", "BEGIN IMMEDIATE", "BEGIN ISOLATION LEVEL READ COMMITTED"};
inline constexpr Sql kTxCommit{"tx.commit", "COMMIT"};
inline constexpr Sql kTxRollback{"tx.rollback", "ROLLBACK"};
inline constexpr Sql kTxSavepoint{"tx.savepoint", "SAVEPOINT body"};
inline constexpr Sql kTxRelease{"tx.release", "RELEASE SAVEPOINT body"};
inline constexpr Sql kTxUndo{"tx.undo", "ROLLBACK TO SAVEPOINT body"};
/// Serialises changes of shared tables over all processes; SQLite's one writer needs nothing.
inline constexpr Sql kTxSharedLock{"tx.shared_lock", "SELECT 1", "SELECT pg_advisory_xact_lock(7020001)"};

std::span<const Sql* const> transaction_statements();

/// Undoes what is open, without complaint: after an error the engine may have done so already.
void rollback_quietly(Connection& connection) noexcept;

/// Runs `body` in a transaction; rolls back and rethrows when it throws.
template <class F>
void in_transaction(Connection& connection, F&& body) {
  connection.run(kTxBeginWrite, {});
  try {
    body();
    connection.run(kTxCommit, {});
  } catch (...) {
    rollback_quietly(connection);
    throw;
  }
}

/// The same for one that only reads: all of `body` sees the same moment.
template <class F>
void in_snapshot(Connection& connection, F&& body) {
  connection.later(kTxBeginRead, {});
  try {
    body();
    connection.end_read();
  } catch (...) {
    rollback_quietly(connection);
    throw;
  }
}

}  // namespace pilar::store
