#pragma once
#include <cstdint>
#include <exception>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "base/hash.h"
#include "domain/cell.h"
#include "domain/period_lock.h"
#include "domain/series.h"
#include "store/db.h"
#include "store/stats.h"

namespace pilar::store {

/// One line of a facility's hash-chained audit trail. No personal data: ids, keys and codes only.
struct AuditLine {
  Instant at;
  std::string actor;     ///< "account:12", "token:3", "public", "cli"
  std::string action;    ///< "record.add", "record.correct", ...
  std::string subject;   ///< "record:<uuid>"
  std::string detail{};  ///< JSON object text, or empty
};

/// Series whose cells do not reach back to the beginning: cells of days >= from_day are complete, earlier ones do not exist.
struct Fill {
  SeriesKey series;
  Day from_day;
};

/// What a writing body may touch: one facility, locked until the commit. Everything it does is undone when it throws.
class Write {
 public:
  virtual ~Write() = default;
  virtual Tx& tx() = 0;
  virtual FacilityKey facility() const = 0;
  /// Number of the newest catalogue (instruments and series) this facility's rows were prepared for. A process whose
  /// catalogue is older reloads it inside this transaction before it computes deltas.
  virtual std::int64_t catalogue() const = 0;
  /// Adds to the facility's cells; `sign` -1 takes away. Applied only where the series is filled on that day; merged over
  /// the batch and flushed once, sorted by key. Marks the month dirty; where its day cells have expired, the month cells take it.
  /// Reports of states and yearly targets have cells of their own (report_store.h); a distinct person's mention is noted, and
  /// counted where it becomes the month's earliest (person_store.h).
  virtual void add(Day day, UnitKey unit, std::span<const Delta> deltas, int sign) = 0;
  /// Takes away all day cells, reports and mentions of whole months, those still waiting in the batch included, wherever the series are
  /// filled: the first half of a rebuild. Adding what the records say then leaves exactly that.
  virtual void clear_cells(Period period) = 0;
  /// The first day with day cells; earlier ones have expired.
  virtual Day cells_from() const = 0;
  /// Which months of the facility are locked.
  virtual const PeriodLock& period() const = 0;
  /// Throws the day cells of days before `month` away, for ever. The facility's earlier months must be folded.
  virtual void expire_cells(Month month) = 0;
  /// Moves the day from which a series' cells are complete (empty: from the beginning); add() keeps to it at once.
  virtual void set_fill(SeriesKey series, std::optional<Day> from_day) = 0;
  /// The facility's rows are now prepared for this catalogue.
  virtual void set_catalogue(std::int64_t generation) = 0;
  virtual void audit(const AuditLine& line) = 0;
  /// The number that the next line of audit() gets in the facility's trail; what the body writes before it is numbered so.
  virtual std::int64_t next_line() const = 0;
};

/// May be run more than once (after a conflict, or alone when its batch failed): it must touch nothing but the Write and
/// its own result, which it assigns anew each time.
using Body = std::function<void(Write&)>;
/// Called once, from a writer thread, after the batch is on disk; holds what went wrong, or null.
using Done = std::move_only_function<void(std::exception_ptr)>;

/// Hears how much of a long work is done, 0 to 100.
using OnShare = std::function<void(int percent)>;

struct DatabaseOptions {
  std::string url;                   ///< "sqlite:/path/pilar.db", "sqlite::memory:", or a libpq "postgresql://..." URL
  unsigned readers = 4;              ///< read connections
  unsigned writers = 0;              ///< PostgreSQL writer connections; 0 = 2. SQLite always has one
  std::size_t max_batch = 256;       ///< bodies in one transaction
  bool durable = true;               ///< false only for throw-away data: synchronous off
  bool allow_unsafe_server = false;  ///< start on a PostgreSQL whose fsync or synchronous_commit is off
};

class Database {
 public:
  virtual ~Database() = default;
  virtual Engine engine() const = 0;

  /// Reads one consistent snapshot; never waits for the writer. Nested calls and long jobs are not for this: page by key.
  virtual void read(const std::function<void(Tx&)>& body) = 0;
  /// Queues a body; many bodies share one transaction (group commit), and none suffers from another that throws.
  /// Returns at once.
  virtual void submit(FacilityKey facility, Body body, Done done) = 0;
  /// The same, waiting; rethrows what the body or the commit threw.
  void write(FacilityKey facility, Body body);
  /// One transaction over shared tables (organisation, instruments, accounts), serialised with all other such calls.
  virtual void shared(const std::function<void(Tx&)>& body) = 0;
  /// Prepares the statement without running it; Fault when it is not valid on this engine.
  virtual void check(const Sql& sql) = 0;
  /// Copies the whole store while it is being used (SQLite only; PostgreSQL has its own tools): Fault when it cannot.
  virtual void copy_to(const std::string& path, const OnShare& progress) = 0;
  /// What happened since it was opened; cheap, from any thread.
  virtual StoreStats stats() const = 0;
};

/// Opens without migrating (migrate.h does that). Fault when it cannot, when the schema is newer than this program, or when
/// it is older: then `pilar migrate` is named. "sqlite::memory:" is always new, so it is migrated here.
std::unique_ptr<Database> open(const DatabaseOptions& options, const Clock& clock);

}  // namespace pilar::store
