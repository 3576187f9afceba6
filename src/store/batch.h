#pragma once
#include <cstdint>
#include <vector>

#include "domain/cell.h"
#include "domain/person.h"
#include "store/connection.h"
#include "store/facility_head.h"

namespace pilar::store {

/// Sorts by key and merges what has the same key; what cancels out is left away.
void merge(std::vector<CellDelta>& deltas);

/// The bodies of one open transaction. What bodies add waits in memory until flush().
class Batch {
 public:
  /// Locks the facilities, which must ascend: that is the order of the locks in every process.
  Batch(Connection& connection, std::span<const FacilityKey> facilities);
  /// Runs a body. When it throws, the whole transaction must be rolled back.
  void run(FacilityKey facility, const Body& body);
  /// Runs a body in a savepoint of its own. What it throws comes out after it was undone; when undoing is impossible the
  /// transaction is lost, and undo_failed() says so.
  void run_undoable(FacilityKey facility, const Body& body);
  bool undo_failed() const { return undo_failed_; }
  /// Writes cells, month marks, audit lines and heads.
  void flush();

 private:
  /// A facility's head row as the batch leaves it.
  struct Head {
    FacilityHead row;
    std::vector<Fill> fills{};  ///< by series
    bool changed = false;
    std::int64_t waiting = 0;  ///< audit lines not written yet
  };
  struct Line {
    std::size_t head;
    AuditLine line;
  };
  class BodyWrite;

  std::size_t head_of(FacilityKey facility) const;
  void clear_cells(FacilityKey facility, Period period);
  void flush_mentions();
  void flush_cells();
  void flush_lines();
  void flush_heads();

  Connection& connection_;
  std::vector<Head> heads_;  ///< by facility
  std::vector<CellDelta> cells_;
  std::vector<CellDelta> reports_;  ///< of states and yearly targets
  std::vector<Mention> mentions_;
  std::vector<Line> lines_;
  bool undo_failed_ = false;
};

std::span<const Sql* const> batch_statements();
std::span<const Sql* const> cell_add_statements();

}  // namespace pilar::store
