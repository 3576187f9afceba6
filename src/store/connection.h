#pragma once
#include <memory>
#include <string>

#include "store/db.h"
#include "store/writer.h"

namespace pilar::store {

/// One connection of an engine, used by one thread at a time: all that a driver must be able to do. Transactions are
/// ordinary statements (transaction.h).
class Connection : public Tx {
 public:
  /// Prepares without running.
  virtual void check(const Sql& sql) = 0;
  /// True when the server went away; what was not committed is gone.
  virtual bool is_lost() const { return false; }
  /// Connects again where needed. Fault, retryable, when it cannot.
  virtual void restore() {}
  /// Ends a transaction that only read. Nobody waits for the answer.
  virtual void end_read();
  /// Housekeeping between transactions, after the writers were answered.
  virtual void maintain() {}
};

/// What tells the engines apart before a connection exists.
class Driver {
 public:
  enum class Role : std::uint8_t { Reader, Writer, Migrator };
  virtual ~Driver() = default;
  virtual Engine engine() const = 0;
  virtual std::unique_ptr<Connection> connect(Role role) = 0;
  virtual void copy_to(const std::string& path, const OnShare& progress) = 0;
  /// Bytes of the write-ahead log; 0 where the engine keeps its own watch.
  virtual std::int64_t log_bytes() const { return 0; }
};

std::unique_ptr<Driver> make_sqlite_driver(const DatabaseOptions& options);
std::unique_ptr<Driver> make_postgres_driver(const DatabaseOptions& options);
/// By the beginning of the URL; Fault when no engine knows it.
std::unique_ptr<Driver> make_driver(const DatabaseOptions& options);

}  // namespace pilar::store
