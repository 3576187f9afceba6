#include "store/photo_store.h"

#include <algorithm>
#include <array>

#include "base/result.h"

namespace pilar::store {
namespace {

constexpr Sql kPhotoInsert{
    "photo.insert",
    "INSERT INTO photo (facility, hash, received_at, width, height, content, small) VALUES ($1, $2, $3, $4, $5, $6, $7) "
    "ON CONFLICT (facility, hash) DO NOTHING"};
constexpr Sql kPhotoTouch{"photo.touch", "UPDATE photo SET received_at = $3 WHERE facility = $1 AND hash = $2"};
constexpr Sql kPhotoHas{"photo.has", "SELECT 1 FROM photo WHERE facility = $1 AND hash = $2"};
constexpr Sql kPhotoUse{"photo.use", "UPDATE photo SET opens = $3 WHERE facility = $1 AND hash = $2 AND (opens IS NULL OR opens > $3)"};
constexpr Sql kPhotoFind{"photo.find", "SELECT opens, content FROM photo WHERE facility = $1 AND hash = $2"};
constexpr Sql kPhotoFindSmall{"photo.find_small", "SELECT opens, small FROM photo WHERE facility = $1 AND hash = $2"};
constexpr Sql kPhotoUnused{"photo.facilities_with_unused",
                           "SELECT DISTINCT facility FROM photo WHERE opens IS NULL AND received_at < $1 LIMIT $2"};
constexpr Sql kPhotoUnusedOf{"photo.unused_of_facility",
                             "SELECT hash FROM photo WHERE facility = $1 AND opens IS NULL AND received_at < $2 ORDER BY hash"};
constexpr Sql kPhotoDelete{"photo.delete", "DELETE FROM photo WHERE facility = $1 AND hash = $2"};
constexpr Sql kPhotoEach{"photo.each", "SELECT hash, content FROM photo WHERE facility = $1"};

constexpr std::array kPhotoAll{&kPhotoInsert,    &kPhotoTouch,  &kPhotoHas,      &kPhotoUse,    &kPhotoFind,
                               &kPhotoFindSmall, &kPhotoUnused, &kPhotoUnusedOf, &kPhotoDelete, &kPhotoEach};

Hash hash_in(const Row& row, int column) {
  Hash hash{};
  require(row.blob(column).size() == hash.size(), "a picture's key is a hash");
  std::ranges::copy(row.blob(column), hash.begin());
  return hash;
}

Blob blob_of(std::string_view text) { return {reinterpret_cast<const std::uint8_t*>(text.data()), text.size()}; }

std::optional<StoredPhoto> found(Tx& tx, const Sql& sql, FacilityKey facility, const Hash& hash) {
  std::optional<StoredPhoto> out;
  tx.each(sql, {param(facility), Param(Blob(hash))}, [&](const Row& row) {
    out.emplace();
    if (!row.is_null(0)) out->opens = Day{row.i32(0)};
    out->bytes = as_text(row.blob(1));
  });
  return out;
}

}  // namespace

bool insert_photo(Tx& tx, FacilityKey facility, const NewPhoto& photo, Instant now) {
  if (tx.run(kPhotoInsert, {param(facility), Param(Blob(photo.hash)), param(now.micros), param(photo.width), param(photo.height),
                            Param(blob_of(photo.content)), Param(blob_of(photo.small))}) > 0)
    return true;
  touch_photo(tx, facility, photo.hash, now);
  return false;
}

bool has_photo(Tx& tx, FacilityKey facility, const Hash& hash) {
  bool has = false;
  tx.each(kPhotoHas, {param(facility), Param(Blob(hash))}, [&](const Row&) { has = true; });
  return has;
}

void use_photo(Tx& tx, FacilityKey facility, const Hash& hash, Day opens) {
  tx.run(kPhotoUse, {param(facility), Param(Blob(hash)), param(opens.value)});
}

std::optional<StoredPhoto> find_photo(Tx& tx, FacilityKey facility, const Hash& hash) { return found(tx, kPhotoFind, facility, hash); }

std::optional<StoredPhoto> find_small_photo(Tx& tx, FacilityKey facility, const Hash& hash) {
  return found(tx, kPhotoFindSmall, facility, hash);
}

std::vector<FacilityKey> load_facilities_with_unused_photos(Tx& tx, Instant before, std::int64_t limit) {
  std::vector<FacilityKey> out;
  tx.each(kPhotoUnused, {param(before.micros), param(limit)}, [&](const Row& row) { out.push_back(row.key<FacilityKey>(0)); });
  return out;
}

std::vector<Hash> load_unused_photos(Tx& tx, FacilityKey facility, Instant before) {
  std::vector<Hash> out;
  tx.each(kPhotoUnusedOf, {param(facility), param(before.micros)}, [&](const Row& row) { out.push_back(hash_in(row, 0)); });
  return out;
}

void touch_photo(Tx& tx, FacilityKey facility, const Hash& hash, Instant now) {
  tx.run(kPhotoTouch, {param(facility), Param(Blob(hash)), param(now.micros)});
}

void delete_photo(Tx& tx, FacilityKey facility, const Hash& hash) { tx.run(kPhotoDelete, {param(facility), Param(Blob(hash))}); }

void each_photo(Tx& tx, FacilityKey facility, const std::function<void(const Hash&, std::string_view)>& visit) {
  tx.each(kPhotoEach, {param(facility)}, [&](const Row& row) { visit(hash_in(row, 0), as_text(row.blob(1))); });
}

std::span<const Sql* const> photo_statements() { return kPhotoAll; }

}  // namespace pilar::store
