#include "app/backup.h"

#include <gtest/gtest.h>

#include <atomic>
#include <filesystem>
#include <fstream>
#include <set>
#include <thread>

#include "i18n/messages.h"
#include "support/test_store.h"

using namespace pilar;
using namespace pilar::app;
namespace fs = std::filesystem;

namespace {

class BackupTest : public test::StoreTest {
 protected:
  BackupTest() { add_lines(20); }

  void add_lines(int count) {
    for (int i = 0; i < count; ++i)
      db().write(test::kFirst, [i](store::Write& write) {
        write.audit({Instant{i}, "cli", "record.add", "record:x"});
        write.add(Day{i}, {1}, std::vector<Delta>{{SeriesKey{1}, 0, Cell::count()}}, +1);
      });
  }

  std::string folder() const { return fs::path(store_.options.url.substr(7)).parent_path().string(); }
  std::string file() const { return folder() + "/copy.db"; }
  std::string target() const { return folder() + "/restored"; }

  Backup make() {
    const auto made = make_backup(db(), file(), clock_);
    EXPECT_TRUE(made);
    return made.value_or(Backup{});
  }

  template <class T>
  static void expect_refused(const Result<T>& result, Msg message) {
    ASSERT_FALSE(result) << key_of(message);
    EXPECT_EQ(result.error().front().message, message) << key_of(result.error().front().message);
  }
};

}  // namespace

TEST_P(BackupTest, ComesBackAsItWas) {
  const auto made = make();
  EXPECT_EQ(made.sha256.size(), 64U);
  EXPECT_EQ(made.bytes, static_cast<std::int64_t>(fs::file_size(file())));
  const auto restored = restore_backup(file(), target(), false, clock_);
  ASSERT_TRUE(restored);
  EXPECT_EQ(*restored, "") << "nothing was there before";
  store::DatabaseOptions options;
  options.url = "sqlite:" + target() + "/pilar.db";
  const auto copy = store::open(options, clock_);
  std::vector<store::TableRows> before, after;
  db().read([&](store::Tx& tx) { before = store::count_rows(tx); });
  copy->read([&](store::Tx& tx) { after = store::count_rows(tx); });
  EXPECT_EQ(before, after);
  EXPECT_EQ(made.rows, after);
  EXPECT_EQ(newest_backup(folder()), clock_.now());
  EXPECT_FALSE(newest_backup(folder() + "/none"));
}

TEST_P(BackupTest, WhatIsThereIsNeverOverwritten) {
  make();
  expect_refused(make_backup(db(), file(), clock_), Msg::BackupFileExists);
  ASSERT_TRUE(restore_backup(file(), target(), false, clock_));
  expect_refused(restore_backup(file(), target(), false, clock_), Msg::RestoreNotEmpty);
  const auto aside = restore_backup(file(), target(), true, clock_);
  ASSERT_TRUE(aside);
  EXPECT_TRUE(fs::exists(*aside + "/pilar.db"));
  EXPECT_TRUE(fs::exists(target() + "/pilar.db"));
}

TEST_P(BackupTest, AStoreThatIsOpenIsNotReplaced) {
  make();
  expect_refused(restore_backup(file(), folder(), true, clock_), Msg::RestoreInUse);
}

TEST_P(BackupTest, ADamagedOneIsRefused) {
  make();
  {
    std::fstream change(file(), std::ios::in | std::ios::out | std::ios::binary);
    change.seekp(5000);
    change.put('\x7F');
  }
  expect_refused(check_backup(file()), Msg::RestoreDamaged);
  expect_refused(restore_backup(file(), target(), false, clock_), Msg::RestoreDamaged);
  EXPECT_FALSE(fs::exists(target())) << "nothing half-made is left";
  EXPECT_FALSE(fs::exists(target() + ".part"));
}

TEST_P(BackupTest, ATruncatedOneIsRefused) {
  const auto made = make();
  fs::resize_file(file(), static_cast<std::uintmax_t>(made.bytes) / 2);
  expect_refused(check_backup(file()), Msg::RestoreDamaged);
  fs::resize_file(file(), 0);
  expect_refused(check_backup(file()), Msg::RestoreDamaged);
  fs::remove(file());
  expect_refused(check_backup(file()), Msg::RestoreNoFile);
}

TEST_P(BackupTest, ItsManifestIsReadWithCare) {
  make();
  const auto manifest = file() + ".json";
  std::stringstream good;
  good << std::ifstream(manifest).rdbuf();
  const auto write = [&](const std::string& text) { std::ofstream(manifest, std::ios::trunc) << text; };
  for (const char* text : {"", "{", "[]", "{\"sha256\": 5}", "null"}) {
    write(text);
    expect_refused(check_backup(file()), Msg::RestoreNoManifest);
  }
  auto newer = good.str();
  newer.replace(newer.find("\"schema\": "), 10, "\"schema\": 99");
  write(newer);
  expect_refused(check_backup(file()), Msg::RestoreNewer);
  fs::remove(manifest);
  expect_refused(check_backup(file()), Msg::RestoreNoManifest);
  write(good.str());
  EXPECT_TRUE(check_backup(file()));
}

TEST_P(BackupTest, IsWholeWhileOthersWrite) {
  std::atomic<bool> stop = false;
  std::jthread writer([&] {
    while (!stop) add_lines(5);
  });
  for (int i = 0; i < 5; ++i) {
    const auto name = file() + std::to_string(i);
    EXPECT_TRUE(make_backup(db(), name, clock_));
    EXPECT_TRUE(check_backup(name));
  }
  stop = true;
}

/// A copy keeps every table: a new one must be counted too, or be named here as derived or short-lived.
TEST_P(BackupTest, EveryTableOfFactsIsCounted) {
  std::set<std::string> tables{"catalogue", "cell", "cell_month", "month_dirty", "series_fill", "secret", "session", "schema_migration"};
  db().read([&](store::Tx& tx) {
    for (const auto& [table, rows] : store::count_rows(tx)) tables.insert(table);
    tx.each({"test.tables", "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"}, {},
            [&](const store::Row& row) { EXPECT_TRUE(tables.contains(std::string(row.text(0)))) << row.text(0); });
  });
}

INSTANTIATE_TEST_SUITE_P(Engines, BackupTest, ::testing::Values(store::Engine::Sqlite), test::engine_name);
