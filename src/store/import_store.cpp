#include "store/import_store.h"

#include <algorithm>
#include <array>

namespace pilar::store {
namespace {

constexpr Sql kInsertImport{
    "import_run.insert",
    "INSERT INTO import_run (facility, id, owner, state, file, file_name, profile, report, answers, job, created_at, "
    "changed_at, version) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)"};
constexpr Sql kUpdateImport{"import_run.update",
                            "UPDATE import_run SET state = $3, profile = $4, report = $5, answers = $6, job = $7, changed_at = $8, "
                            "version = version + 1 WHERE facility = $1 AND id = $2 AND version = $9"};
constexpr Sql kFindImport{
    "import_run.find",
    "SELECT facility, id, owner, state, file, file_name, profile, report, answers, job, created_at, changed_at, version "
    "FROM import_run WHERE id = $1"};
constexpr Sql kImports{"import_run.page",
                       "SELECT facility, id, owner, state, file, file_name, profile, report, answers, job, created_at, changed_at, version "
                       "FROM import_run WHERE (created_at, id) < ($1, $2) ORDER BY created_at DESC, id DESC LIMIT $3"};
constexpr Sql kRecentImports{
    "import_run.recent",
    "SELECT facility, id, owner, state, file, file_name, profile, report, answers, job, created_at, changed_at, version "
    "FROM import_run WHERE created_at >= $1 AND state IN (3, 5) ORDER BY created_at DESC, id DESC LIMIT $2"};
constexpr Sql kInsertImported{"import_record.insert",
                              "INSERT INTO import_record (facility, import, id, revision, undone) VALUES ($1, $2, $3, $4, 0)"};
constexpr Sql kFindImported{"import_record.find",
                            "SELECT facility, import, id, revision FROM import_record WHERE facility = $1 AND import = $2 AND id = $3"};
constexpr Sql kImported{"import_record.page",
                        "SELECT facility, import, id, revision FROM import_record WHERE facility = $1 AND import = $2 AND id > $3 AND "
                        "undone = 0 ORDER BY id LIMIT $4"};
constexpr Sql kMarkUndone{"import_record.undone", "UPDATE import_record SET undone = 1 WHERE facility = $1 AND import = $2 AND id = $3"};
constexpr Sql kCountImported{"import_record.count",
                             "SELECT COUNT(*), COALESCE(SUM(CASE WHEN revision <= 0 THEN 1 ELSE 0 END), 0) FROM import_record "
                             "WHERE facility = $1 AND import = $2 AND undone = 0"};
constexpr Sql kSaveProfile{"import_profile.save",
                           "INSERT INTO import_profile (facility, name, instrument, content, owner, changed_at) "
                           "VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (facility, name) DO UPDATE SET instrument = excluded.instrument, "
                           "content = excluded.content, owner = excluded.owner, changed_at = excluded.changed_at"};
constexpr Sql kFindProfile{"import_profile.find",
                           "SELECT facility, name, instrument, content, owner, changed_at FROM import_profile "
                           "WHERE facility = $1 AND name = $2"};
constexpr Sql kProfiles{
    "import_profile.all",
    "SELECT facility, name, instrument, content, owner, changed_at FROM import_profile WHERE facility = $1 ORDER BY name"};
constexpr Sql kDeleteProfile{"import_profile.delete", "DELETE FROM import_profile WHERE facility = $1 AND name = $2"};

constexpr std::array kImportAll{&kRecentImports,  &kInsertImport, &kUpdateImport, &kFindImport,   &kImports,
                                &kInsertImported, &kFindImported, &kImported,     &kMarkUndone,   &kCountImported,
                                &kSaveProfile,    &kFindProfile,  &kProfiles,     &kDeleteProfile};

std::optional<Uuid> file_key(const Row& row, int column) {
  if (row.is_null(column)) return {};
  return row.uuid(column);
}
Param file_param(const std::optional<Uuid>& id) { return id ? param(*id) : Param{}; }
Param text_param(const std::string& text) { return {std::string_view(text)}; }

StoredImport import_of(const Row& row) {
  StoredImport one;
  one.place = row.key<FacilityKey>(0);
  one.id = row.uuid(1);
  one.owner = row.text(2);
  one.state = static_cast<ImportState>(row.i32(3));
  one.file = file_key(row, 4);
  one.file_name = row.text(5);
  one.profile = row.text(6);
  one.report = row.text(7);
  one.answers = file_key(row, 8);
  one.job = file_key(row, 9);
  one.created_at = {row.i64(10)};
  one.changed_at = {row.i64(11)};
  one.version = row.i32(12);
  return one;
}

ImportedRecord imported_of(const Row& row) { return {row.key<FacilityKey>(0), row.uuid(1), row.uuid(2), row.i32(3)}; }

StoredProfile profile_of(const Row& row) {
  return {row.key<FacilityKey>(0),  std::string(row.text(1)), std::string(row.text(2)),
          std::string(row.text(3)), std::string(row.text(4)), Instant{row.i64(5)}};
}

}  // namespace

void insert_import(Tx& tx, const StoredImport& one) {
  tx.run(kInsertImport,
         {param(one.place), param(one.id), text_param(one.owner), param(static_cast<std::int64_t>(one.state)), file_param(one.file),
          text_param(one.file_name), text_param(one.profile), text_param(one.report), file_param(one.answers), file_param(one.job),
          param(one.created_at.micros), param(one.changed_at.micros), param(one.version)});
}

bool update_import(Tx& tx, const StoredImport& one, Instant now) {
  return tx.run(kUpdateImport,
                {param(one.place), param(one.id), param(static_cast<std::int64_t>(one.state)), text_param(one.profile),
                 text_param(one.report), file_param(one.answers), file_param(one.job), param(now.micros), param(one.version)}) == 1;
}

std::optional<StoredImport> find_import(Tx& tx, const Uuid& id) {
  std::optional<StoredImport> found;
  tx.each(kFindImport, {param(id)}, [&](const Row& row) { found = import_of(row); });
  return found;
}

std::vector<StoredImport> load_imports(Tx& tx, std::span<const FacilityKey> places, std::int64_t limit) {
  constexpr std::int64_t kAtOnce = 200;
  std::vector<StoredImport> out;
  Uuid last_id;
  last_id.bytes.fill(0xFF);
  std::int64_t last_at = INT64_MAX;
  for (std::int64_t found = kAtOnce; found == kAtOnce && static_cast<std::int64_t>(out.size()) < limit;) {
    found = 0;
    tx.each(kImports, {param(last_at), param(last_id), param(kAtOnce)}, [&](const Row& row) {
      auto one = import_of(row);
      ++found;
      last_at = one.created_at.micros;
      last_id = one.id;
      const bool wanted = places.empty() || std::ranges::find(places, one.place) != places.end();
      if (wanted && static_cast<std::int64_t>(out.size()) < limit) out.push_back(std::move(one));
    });
  }
  return out;
}

std::vector<StoredImport> load_recent_imports(Tx& tx, Instant since, std::int64_t limit) {
  std::vector<StoredImport> out;
  tx.each(kRecentImports, {param(since.micros), param(limit)}, [&](const Row& row) { out.push_back(import_of(row)); });
  return out;
}

void insert_imported(Tx& tx, const ImportedRecord& record) {
  tx.later(kInsertImported, {param(record.facility), param(record.import), param(record.id), param(record.before)});
}

std::optional<ImportedRecord> find_imported(Tx& tx, FacilityKey facility, const Uuid& import, const Uuid& id) {
  std::optional<ImportedRecord> found;
  tx.each(kFindImported, {param(facility), param(import), param(id)}, [&](const Row& row) { found = imported_of(row); });
  return found;
}

std::vector<ImportedRecord> load_imported(Tx& tx, FacilityKey facility, const Uuid& import, const std::optional<Uuid>& after,
                                          std::int64_t limit) {
  std::vector<ImportedRecord> out;
  tx.each(kImported, {param(facility), param(import), after ? param(*after) : Param(Blob()), param(limit)},
          [&](const Row& row) { out.push_back(imported_of(row)); });
  return out;
}

void mark_undone(Tx& tx, const ImportedRecord& record) {
  tx.later(kMarkUndone, {param(record.facility), param(record.import), param(record.id)});
}

ImportedCount count_imported(Tx& tx, FacilityKey facility, const Uuid& import) {
  ImportedCount count;
  tx.each(kCountImported, {param(facility), param(import)}, [&](const Row& row) { count = {row.i64(1), row.i64(0) - row.i64(1)}; });
  return count;
}

void save_profile(Tx& tx, const StoredProfile& profile) {
  tx.run(kSaveProfile, {param(profile.place), text_param(profile.name), text_param(profile.instrument), text_param(profile.content),
                        text_param(profile.owner), param(profile.changed_at.micros)});
}

std::optional<StoredProfile> find_profile(Tx& tx, FacilityKey place, std::string_view name) {
  std::optional<StoredProfile> found;
  tx.each(kFindProfile, {param(place), Param(name)}, [&](const Row& row) { found = profile_of(row); });
  return found;
}

std::vector<StoredProfile> load_profiles(Tx& tx, FacilityKey place) {
  std::vector<StoredProfile> out;
  tx.each(kProfiles, {param(place)}, [&](const Row& row) { out.push_back(profile_of(row)); });
  return out;
}

bool delete_profile(Tx& tx, FacilityKey place, std::string_view name) { return tx.run(kDeleteProfile, {param(place), Param(name)}) == 1; }

std::span<const Sql* const> import_statements() { return kImportAll; }

}  // namespace pilar::store
