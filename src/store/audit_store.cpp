#include "store/audit_store.h"

#include <algorithm>
#include <string>

#include "store/audit_chain.h"

namespace pilar::store {
namespace {

constexpr Sql kAuditPage{"audit_line.page",
                         "SELECT seq, at, actor, action, subject, detail, hash FROM audit_line "
                         "WHERE facility = $1 AND seq > $2 ORDER BY seq LIMIT $3"};
constexpr Sql kAuditBefore{"audit_line.before",
                           "SELECT seq, at, actor, action, subject, detail, hash FROM audit_line "
                           "WHERE facility = $1 AND seq < $2 ORDER BY seq DESC LIMIT $3"};
constexpr Sql kAuditAt{"audit_line.at", "SELECT at FROM audit_line WHERE facility = $1 AND seq = $2"};
constexpr Sql kAuditOfFacility{"audit_line.of_facility",
                               "SELECT seq, at, actor, action, subject, detail, hash FROM audit_line WHERE facility = $1 ORDER BY seq"};
constexpr Sql kAuditHeads{"facility_head.all", "SELECT facility, audit_seq, audit_hash FROM facility_head ORDER BY facility"};
constexpr Sql kAuditHead{"facility_head.find", "SELECT facility, audit_seq, audit_hash FROM facility_head WHERE facility = $1"};

constexpr const Sql* kAuditAll[] = {&kAuditPage, &kAuditBefore, &kAuditAt, &kAuditOfFacility, &kAuditHeads, &kAuditHead};

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

std::int64_t each_line_before(Tx& tx, FacilityKey facility, std::int64_t before, std::int64_t limit,
                              const std::function<bool(const StoredLine&)>& on_line) {
  constexpr std::int64_t kStep = 200;
  std::int64_t read = 0;
  for (bool goes_on = true; goes_on && read < limit;) {
    std::vector<StoredLine> lines;
    tx.each(kAuditBefore, {param(facility), param(before), param(std::min(kStep, limit - read))},
            [&](const Row& row) { lines.push_back(line_of(row)); });
    if (lines.empty()) break;
    before = lines.back().seq;
    for (auto line = lines.begin(); line != lines.end() && goes_on; ++line, ++read) goes_on = on_line(*line);
  }
  return read;
}

std::int64_t first_line_since(Tx& tx, FacilityKey facility, Instant at) {
  std::int64_t low = 1, high = load_audit_head(tx, facility).seq + 1;
  while (low < high) {
    const auto middle = low + (high - low) / 2;
    Instant there{INT64_MIN};
    tx.each(kAuditAt, {param(facility), param(middle)}, [&](const Row& row) { there = Instant{row.i64(0)}; });
    (there < at ? low : high) = there < at ? middle + 1 : middle;
  }
  return low;
}

AuditHead load_audit_head(Tx& tx, FacilityKey facility) {
  std::optional<AuditHead> head;
  tx.each(kAuditHead, {param(facility)}, [&](const Row& row) { head = head_of(row); });
  if (!head) throw Fault("read the audit trail", "unknown facility " + std::to_string(facility.value));
  return *head;
}

std::vector<AuditHead> load_audit_heads(Tx& tx, std::span<const FacilityKey> facilities) {
  std::vector<std::int64_t> keys;
  for (const auto facility : facilities) keys.push_back(facility.value);
  std::vector<AuditHead> heads(keys.size());
  tx.each_key(kAuditHead, keys, [&](std::size_t place, const Row& row) { heads[place] = head_of(row); });
  for (std::size_t i = 0; i < heads.size(); ++i)
    if (heads[i].facility != facilities[i]) throw Fault("read the audit trail", "unknown facility " + std::to_string(keys[i]));
  return heads;
}

std::vector<AuditHead> load_audit_heads(Tx& tx) {
  std::vector<AuditHead> heads;
  tx.each(kAuditHeads, {}, [&](const Row& row) { heads.push_back(head_of(row)); });
  return heads;
}

ChainCheck check_chain(Tx& tx, FacilityKey facility) {
  const auto head = load_audit_head(tx, facility);
  ChainCheck check;
  Hash hash{};
  tx.each(kAuditOfFacility, {param(facility)}, [&](const Row& row) {
    const auto stored = line_of(row);
    hash = chain(hash, facility, ++check.lines, stored.line);
    if (!check.broken && (stored.seq != check.lines || stored.hash != hash)) check.broken = check.lines;
  });
  if (!check.broken && (head.seq != check.lines || head.hash != hash)) check.broken = std::min(head.seq, check.lines) + 1;
  return check;
}

std::span<const Sql* const> audit_statements() { return kAuditAll; }

}  // namespace pilar::store
