#include "support/test_store.h"

#include <cstdlib>
#include <filesystem>
#include <map>
#include <stdexcept>

#include "store/migrate.h"
#include "support/postgres_server.h"

namespace pilar::test {
namespace {

constexpr store::Sql kAddNode{"test.add_node",
                              "INSERT INTO organisation (id, parent, kind, code, name, facility_type, zone, valid_from) "
                              "VALUES ($1, NULL, 'facility', $2, $2, 'klinik_pratama', 7, 0)"};
constexpr store::Sql kAddHead{"test.add_head",
                              "INSERT INTO facility_head (facility, audit_seq, audit_hash, catalogue) VALUES ($1, 0, $2, 0)"};

std::string new_folder() {
  auto folder = (std::filesystem::temp_directory_path() / "pilar-store-XXXXXX").string();
  if (mkdtemp(folder.data()) == nullptr) throw std::runtime_error("no temporary folder");
  return folder;
}

std::string file_in(const std::string& folder) { return folder + "/pilar.db"; }

/// Folders that go with the program.
struct Originals {
  Originals() = default;
  ~Originals() {
    std::error_code ignored;
    for (const auto& [content, folder] : folders) std::filesystem::remove_all(folder, ignored);
  }
  Originals(const Originals&) = delete;
  Originals& operator=(const Originals&) = delete;
  std::map<StoreContent, std::string> folders{};
};

/// The file with this content. Nobody has it open.
std::string sqlite_original(StoreContent content) {
  static Originals made;
  auto& folder = made.folders[content];
  if (folder.empty()) {
    auto begun = new_folder();
    content({.url = "sqlite:" + file_in(begun)});
    folder = std::move(begun);
  }
  return file_in(folder);
}

/// The database with this content; it goes with the server.
std::string postgres_original(StoreContent content) {
  static std::map<StoreContent, std::string> made;
  auto& name = made[content];
  if (name.empty()) {
    auto& server = PostgresServer::instance();
    auto begun = server.make_database();
    content({.url = server.url(begun), .allow_unsafe_server = true});
    name = std::move(begun);
  }
  return name;
}

}  // namespace

TestStore::TestStore(store::Engine engine, StoreContent content) {
  if (engine == store::Engine::Postgres) {
    auto& server = PostgresServer::instance();
    database_ = content == nullptr ? server.make_database() : server.make_database(postgres_original(content));
    options.url = server.url(database_);
    options.allow_unsafe_server = true;
    return;
  }
  folder_ = new_folder();
  if (content != nullptr) std::filesystem::copy_file(sqlite_original(content), file_in(folder_));
  options.url = "sqlite:" + file_in(folder_);
}

TestStore::~TestStore() {
  std::error_code ignored;
  if (!folder_.empty()) std::filesystem::remove_all(folder_, ignored);
  if (!database_.empty()) PostgresServer::instance().drop_database(database_);
}

void add_facility(store::Tx& tx, std::int32_t key) {
  const auto code = "F" + std::to_string(key);
  const std::array<std::uint8_t, 32> zeros{};
  tx.run(kAddNode, {store::param(key), std::string_view(code)});
  tx.run(kAddHead, {store::param(key), store::Blob(zeros)});
}

void three_facilities(const store::DatabaseOptions& empty) {
  const FixedClock clock{Instant{1'700'000'000'000'000}};
  store::migrate(empty, clock);
  store::open(empty, clock)->shared([](store::Tx& tx) {
    for (const std::int32_t key : {1, 2, 3}) add_facility(tx, key);
  });
}

StoreTest::StoreTest(StoreContent content) : store_(GetParam(), content) { reopen(); }

std::int64_t StoreTest::number(const char* name, const char* text) {
  std::int64_t value = -1;
  db().read([&](store::Tx& tx) { tx.each({name, text}, {}, [&](const store::Row& row) { value = row.i64(0); }); });
  return value;
}

std::string engine_name(const ::testing::TestParamInfo<store::Engine>& info) {
  return info.param == store::Engine::Sqlite ? "Sqlite" : "Postgres";
}

}  // namespace pilar::test
