#pragma once
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/hash.h"
#include "store/db.h"

namespace pilar::store {

struct NewPhoto {
  Hash hash{};
  int width = 0, height = 0;
  std::string_view content{}, small{};  ///< borrowed
};

/// False where the facility has it already; then it counts as having come in now.
bool insert_photo(Tx& tx, FacilityKey facility, const NewPhoto& photo, Instant now);
bool has_photo(Tx& tx, FacilityKey facility, const Hash& hash);
/// A record names it: staff may see it from that day on, or from an earlier one that was set before.
void use_photo(Tx& tx, FacilityKey facility, const Hash& hash, Day opens);

struct StoredPhoto {
  std::optional<Day> opens{};  ///< empty: no record names it
  std::string bytes{};
};
std::optional<StoredPhoto> find_photo(Tx& tx, FacilityKey facility, const Hash& hash);
std::optional<StoredPhoto> find_small_photo(Tx& tx, FacilityKey facility, const Hash& hash);

/// Facilities with pictures that came in before then and that no record names; at most `limit`.
std::vector<FacilityKey> load_facilities_with_unused_photos(Tx& tx, Instant before, std::int64_t limit);
/// Those of one facility.
std::vector<Hash> load_unused_photos(Tx& tx, FacilityKey facility, Instant before);
/// It counts as having come in now.
void touch_photo(Tx& tx, FacilityKey facility, const Hash& hash, Instant now);
void delete_photo(Tx& tx, FacilityKey facility, const Hash& hash);

/// Every picture of the facility, one at a time; the bytes are valid inside the call only.
void each_photo(Tx& tx, FacilityKey facility, const std::function<void(const Hash&, std::string_view content)>& visit);

std::span<const Sql* const> photo_statements();

}  // namespace pilar::store
