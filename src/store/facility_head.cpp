#include "store/facility_head.h"

#include <algorithm>

#include "store/audit_chain.h"

namespace pilar::store {
namespace {

constexpr Sql kHeadLock{"facility_head.lock",
                        "SELECT audit_seq, audit_hash, catalogue, cells_from, locked_until, opened_from, opened_until FROM facility_head "
                        "WHERE facility = $1",
                        "SELECT audit_seq, audit_hash, catalogue, cells_from, locked_until, opened_from, opened_until FROM facility_head "
                        "WHERE facility = $1 FOR UPDATE"};
constexpr Sql kHeadPeriod{"facility_head.period", "SELECT locked_until, opened_from, opened_until FROM facility_head WHERE facility = $1"};
constexpr Sql kHeadSetPeriod{"facility_head.set_period",
                             "UPDATE facility_head SET locked_until = $2, opened_from = $3, opened_until = $4 WHERE facility = $1"};
constexpr Sql kHeadUpdate{"facility_head.update",
                          "UPDATE facility_head SET audit_seq = $2, audit_hash = $3, catalogue = $4 WHERE facility = $1"};
constexpr Sql kAuditInsert{"audit_line.insert",
                           "INSERT INTO audit_line (facility, seq, at, actor, action, subject, detail, hash) "
                           "VALUES ($1, $2, $3, $4, $5, $6, $7, $8)"};

constexpr const Sql* kHeadAll[] = {&kHeadLock, &kHeadPeriod, &kHeadSetPeriod, &kHeadUpdate, &kAuditInsert};

PeriodLock period_at(const Row& row, int column) { return {{row.i32(column)}, {row.i32(column + 1)}, {row.i64(column + 2)}}; }

}  // namespace

std::vector<FacilityHead> lock_heads(Tx& tx, std::span<const FacilityKey> facilities) {
  std::vector<FacilityHead> heads;
  std::vector<std::int64_t> keys;
  for (const auto facility : facilities) {
    require(heads.empty() || heads.back().facility < facility, "facilities are locked in ascending order");
    heads.push_back({.facility = facility});
    keys.push_back(facility.value);
  }
  tx.each_key(kHeadLock, keys, [&](std::size_t place, const Row& row) {
    auto& head = heads[place];
    head.found = true;
    head.audit_seq = row.i64(0);
    require(row.blob(1).size() == head.audit_hash.size(), "an audit hash has 32 bytes");
    std::copy_n(row.blob(1).begin(), head.audit_hash.size(), head.audit_hash.begin());
    head.catalogue = row.i64(2);
    head.cells_from = {row.i32(3)};
    head.period = period_at(row, 4);
  });
  return heads;
}

void throw_unknown(FacilityKey facility) { throw Fault("write", "unknown facility " + std::to_string(facility.value)); }

FacilityHead lock_head(Tx& tx, FacilityKey facility) {
  const auto head = lock_heads(tx, {&facility, 1}).front();
  if (!head.found) throw_unknown(facility);
  return head;
}

void append_line(Tx& tx, FacilityHead& head, const AuditLine& line) {
  head.audit_hash = chain(head.audit_hash, head.facility, ++head.audit_seq, line);
  tx.later(kAuditInsert,
           {param(head.facility), param(head.audit_seq), param(line.at.micros), std::string_view(line.actor), std::string_view(line.action),
            std::string_view(line.subject), std::string_view(line.detail), Blob(head.audit_hash)});
}

void update_head(Tx& tx, const FacilityHead& head) {
  tx.later(kHeadUpdate, {param(head.facility), param(head.audit_seq), Blob(head.audit_hash), param(head.catalogue)});
}

void append_audit(Tx& tx, FacilityKey facility, const AuditLine& line) {
  auto head = lock_head(tx, facility);
  append_line(tx, head, line);
  update_head(tx, head);
}

PeriodLock load_period_lock(Tx& tx, FacilityKey facility) {
  PeriodLock period;
  tx.each(kHeadPeriod, {param(facility)}, [&](const Row& row) { period = period_at(row, 0); });
  return period;
}

void set_period_lock(Tx& tx, FacilityKey facility, const PeriodLock& period) {
  tx.run(kHeadSetPeriod, {param(facility), param(period.until.value), param(period.opened_from.value), param(period.opened_until.micros)});
}

std::span<const Sql* const> facility_head_statements() { return kHeadAll; }

}  // namespace pilar::store
