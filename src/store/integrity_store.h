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
};
void put_integrity_count(Tx& tx, Month month, const StoredCount& count);
/// Empty where nobody has looked.
std::optional<StoredCount> find_integrity_count(Tx& tx, FacilityKey facility, Month month);
/// Of all facilities, ascending.
std::vector<StoredCount> load_integrity_counts(Tx& tx, Month month);

std::span<const Sql* const> integrity_statements();

}  // namespace pilar::store
