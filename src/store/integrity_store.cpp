#include "store/integrity_store.h"

#include <array>

#include "store/key_list.h"

namespace pilar::store {
namespace {

constexpr Sql kIntegrityChecks{"integrity_check.of_month",
                               "SELECT sign, at, actor, reason FROM integrity_check WHERE facility = $1 AND month = $2 ORDER BY sign"};
constexpr Sql kPutIntegrityCheck{"integrity_check.put",
                                 "INSERT INTO integrity_check (facility, month, sign, at, actor, reason) VALUES ($1, $2, $3, $4, $5, $6) "
                                 "ON CONFLICT (facility, month, sign) DO UPDATE SET at = excluded.at, actor = excluded.actor, "
                                 "reason = excluded.reason"};
constexpr Sql kPutIntegrityCount{"integrity_count.put",
                                 "INSERT INTO integrity_count (facility, month, as_of, high, middle, low, looked) "
                                 "VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (facility, month) DO UPDATE SET "
                                 "as_of = excluded.as_of, high = excluded.high, middle = excluded.middle, low = excluded.low, "
                                 "looked = excluded.looked"};
constexpr Sql kIntegrityCounts{"integrity_count.of_month",
                               "SELECT facility, as_of, high, middle, low, looked, changed_at FROM integrity_count WHERE month = $1 "
                               "AND facility >= $2 AND facility <= $3 ORDER BY facility"};
constexpr Sql kIntegrityCount{
    "integrity_count.of_facility",
    "SELECT facility, as_of, high, middle, low, looked, changed_at FROM integrity_count WHERE facility = $1 AND month = $2"};
constexpr Sql kIntegrityWaiting{
    "integrity_count.waiting", "SELECT facility, high FROM integrity_count WHERE month = $1 AND high + middle + low > 0 ORDER BY facility"};
constexpr Sql kIntegrityChanged{
    "integrity_count.changed",
    "UPDATE integrity_count SET changed_at = $1 WHERE month = $2 AND facility IN (SELECT value FROM json_each($3))",
    "UPDATE integrity_count SET changed_at = $1 WHERE month = $2 "
    "AND facility = ANY (ARRAY(SELECT value::int FROM json_array_elements_text($3::text::json)))"};

constexpr std::array kIntegrityAll{&kIntegrityChecks, &kPutIntegrityCheck, &kPutIntegrityCount, &kIntegrityCounts,
                                   &kIntegrityCount,  &kIntegrityWaiting,  &kIntegrityChanged};

StoredCount count_in(const Row& row) {
  return {row.key<FacilityKey>(0), Instant{row.i64(1)}, row.i32(2), row.i32(3), row.i32(4), row.i32(5), Instant{row.i64(6)}};
}

}  // namespace

std::map<std::string, StoredCheck, std::less<>> load_integrity_checks(Tx& tx, FacilityKey facility, Month month) {
  std::map<std::string, StoredCheck, std::less<>> checks;
  tx.each(kIntegrityChecks, {param(facility), param(month.value)}, [&](const Row& row) {
    checks.emplace(std::string(row.text(0)), StoredCheck{Instant{row.i64(1)}, std::string(row.text(2)), std::string(row.text(3))});
  });
  return checks;
}

void put_integrity_check(Tx& tx, FacilityKey facility, Month month, const std::string& sign, const StoredCheck& check) {
  tx.run(kPutIntegrityCheck, {param(facility), param(month.value), Param(std::string_view(sign)), param(check.at.micros),
                              Param(std::string_view(check.actor)), Param(std::string_view(check.reason))});
}

void put_integrity_count(Tx& tx, Month month, const StoredCount& count) {
  tx.run(kPutIntegrityCount, {param(count.facility), param(month.value), param(count.as_of.micros), param(count.high), param(count.middle),
                              param(count.low), param(count.looked)});
}

std::vector<StoredCount> load_integrity_counts(Tx& tx, Month month, FacilityKey first, FacilityKey last) {
  std::vector<StoredCount> counts;
  tx.each(kIntegrityCounts, {param(month.value), param(first), param(last)}, [&](const Row& row) { counts.push_back(count_in(row)); });
  return counts;
}

std::optional<StoredCount> find_integrity_count(Tx& tx, FacilityKey facility, Month month) {
  std::optional<StoredCount> count;
  tx.each(kIntegrityCount, {param(facility), param(month.value)}, [&](const Row& row) { count = count_in(row); });
  return count;
}

std::vector<WaitingCount> load_waiting_counts(Tx& tx, Month month) {
  std::vector<WaitingCount> counts;
  tx.each(kIntegrityWaiting, {param(month.value)}, [&](const Row& row) { counts.push_back({row.key<FacilityKey>(0), row.i32(1)}); });
  return counts;
}

void mark_counts_changed(Tx& tx, std::span<const FacilityKey> facilities, Month month, Instant at) {
  const auto list = json_list(facilities);
  tx.run(kIntegrityChanged, {param(at.micros), param(month.value), Param(std::string_view(list))});
}

std::span<const Sql* const> integrity_statements() { return kIntegrityAll; }

}  // namespace pilar::store
