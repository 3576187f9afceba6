#pragma once
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "base/id.h"
#include "base/time.h"
#include "store/db.h"

namespace pilar::store {

/// A file of places on its way in, as it was sent.
struct PlaceFile {
  Uuid id;
  std::string owner, name;
  Instant made_at;
};
void insert_place_file(Tx& tx, const PlaceFile& file, std::string_view content);
/// Its content, where the owner is the same.
std::optional<std::string> load_place_file(Tx& tx, const Uuid& id, std::string_view owner);
std::optional<PlaceFile> find_place_file(Tx& tx, const Uuid& id, std::string_view owner);
void delete_place_files(Tx& tx, Instant made_before);

std::span<const Sql* const> place_file_statements();

}  // namespace pilar::store
