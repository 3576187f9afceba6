#pragma once
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "base/id.h"
#include "base/time.h"
#include "domain/import.h"
#include "store/db.h"

namespace pilar::store {

struct StoredImport {
  FacilityKey place;  ///< that imports; the rows may belong to places below it
  Uuid id;
  std::string owner;
  ImportState state = ImportState::Draft;
  std::optional<Uuid> file{};  ///< none: it was read from a disk
  std::string file_name{}, profile{}, report{};
  std::optional<Uuid> answers{}, job{};
  Instant created_at{}, changed_at{};
  std::int32_t version = 1;
};

void insert_import(Tx& tx, const StoredImport& import);
/// Writes all that can change; false when its version is no longer `import.version`, which grows by one.
bool update_import(Tx& tx, const StoredImport& import, Instant now);
std::optional<StoredImport> find_import(Tx& tx, const Uuid& id);
/// Of the places (none: of all), the newest first.
std::vector<StoredImport> load_imports(Tx& tx, std::span<const FacilityKey> places, std::int64_t limit);

/// Checked or written ones that were begun since then, the newest first.
std::vector<StoredImport> load_recent_imports(Tx& tx, Instant since, std::int64_t limit);

/// What an import did to a record.
struct ImportedRecord {
  FacilityKey facility;
  Uuid import, id;
  /// The record's revision before; 0: the import added it; negative: it had been taken out when an import was undone.
  std::int32_t before = 0;
};
void insert_imported(Tx& tx, const ImportedRecord& record);
std::optional<ImportedRecord> find_imported(Tx& tx, FacilityKey facility, const Uuid& import, const Uuid& id);
/// Those behind `after` that were not undone yet, by id.
std::vector<ImportedRecord> load_imported(Tx& tx, FacilityKey facility, const Uuid& import, const std::optional<Uuid>& after,
                                          std::int64_t limit);
void mark_undone(Tx& tx, const ImportedRecord& record);
struct ImportedCount {
  std::int64_t added = 0, changed = 0;  ///< those that were not undone
};
ImportedCount count_imported(Tx& tx, FacilityKey facility, const Uuid& import);

struct StoredProfile {
  FacilityKey place;
  std::string name, instrument, content, owner;
  Instant changed_at;
};
/// Puts it in the place of one of the same name.
void save_profile(Tx& tx, const StoredProfile& profile);
std::optional<StoredProfile> find_profile(Tx& tx, FacilityKey place, std::string_view name);
/// By name.
std::vector<StoredProfile> load_profiles(Tx& tx, FacilityKey place);
bool delete_profile(Tx& tx, FacilityKey place, std::string_view name);

std::span<const Sql* const> import_statements();

}  // namespace pilar::store
