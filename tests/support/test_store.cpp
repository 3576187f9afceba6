#include "support/test_store.h"

#include <cstdlib>
#include <filesystem>
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

}  // namespace

TestStore::TestStore(store::Engine engine) {
  if (engine == store::Engine::Postgres) {
    options.url = PostgresServer::instance().new_schema_url();
    return;
  }
  folder_ = (std::filesystem::temp_directory_path() / "pilar-store-XXXXXX").string();
  if (mkdtemp(folder_.data()) == nullptr) throw std::runtime_error("no temporary folder");
  options.url = "sqlite:" + folder_ + "/pilar.db";
}

TestStore::~TestStore() {
  std::error_code ignored;
  if (!folder_.empty()) std::filesystem::remove_all(folder_, ignored);
}

void add_facility(store::Tx& tx, std::int32_t key) {
  const auto code = "F" + std::to_string(key);
  const std::array<std::uint8_t, 32> zeros{};
  tx.run(kAddNode, {store::param(key), std::string_view(code)});
  tx.run(kAddHead, {store::param(key), store::Blob(zeros)});
}

StoreTest::StoreTest() : store_(GetParam()) {
  store::migrate(store_.options, clock_);
  reopen();
  db().shared([](store::Tx& tx) {
    for (const std::int32_t key : {1, 2, 3}) add_facility(tx, key);
  });
}

std::int64_t StoreTest::number(const char* name, const char* text) {
  std::int64_t value = -1;
  db().read([&](store::Tx& tx) { tx.each({name, text}, {}, [&](const store::Row& row) { value = row.i64(0); }); });
  return value;
}

std::string engine_name(const ::testing::TestParamInfo<store::Engine>& info) {
  return info.param == store::Engine::Sqlite ? "Sqlite" : "Postgres";
}

}  // namespace pilar::test
