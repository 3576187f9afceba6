#pragma once
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "base/id.h"
#include "base/time.h"
#include "store/db.h"

/// Files of any size, kept in pieces beside the records, so that every process and every backup has them.
namespace pilar::store {

/// All chunks but the last have this size.
inline constexpr std::size_t kChunkBytes = std::size_t{256} << 10U;

struct StoredFile {
  FacilityKey place;
  Uuid id;
  std::string name;
  std::int64_t bytes = -1;  ///< -1: still being written
  Instant created_at, expires_at;
};

void insert_file(Tx& tx, const StoredFile& file);
void finish_file(Tx& tx, FacilityKey place, const Uuid& id, std::int64_t bytes);
std::optional<StoredFile> find_file(Tx& tx, FacilityKey place, const Uuid& id);
void insert_chunk(Tx& tx, FacilityKey place, const Uuid& file, std::int32_t position, std::string_view bytes);
/// Empty where there is none.
std::string load_chunk(Tx& tx, FacilityKey place, const Uuid& file, std::int32_t position);
std::vector<StoredFile> load_expired_files(Tx& tx, Instant now, std::int64_t limit);
/// Up to `limit` chunks of the file; how many went.
std::int64_t delete_chunks(Tx& tx, FacilityKey place, const Uuid& file, std::int64_t limit);
void delete_file(Tx& tx, FacilityKey place, const Uuid& file);

std::span<const Sql* const> file_statements();

}  // namespace pilar::store
