#include "store/file_store.h"

#include <array>

namespace pilar::store {
namespace {

constexpr Sql kInsertFile{"stored_file.insert",
                          "INSERT INTO stored_file (facility, id, name, bytes, created_at, expires_at) VALUES ($1, $2, $3, $4, $5, $6)"};
constexpr Sql kFinishFile{"stored_file.finish", "UPDATE stored_file SET bytes = $3 WHERE facility = $1 AND id = $2"};
constexpr Sql kFindFile{"stored_file.find",
                        "SELECT facility, id, name, bytes, created_at, expires_at FROM stored_file WHERE facility = $1 AND id = $2"};
constexpr Sql kInsertChunk{"stored_chunk.insert", "INSERT INTO stored_chunk (facility, file, position, bytes) VALUES ($1, $2, $3, $4)"};
constexpr Sql kChunk{"stored_chunk.find", "SELECT bytes FROM stored_chunk WHERE facility = $1 AND file = $2 AND position = $3"};
constexpr Sql kExpiredFiles{"stored_file.expired",
                            "SELECT facility, id, name, bytes, created_at, expires_at FROM stored_file WHERE expires_at < $1 "
                            "ORDER BY expires_at LIMIT $2"};
constexpr Sql kDeleteChunks{"stored_chunk.delete",
                            "DELETE FROM stored_chunk WHERE facility = $1 AND file = $2 AND position IN "
                            "(SELECT position FROM stored_chunk WHERE facility = $1 AND file = $2 ORDER BY position LIMIT $3)"};
constexpr Sql kDeleteFile{"stored_file.delete", "DELETE FROM stored_file WHERE facility = $1 AND id = $2"};

constexpr std::array kFileAll{&kInsertFile, &kFinishFile, &kFindFile, &kInsertChunk, &kChunk, &kExpiredFiles, &kDeleteChunks, &kDeleteFile};

StoredFile file_of(const Row& row) {
  return {row.key<FacilityKey>(0), row.uuid(1), std::string(row.text(2)), row.i64(3), Instant{row.i64(4)}, Instant{row.i64(5)}};
}

}  // namespace

void insert_file(Tx& tx, const StoredFile& file) {
  tx.run(kInsertFile, {param(file.place), param(file.id), Param(std::string_view(file.name)), param(file.bytes),
                       param(file.created_at.micros), param(file.expires_at.micros)});
}

void finish_file(Tx& tx, FacilityKey place, const Uuid& id, std::int64_t bytes) {
  tx.run(kFinishFile, {param(place), param(id), param(bytes)});
}

std::optional<StoredFile> find_file(Tx& tx, FacilityKey place, const Uuid& id) {
  std::optional<StoredFile> found;
  tx.each(kFindFile, {param(place), param(id)}, [&](const Row& row) { found = file_of(row); });
  return found;
}

void insert_chunk(Tx& tx, FacilityKey place, const Uuid& file, std::int32_t position, std::string_view bytes) {
  const Blob blob(reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size());
  tx.run(kInsertChunk, {param(place), param(file), param(position), Param(blob)});
}

std::string load_chunk(Tx& tx, FacilityKey place, const Uuid& file, std::int32_t position) {
  std::string out;
  tx.each(kChunk, {param(place), param(file), param(position)}, [&](const Row& row) {
    const auto blob = row.blob(0);
    out.assign(reinterpret_cast<const char*>(blob.data()), blob.size());
  });
  return out;
}

std::vector<StoredFile> load_expired_files(Tx& tx, Instant now, std::int64_t limit) {
  std::vector<StoredFile> out;
  tx.each(kExpiredFiles, {param(now.micros), param(limit)}, [&](const Row& row) { out.push_back(file_of(row)); });
  return out;
}

std::int64_t delete_chunks(Tx& tx, FacilityKey place, const Uuid& file, std::int64_t limit) {
  return tx.run(kDeleteChunks, {param(place), param(file), param(limit)});
}

void delete_file(Tx& tx, FacilityKey place, const Uuid& file) { tx.run(kDeleteFile, {param(place), param(file)}); }

std::span<const Sql* const> file_statements() { return kFileAll; }

}  // namespace pilar::store
