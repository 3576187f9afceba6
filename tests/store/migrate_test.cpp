#include "store/migrate.h"
#include "store/account_store.h"
#include "store/grant_store.h"

#include <gtest/gtest.h>

#include <atomic>
#include <filesystem>
#include <functional>
#include <thread>

#include "support/test_store.h"

namespace pilar::migrate_test {

using namespace pilar::store;
using namespace pilar::test;

const FixedClock kClock{Instant{1'700'000'000'000'000}};

class Migrate : public ::testing::TestWithParam<Engine> {
 protected:
  TestStore store_{GetParam()};
};
PILAR_BOTH_ENGINES(Migrate);

std::string why(const std::function<void()>& work) {
  try {
    work();
  } catch (const Fault& fault) { return fault.what(); }
  return "nothing was wrong";
}

/// Runs statements on a migrated store, whatever its schema says.
void meddle(const DatabaseOptions& options, const Sql& sql) {
  const auto connection = make_driver(options)->connect(Driver::Role::Migrator);
  connection->run(sql, {});
}

/// "table.column" of every column, in order.
std::vector<std::string> catalogue(const DatabaseOptions& options) {
  constexpr Sql kColumns{"test.columns",
                         "SELECT m.name, c.name, c.\"notnull\" FROM sqlite_schema m JOIN pragma_table_info(m.name) c "
                         "WHERE m.type = 'table' ORDER BY m.name, c.cid",
                         "SELECT CAST(table_name AS TEXT), CAST(column_name AS TEXT), CASE is_nullable WHEN 'NO' THEN 1 ELSE 0 END "
                         "FROM information_schema.columns WHERE table_schema = current_schema() ORDER BY table_name, ordinal_position"};
  std::vector<std::string> all;
  open(options, kClock)->read([&](Tx& tx) {
    tx.each(kColumns, {}, [&](const Row& row) {
      all.push_back(std::string(row.text(0)) + "." + std::string(row.text(1)) + (row.i64(2) != 0 ? " not null" : ""));
    });
  });
  return all;
}

TEST_P(Migrate, AnEmptyStoreIsRefusedWithTheCommandThatHelps) {
  const auto known = static_cast<int>(migrations().size());
  EXPECT_EQ(schema_state(store_.options).current, 0);
  EXPECT_EQ(schema_state(store_.options).known, known);
  EXPECT_EQ(plan(store_.options).size(), migrations().size());
  if (GetParam() == Engine::Sqlite) {
    EXPECT_FALSE(std::filesystem::exists(store_.options.url.substr(7))) << "looking makes no file";
    meddle(store_.options, {"test.touch", "CREATE TABLE other (id INTEGER)"});
  }
  EXPECT_NE(why([&] { open(store_.options, kClock); }).find("pilar migrate"), std::string::npos);
  EXPECT_EQ(migrate(store_.options, kClock).size(), migrations().size());
  EXPECT_TRUE(plan(store_.options).empty());
  EXPECT_TRUE(migrate(store_.options, kClock).empty()) << "nothing is left to do";
  EXPECT_EQ(schema_state(store_.options).current, known);
  EXPECT_NO_THROW(open(store_.options, kClock));
}

TEST_P(Migrate, ANewerSchemaIsRefused) {
  migrate(store_.options, kClock);
  meddle(store_.options,
         {"test.newer", "INSERT INTO schema_migration (number, name, checksum, applied_at) VALUES (9999, 'later', X'00', 0)",
          "INSERT INTO schema_migration (number, name, checksum, applied_at) VALUES (9999, 'later', '\\x00', 0)"});
  EXPECT_TRUE(schema_state(store_.options).is_newer());
  for (const auto& text :
       {why([&] { open(store_.options, kClock); }), why([&] { migrate(store_.options, kClock); }), why([&] { plan(store_.options); })})
    EXPECT_NE(text.find("newer pilar"), std::string::npos) << text;
}

TEST_P(Migrate, AStepThatCameLaterThanHigherNumbersIsNotForgotten) {
  migrate(store_.options, kClock);
  meddle(store_.options, {"test.forget", "DELETE FROM schema_migration WHERE number = 2"});
  const auto missing = plan(store_.options);
  ASSERT_EQ(missing.size(), 1U);
  EXPECT_EQ(missing.front().name, "0002_access");
  EXPECT_NE(why([&] { open(store_.options, kClock); }).find("pilar migrate"), std::string::npos);
}

TEST_P(Migrate, AStepThatWasChangedAfterwardsIsRefused) {
  migrate(store_.options, kClock);
  meddle(store_.options, {"test.change", "UPDATE schema_migration SET checksum = X'00'", "UPDATE schema_migration SET checksum = '\\x00'"});
  EXPECT_NE(why([&] { open(store_.options, kClock); }).find("0001_core was changed"), std::string::npos);
}

TEST_P(Migrate, AnAccountOfTheFirstSchemaKeepsItsRole) {
  const auto first = expand_marks(migrations().front().text, GetParam());
  {
    const auto connection = make_driver(store_.options)->connect(Driver::Role::Migrator);
    connection->script("test.first", first);
    connection->script(
        "test.content",
        "CREATE TABLE schema_migration (number INTEGER NOT NULL PRIMARY KEY, name TEXT NOT NULL, checksum " +
            std::string(GetParam() == Engine::Sqlite ? "BLOB" : "BYTEA") +
            " NOT NULL, applied_at BIGINT NOT NULL);"
            "INSERT INTO organisation (id, parent, kind, code, name, zone, valid_from) VALUES (1, NULL, 'facility', 'a', 'A', 7, 0);"
            "INSERT INTO account (id, login, name, password_hash, role, organisation, active, created_at) "
            "VALUES (4, 'sari', 'Sari', 'x', 'tim_mutu', 1, 1, 5)");
    connection->run({"test.step", "INSERT INTO schema_migration (number, name, checksum, applied_at) VALUES (1, '0001_core', $1, 0)"},
                    {Blob(migrations().front().checksum)});
  }
  EXPECT_EQ(migrate(store_.options, kClock).size(), migrations().size() - 1);
  open(store_.options, kClock)->read([&](Tx& tx) {
    EXPECT_EQ(find_account(tx, "sari")->organisation, FacilityKey{1});
    const auto grants = load_grants(tx, AccountKey{4});
    ASSERT_EQ(grants.size(), 1U);
    EXPECT_EQ(grants.front().grant, (Grant{Role::QualityLead, {1}}));
  });
}

TEST_P(Migrate, SeveralProgramsMayMigrateAtOnce) {
  std::atomic<std::size_t> ran = 0;
  std::vector<std::jthread> threads;
  for (int i = 0; i < 4; ++i) threads.emplace_back([&] { ran += migrate(store_.options, kClock).size(); });
  threads.clear();
  EXPECT_EQ(ran, migrations().size());
}

TEST(MigrateText, MarksBecomeTheEnginesTypes) {
  EXPECT_EQ(expand_marks("a {{i32}} {{i64}} {{real}} {{blob}}){{table}}; {{clustered}};", Engine::Sqlite),
            "a INTEGER INTEGER REAL BLOB) STRICT;  STRICT, WITHOUT ROWID;");
  EXPECT_EQ(expand_marks("a {{i32}} {{i64}} {{real}} {{blob}}){{table}}; {{clustered}};", Engine::Postgres),
            "a INTEGER BIGINT DOUBLE PRECISION BYTEA); ;");
  EXPECT_THROW(expand_marks("{{what}}", Engine::Sqlite), Bug);
  EXPECT_THROW(expand_marks("{{i32", Engine::Sqlite), Bug);
}

TEST(MigrateCatalogue, BothEnginesHaveTheSameTablesAndColumns) {
  TestStore sqlite(Engine::Sqlite), postgres(Engine::Postgres);
  migrate(sqlite.options, kClock);
  migrate(postgres.options, kClock);
  const auto tables = catalogue(sqlite.options);
  EXPECT_GT(tables.size(), 80U);
  EXPECT_EQ(tables, catalogue(postgres.options));
}

TEST(MigrateMemory, AStoreInMemoryIsReadyAndLeavesNothing) {
  const DatabaseOptions options{.url = "sqlite::memory:"};
  auto db = open(options, kClock);
  db->shared([](Tx& tx) { add_facility(tx, 1); });
  db->write(kFirst, [](Write& write) { write.audit({Instant{1}, "cli", "record.add", "record:x"}); });
  std::int64_t lines = 0;
  db->read([&](Tx& tx) { tx.each({"test.lines", "SELECT COUNT(*) FROM audit_line"}, {}, [&](const Row& row) { lines = row.i64(0); }); });
  EXPECT_EQ(lines, 1);
}

TEST(MigrateAddress, WhatIsNoAddressIsRefused) {
  for (const char* url : {"", "pilar.db", "mysql://x", "sqlite:/no/such/folder/pilar.db", "postgresql://127.0.0.1:1/x"})
    EXPECT_THROW(open({.url = url}, kClock), Fault) << url;
}

}  // namespace pilar::migrate_test
