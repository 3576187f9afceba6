#pragma once
#include <map>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "base/id.h"
#include "base/time.h"
#include "store/db.h"

namespace pilar::store {

/// What somebody said after looking into a sign.
struct StoredCheck {
  Instant at;
  std::string actor, reason;
};
/// By the name of the sign.
std::map<std::string, StoredCheck, std::less<>> load_integrity_checks(Tx& tx, FacilityKey facility, Month month);
/// The last word counts.
void put_integrity_check(Tx& tx, FacilityKey facility, Month month, const std::string& sign, const StoredCheck& check);

/// How many signs a facility had in a month when it was last looked at.
struct StoredCount {
  FacilityKey facility;
  Instant as_of;
  std::int32_t high = 0, middle = 0, low = 0, looked = 0;
  Instant changed_at{};  ///< when the month's data last changed since the first count; kept by mark_counts_changed() alone
  /// Whether the data changed while they were looked at, or after.
  bool is_old() const { return as_of <= changed_at; }
};
void put_integrity_count(Tx& tx, Month month, const StoredCount& count);
/// Empty where nobody has looked.
std::optional<StoredCount> find_integrity_count(Tx& tx, FacilityKey facility, Month month);
/// Of the facilities from `first` to `last`, ascending.
std::vector<StoredCount> load_integrity_counts(Tx& tx, Month month, FacilityKey first, FacilityKey last);

/// A facility with signs of the month that nobody has looked into.
struct WaitingCount {
  FacilityKey facility;
  std::int32_t high = 0;  ///< how many of them are high
};
/// Of all facilities, ascending.
std::vector<WaitingCount> load_waiting_counts(Tx& tx, Month month);

/// What was counted of the month at these facilities may be otherwise now.
void mark_counts_changed(Tx& tx, std::span<const FacilityKey> facilities, Month month, Instant at);

std::span<const Sql* const> integrity_statements();

}  // namespace pilar::store
