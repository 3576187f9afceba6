#include "app/backup.h"

#include <algorithm>
#include <filesystem>
#include <fstream>

#include "base/json.h"
#include "base/text.h"
#include "i18n/words/command.h"
#include "store/audit_store.h"
#include "store/inspect.h"
#include "store/migrate.h"

namespace pilar::app {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kMaxManifest = 1U << 20U;

std::string manifest_of(const std::string& file) { return file + ".json"; }

std::string hash_file(const std::string& file) {
  std::ifstream in(file, std::ios::binary);
  if (!in) throw Fault("read " + file, "it cannot be opened");
  std::vector<char> chunk(1U << 20U);
  const auto hash = sha256([&] {
    in.read(chunk.data(), static_cast<std::streamsize>(chunk.size()));
    return std::string_view(chunk.data(), static_cast<std::size_t>(in.gcount()));
  });
  if (in.bad()) throw Fault("read " + file, "the disk failed");
  return hex(hash);
}

void rename_file(const std::string& from, const std::string& to) {
  std::error_code error;
  fs::rename(from, to, error);
  if (error) throw Fault("rename " + from + " to " + to, error.message());
}

json::Value to_json(const Backup& backup) {
  json::Object tables;
  for (const auto& [table, rows, sum] : backup.tables) tables.emplace_back(table, json::Object{{"rows", rows}, {"sum", sum}});
  return json::Object{{"sha256", backup.sha256},
                      {"bytes", backup.bytes},
                      {"schema", backup.schema},
                      {"made_at", iso(backup.made_at, Zone::Wib)},
                      {"tables", std::move(tables)}};
}

std::optional<store::TableSum> parse_table(const std::string& table, const json::Value& content) {
  if (!content.is_object()) return {};
  const auto *rows = content.find("rows"), *sum = content.find("sum");
  if (rows == nullptr || !rows->is_number() || !rows->to_int() || sum == nullptr || !sum->is_string()) return {};
  return store::TableSum{table, *rows->to_int(), sum->string()};
}

/// Empty when the text is no manifest.
std::optional<Backup> parse_manifest(const std::string& text) {
  const auto parsed = json::parse(text);
  const auto* value = std::get_if<json::Value>(&parsed);
  if (value == nullptr) return {};
  const auto *sum = value->find("sha256"), *bytes = value->find("bytes"), *schema = value->find("schema");
  const auto *made_at = value->find("made_at"), *tables = value->find("tables");
  if (tables == nullptr || !tables->is_object() || made_at == nullptr || !made_at->is_string()) return {};
  if (sum == nullptr || !sum->is_string() || bytes == nullptr || !bytes->to_int() || schema == nullptr || !schema->to_int()) return {};
  const auto at = parse_instant(made_at->string());
  if (!at) return {};
  Backup backup{sum->string(), *bytes->to_int(), static_cast<int>(*schema->to_int()), *at, {}};
  for (const auto& [table, content] : tables->object()) {
    const auto found = parse_table(table, content);
    if (!found) return {};
    backup.tables.push_back(*found);
  }
  return backup;
}

std::optional<Backup> read_manifest(const std::string& file) {
  std::ifstream in(manifest_of(file), std::ios::binary);
  std::string text(kMaxManifest, '\0');
  in.read(text.data(), static_cast<std::streamsize>(text.size()));
  text.resize(static_cast<std::size_t>(in.gcount()));
  return parse_manifest(text);
}

void write_manifest(const std::string& file, const Backup& backup) {
  const auto part = manifest_of(file) + ".part";
  std::ofstream out(part, std::ios::binary | std::ios::trunc);
  out << json::pretty(to_json(backup)) << '\n';
  out.close();
  if (!out) throw Fault("write " + part, "the disk failed");
  rename_file(part, manifest_of(file));
}

std::vector<store::TableSum> sum_copy(const std::string& copy, const OnBackup& progress) {
  return store::sum_tables(copy, [&](std::size_t done, std::size_t all) {
    progress(BackupStep::Check, static_cast<int>(100 * done / std::max<std::size_t>(all, 1)));
  });
}

/// Lines may have been added since the copy, but the one at which the copy ends must be the same.
void compare_trails(store::Database& db, store::Database& copy) {
  std::vector<store::AuditHead> heads;
  copy.read([&](store::Tx& tx) { heads = store::load_audit_heads(tx); });
  db.read([&](store::Tx& tx) {
    for (const auto& head : heads) {
      if (head.seq == 0) continue;
      const auto lines = store::load_audit(tx, head.facility, head.seq - 1, 1);
      if (lines.empty() || lines.front().seq != head.seq || lines.front().hash != head.hash)
        throw Fault("check the backup", "the audit trail of facility " + std::to_string(head.facility.value) + " differs");
    }
  });
}

Backup inspect_copy(store::Database& db, const std::string& copy_file, const Clock& clock, const OnBackup& progress) {
  if (const auto wrong = store::check_file(copy_file); !wrong.empty()) throw Fault("check the backup", wrong.front());
  Backup backup;
  backup.made_at = clock.now();
  backup.schema = static_cast<int>(store::migrations().size());
  {
    store::DatabaseOptions options;
    options.url = "sqlite:" + copy_file;
    const auto copy = store::open(options, clock);
    compare_trails(db, *copy);
  }
  backup.tables = sum_copy(copy_file, progress);
  backup.bytes = static_cast<std::int64_t>(fs::file_size(copy_file));
  backup.sha256 = hash_file(copy_file);
  return backup;
}

/// Removes what a failed attempt left behind.
class Leftover {
 public:
  explicit Leftover(std::string path) : path_(std::move(path)) { clear(); }
  ~Leftover() { clear(); }
  Leftover(const Leftover&) = delete;
  Leftover& operator=(const Leftover&) = delete;

 private:
  void clear() const {
    std::error_code ignored;
    for (const char* end : {"", ".part", "-wal", "-shm"}) fs::remove_all(path_ + end, ignored);
  }
  std::string path_;
};

std::optional<Problem> check_target(const std::string& folder, bool replace) {
  std::error_code ignored;
  if (fs::exists(folder + "/pilar.db-wal", ignored)) return Problem{Problem::Kind::Busy, Msg::RestoreInUse, "--data", {folder}};
  const bool there = fs::exists(folder + "/pilar.db", ignored);
  if (there && !replace) return Problem{Problem::Kind::Conflict, Msg::RestoreNotEmpty, "--data", {folder}};
  return {};
}

}  // namespace

std::string stamp(Instant at) {
  auto text = iso(at, Zone::Wib).substr(0, 19);
  std::erase_if(text, [](char c) { return c == '-' || c == ':'; });
  return text.replace(8, 1, "-");
}

Result<Backup> make_backup(store::Database& db, const std::string& file, const Clock& clock, const OnBackup& progress) {
  if (fs::exists(file)) return refuse(Problem::Kind::Conflict, Msg::BackupFileExists, "--to", {file});
  const auto copy = file + ".new";
  const Leftover leftover(copy);
  db.copy_to(copy, [&](int percent) { progress(BackupStep::Copy, percent); });
  auto backup = inspect_copy(db, copy, clock, progress);
  rename_file(copy, file);
  write_manifest(file, backup);
  return backup;
}

Result<Backup> check_backup(const std::string& file) {
  if (!fs::is_regular_file(file)) return refuse(Problem::Kind::NotFound, Msg::RestoreNoFile, "FILE", {file});
  auto backup = read_manifest(file);
  if (!backup) return refuse(Msg::RestoreNoManifest, "FILE", {manifest_of(file)});
  if (static_cast<std::int64_t>(fs::file_size(file)) != backup->bytes || hash_file(file) != backup->sha256)
    return refuse(Msg::RestoreDamaged, "FILE", {file});
  if (backup->schema > static_cast<int>(store::migrations().size()))
    return refuse(Msg::RestoreNewer, "FILE", {std::to_string(backup->schema), std::to_string(store::migrations().size())});
  return *std::move(backup);
}

Result<std::string> restore_backup(const std::string& file, const std::string& folder, bool replace, const Clock& clock,
                                   const OnBackup& progress) {
  if (auto problem = check_target(folder, replace)) return refuse(*std::move(problem));
  const auto backup = check_backup(file);
  if (!backup) return std::unexpected(backup.error());
  const auto part = folder + ".part";
  const Leftover leftover(part);
  fs::create_directories(part);
  fs::permissions(part, fs::perms::owner_all);
  const auto copy = part + "/pilar.db";
  fs::copy_file(file, copy);
  if (hash_file(copy) != backup->sha256) throw Fault("restore " + file, "the copy is not what was read");
  if (!store::check_file(copy).empty() || sum_copy(copy, progress) != backup->tables) return refuse(Msg::RestoreDamaged, "FILE", {file});
  for (const char* kept : {"/uploads", "/backups"}) fs::create_directories(part + kept);
  std::string aside;
  if (fs::exists(folder)) {
    aside = folder + ".before-" + stamp(clock.now());
    rename_file(folder, aside);
  }
  rename_file(part, folder);
  return aside;
}

std::optional<Instant> newest_backup(const std::string& folder) {
  std::optional<Instant> newest;
  std::error_code error;
  for (fs::directory_iterator at(folder, error), end; !error && at != end; at.increment(error)) {
    auto path = at->path().string();
    if (!path.ends_with(".json")) continue;
    const auto backup = read_manifest(path.substr(0, path.size() - 5));
    if (backup && (!newest || *newest < backup->made_at)) newest = backup->made_at;
  }
  return newest;
}

}  // namespace pilar::app
