#pragma once
#include <cstdint>
#include <span>
#include <vector>

#include "base/hash.h"
#include "domain/period_lock.h"
#include "store/writer.h"

namespace pilar::store {

/// The one row that every write to an owner's data locks (docs/decisions/0005-one-lock-per-facility.md): where its audit chain
/// ends, the catalogue its rows are prepared for, and from when it has day cells.
struct FacilityHead {
  FacilityKey facility;
  bool found = false;
  std::int64_t audit_seq = 0, catalogue = 0;
  Day cells_from{};  ///< the first day with day cells
  PeriodLock period{};
  Hash audit_hash{};
};

/// Locks it until the transaction ends. Fault when there is no such facility.
FacilityHead lock_head(Tx& tx, FacilityKey facility);
/// Locks many, which must ascend: that is the order of the locks in every process. What is not there is not found.
std::vector<FacilityHead> lock_heads(Tx& tx, std::span<const FacilityKey> facilities);
[[noreturn]] void throw_unknown(FacilityKey facility);
/// Writes the line and moves the head on; update_head() then makes it last.
void append_line(Tx& tx, FacilityHead& head, const AuditLine& line);
void update_head(Tx& tx, const FacilityHead& head);

/// One line of the facility's audit trail from a transaction over shared tables, where no Write stands.
void append_audit(Tx& tx, FacilityKey facility, const AuditLine& line);

/// The lock on its months, without waiting for who writes there; open where there is no such facility.
PeriodLock load_period_lock(Tx& tx, FacilityKey facility);
/// Under the lock of the head, which append_audit() or lock_head() takes.
void set_period_lock(Tx& tx, FacilityKey facility, const PeriodLock& period);

std::span<const Sql* const> facility_head_statements();

}  // namespace pilar::store
