#include "store/audit_store.h"

#include <algorithm>
#include <string>

#include "store/audit_chain.h"

namespace pilar::store {
namespace {

constexpr Sql kAuditPage{"audit_line.page",
                         "SELECT seq, at, actor, action, subject, detail, hash FROM audit_line "
                         "WHERE facility = $1 AND seq > $2 ORDER BY seq LIMIT $3"};
constexpr Sql kAuditOfFacility{"audit_line.of_facility",
                               "SELECT seq, at, actor, action, subject, detail, hash FROM audit_line WHERE facility = $1 ORDER BY seq"};
constexpr Sql kAuditHeads{"facility_head.all", "SELECT facility, audit_seq, audit_hash FROM facility_head ORDER BY facility"};
constexpr Sql kAuditHead{"facility_head.find", "SELECT facility, audit_seq, audit_hash FROM facility_head WHERE facility = $1"};

constexpr const Sql* kAuditAll[] = {&kAuditPage, &kAuditOfFacility, &kAuditHeads, &kAuditHead};

/// A stored hash of another length cannot be ours: it reads as one that matches nothing.
Hash chain_hash_of(Blob blob) {
  Hash out;
  out.fill(0xFF);
  if (blob.size() == out.size()) std::ranges::copy(blob, out.begin());
  return out;
}

StoredLine line_of(const Row& row) {
  AuditLine line{Instant{row.i64(1)}, std::string(row.text(2)), std::string(row.text(3)), std::string(row.text(4)),
                 std::string(row.text(5))};
  return {row.i64(0), std::move(line), chain_hash_of(row.blob(6))};
}

AuditHead head_of(const Row& row) { return {row.key<FacilityKey>(0), row.i64(1), chain_hash_of(row.blob(2))}; }

}  // namespace

std::vector<StoredLine> load_audit(Tx& tx, FacilityKey facility, std::int64_t after, std::int64_t limit) {
  std::vector<StoredLine> lines;
  tx.each(kAuditPage, {param(facility), param(after), param(limit)}, [&](const Row& row) { lines.push_back(line_of(row)); });
  return lines;
}

std::vector<AuditHead> load_audit_heads(Tx& tx) {
  std::vector<AuditHead> heads;
  tx.each(kAuditHeads, {}, [&](const Row& row) { heads.push_back(head_of(row)); });
  return heads;
}

ChainCheck check_chain(Tx& tx, FacilityKey facility) {
  std::optional<AuditHead> head;
  tx.each(kAuditHead, {param(facility)}, [&](const Row& row) { head = head_of(row); });
  if (!head) throw Fault("check the audit trail", "unknown facility " + std::to_string(facility.value));
  ChainCheck check;
  Hash hash{};
  tx.each(kAuditOfFacility, {param(facility)}, [&](const Row& row) {
    const auto stored = line_of(row);
    hash = chain(hash, facility, ++check.lines, stored.line);
    if (!check.broken && (stored.seq != check.lines || stored.hash != hash)) check.broken = check.lines;
  });
  if (!check.broken && (head->seq != check.lines || head->hash != hash)) check.broken = std::min(head->seq, check.lines) + 1;
  return check;
}

std::span<const Sql* const> audit_statements() { return kAuditAll; }

}  // namespace pilar::store
