#pragma once
#include <cstdint>
#include <string>

#include "base/hash.h"
#include "base/id.h"
#include "store/writer.h"

namespace pilar::store {

/// The bytes of a line that are hashed: a row of netstrings ("<length in bytes>:<bytes>,"), first "pilar-audit-1", then
/// facility, sequence number, instant in microseconds (decimal), actor, action, subject, detail. docs/audit-format.md.
std::string canonical_line(FacilityKey facility, std::int64_t seq, const AuditLine& line);

/// SHA-256 of the hash before it (32 bytes; zeros before the first line) followed by the canonical line.
Hash chain(const Hash& before, FacilityKey facility, std::int64_t seq, const AuditLine& line);

}  // namespace pilar::store
