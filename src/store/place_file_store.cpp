#include "store/place_file_store.h"

#include <array>

namespace pilar::store {
namespace {

constexpr Sql kInsertPlaceFile{"place_file.insert",
                               "INSERT INTO place_file (id, owner, name, made_at, content) VALUES ($1, $2, $3, $4, $5)"};
constexpr Sql kLoadPlaceFile{"place_file.load", "SELECT content FROM place_file WHERE id = $1 AND owner = $2"};
constexpr Sql kFindPlaceFile{"place_file.find", "SELECT name, made_at FROM place_file WHERE id = $1 AND owner = $2"};
constexpr Sql kDeletePlaceFiles{"place_file.delete", "DELETE FROM place_file WHERE made_at < $1"};
constexpr std::array kPlaceFileAll{&kInsertPlaceFile, &kLoadPlaceFile, &kFindPlaceFile, &kDeletePlaceFiles};

}  // namespace

void insert_place_file(Tx& tx, const PlaceFile& file, std::string_view content) {
  const Blob bytes(reinterpret_cast<const std::uint8_t*>(content.data()), content.size());
  tx.run(kInsertPlaceFile, {param(file.id), Param(std::string_view(file.owner)), Param(std::string_view(file.name)),
                            param(file.made_at.micros), Param(bytes)});
}

std::optional<std::string> load_place_file(Tx& tx, const Uuid& id, std::string_view owner) {
  std::optional<std::string> content;
  tx.each(kLoadPlaceFile, {param(id), Param(owner)}, [&](const Row& row) {
    const auto bytes = row.blob(0);
    content.emplace(bytes.begin(), bytes.end());
  });
  return content;
}

std::optional<PlaceFile> find_place_file(Tx& tx, const Uuid& id, std::string_view owner) {
  std::optional<PlaceFile> found;
  tx.each(kFindPlaceFile, {param(id), Param(owner)},
          [&](const Row& row) { found = PlaceFile{id, std::string(owner), std::string(row.text(0)), Instant{row.i64(1)}}; });
  return found;
}

void delete_place_files(Tx& tx, Instant made_before) { tx.run(kDeletePlaceFiles, {param(made_before.micros)}); }

std::span<const Sql* const> place_file_statements() { return kPlaceFileAll; }

}  // namespace pilar::store
