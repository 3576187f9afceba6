#pragma once
#include <cstdint>
#include <vector>

#include "base/hash.h"
#include "domain/cell.h"
#include "store/connection.h"

namespace pilar::store {

struct CellDelta {
  CellKey key;
  Cell cell;
};

/// Sorts by key and merges what has the same key; what cancels out is left away.
void merge(std::vector<CellDelta>& deltas);

/// The bodies of one open transaction. Bodies of a facility must come together, facilities in ascending order: that is the
/// order of the locks. What bodies add waits in memory until flush(), and a body that throws leaves nothing in it.
class Batch {
 public:
  explicit Batch(Connection& connection) : connection_(connection) {}
  /// Runs a body in a savepoint of its own. What it throws comes out after it was undone; when undoing is impossible the
  /// transaction is lost, and undo_failed() says so.
  void run(FacilityKey facility, const Body& body);
  bool undo_failed() const { return undo_failed_; }
  /// Writes cells, month marks, audit lines and heads.
  void flush();

 private:
  /// A facility's head row as the batch leaves it.
  struct Head {
    FacilityKey facility;
    std::int64_t audit_seq = 0, catalogue = 0;
    Hash audit_hash{};
    std::vector<Fill> fills{};  ///< by series
    bool changed = false;
  };
  struct Line {
    std::size_t head;
    AuditLine line;
  };
  class BodyWrite;

  Head& lock(FacilityKey facility);
  void clear_cells(FacilityKey facility, Period period);
  void flush_lines();
  void flush_heads();

  Connection& connection_;
  std::vector<Head> heads_;
  std::vector<CellDelta> cells_;
  std::vector<Line> lines_;
  bool undo_failed_ = false;
};

std::span<const Sql* const> batch_statements();
std::span<const Sql* const> cell_add_statements();

}  // namespace pilar::store
