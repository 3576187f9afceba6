#pragma once
#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <vector>

#include "base/hash.h"
#include "store/writer.h"

namespace pilar::store {

struct StoredLine {
  std::int64_t seq = 0;  ///< from 1 without a gap
  AuditLine line;
  Hash hash{};
};

/// Where a facility's chain ends. Exported and kept elsewhere, it shows when a tail was cut off.
struct AuditHead {
  FacilityKey facility;
  std::int64_t seq = 0;  ///< 0: no line yet
  Hash hash{};
};

/// Up to `limit` lines after `after`, oldest first.
std::vector<StoredLine> load_audit(Tx& tx, FacilityKey facility, std::int64_t after, std::int64_t limit);
/// Calls `on_line` for lines with a number below `before`, newest first, until it returns false or `limit` were read; returns how
/// many were read.
std::int64_t each_line_before(Tx& tx, FacilityKey facility, std::int64_t before, std::int64_t limit,
                              const std::function<bool(const StoredLine&)>& on_line);
/// The number of the first line at or after this moment, one more than the last where there is none. Looks at a handful of lines:
/// a chain is written in the order of time.
std::int64_t first_line_since(Tx& tx, FacilityKey facility, Instant at);
/// A facility without a head is a Fault.
AuditHead load_audit_head(Tx& tx, FacilityKey facility);
/// Of these, in their order; a facility without a head is a Fault.
std::vector<AuditHead> load_audit_heads(Tx& tx, std::span<const FacilityKey> facilities);
/// Of all facilities, by key.
std::vector<AuditHead> load_audit_heads(Tx& tx);

struct ChainCheck {
  std::int64_t lines = 0;                ///< read from the beginning
  std::optional<std::int64_t> broken{};  ///< number of the first line that is missing or not what was written
};
/// Recomputes the whole chain of a facility, in constant memory. A facility without a head is a Fault.
ChainCheck check_chain(Tx& tx, FacilityKey facility);

std::span<const Sql* const> audit_statements();

}  // namespace pilar::store
