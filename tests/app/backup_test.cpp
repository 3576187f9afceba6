#include "app/backup.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <filesystem>
#include <fstream>
#include <map>
#include <sstream>
#include <thread>

#include "base/text.h"
#include "i18n/messages.h"
#include "i18n/words/command.h"
#include "support/test_store.h"

namespace pilar::backup_test {

using namespace pilar::app;
namespace fs = std::filesystem;

void quiet(BackupStep, int) {}

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
    const auto made = make_backup(db(), file(), clock_, quiet);
    EXPECT_TRUE(made);
    return made.value_or(Backup{});
  }

  template <class T>
  static void expect_refused(const Result<T>& result, Message message) {
    ASSERT_FALSE(result) << key_of(message);
    EXPECT_EQ(result.error().front().message, message) << key_of(result.error().front().message);
  }
};

TEST_P(BackupTest, ComesBackAsItWas) {
  const auto made = make();
  EXPECT_EQ(made.sha256.size(), 64U);
  EXPECT_EQ(made.bytes, static_cast<std::int64_t>(fs::file_size(file())));
  const auto restored = restore_backup(file(), target(), false, clock_, quiet);
  ASSERT_TRUE(restored);
  EXPECT_EQ(*restored, "") << "nothing was there before";
  const auto sums = [](const std::string& store) { return store::sum_tables(store, [](std::size_t, std::size_t) {}); };
  EXPECT_EQ(sums(target() + "/pilar.db"), made.tables);
  EXPECT_EQ(sums(store_.options.url.substr(7)), made.tables);
  const auto lines = std::ranges::find(made.tables, "audit_line", &store::TableSum::table);
  ASSERT_NE(lines, made.tables.end());
  EXPECT_EQ(lines->rows, 20);
  EXPECT_EQ(newest_backup(folder()), clock_.now());
  EXPECT_FALSE(newest_backup(folder() + "/none"));
}

TEST_P(BackupTest, WhatIsThereIsNeverOverwritten) {
  make();
  expect_refused(make_backup(db(), file(), clock_, quiet), Msg::BackupFileExists);
  ASSERT_TRUE(restore_backup(file(), target(), false, clock_, quiet));
  expect_refused(restore_backup(file(), target(), false, clock_, quiet), Msg::RestoreNotEmpty);
  const auto aside = restore_backup(file(), target(), true, clock_, quiet);
  ASSERT_TRUE(aside);
  EXPECT_TRUE(fs::exists(*aside + "/pilar.db"));
  EXPECT_TRUE(fs::exists(target() + "/pilar.db"));
}

TEST_P(BackupTest, AStoreThatIsOpenIsNotReplaced) {
  make();
  expect_refused(restore_backup(file(), folder(), true, clock_, quiet), Msg::RestoreInUse);
}

TEST_P(BackupTest, ADamagedOneIsRefused) {
  make();
  {
    std::fstream change(file(), std::ios::in | std::ios::out | std::ios::binary);
    change.seekp(5000);
    change.put('\x7F');
  }
  expect_refused(check_backup(file()), Msg::RestoreDamaged);
  expect_refused(restore_backup(file(), target(), false, clock_, quiet), Msg::RestoreDamaged);
  EXPECT_FALSE(fs::exists(target())) << "nothing half-made is left";
  EXPECT_FALSE(fs::exists(target() + ".part"));
}

/// Its hash was made to fit, so only the rows can tell.
TEST_P(BackupTest, ATableThatIsNotWhatItWasIsFound) {
  const auto made = make();
  {
    store::DatabaseOptions options;
    options.url = "sqlite:" + file();
    store::open(options, clock_)->shared([](store::Tx& tx) {
      tx.run({"test.change", "UPDATE audit_line SET actor = 'x' WHERE seq = 7"}, {});
    });
  }
  std::stringstream manifest;
  manifest << std::ifstream(file() + ".json").rdbuf();
  auto text = manifest.str();
  std::ifstream bytes(file(), std::ios::binary);
  const std::string changed((std::istreambuf_iterator<char>(bytes)), {});
  text.replace(text.find(made.sha256), made.sha256.size(), hex(sha256(changed)));
  std::ofstream(file() + ".json", std::ios::trunc) << text;
  EXPECT_EQ(changed.size(), static_cast<std::size_t>(made.bytes));
  ASSERT_TRUE(check_backup(file()));
  expect_refused(restore_backup(file(), target(), false, clock_, quiet), Msg::RestoreDamaged);
  EXPECT_FALSE(fs::exists(target()));
}

TEST_P(BackupTest, ADamagedPageOfTheStoreIsFoundWhileItIsCopied) {
  add_lines(2000);
  close();
  {
    std::fstream damage(store_.options.url.substr(7), std::ios::in | std::ios::out | std::ios::binary);
    damage.seekp(-4096L * 4, std::ios::end);
    damage << std::string(4096, '\xFF');
  }
  reopen();
  EXPECT_THROW(make(), Fault);
  EXPECT_FALSE(fs::exists(file()));
  EXPECT_FALSE(fs::exists(file() + ".new")) << "nothing half-made is left";
}

TEST_P(BackupTest, SaysHowFarItIs) {
  add_lines(2000);
  std::map<BackupStep, std::vector<int>> told;
  const auto note = [&](BackupStep step, int percent) { told[step].push_back(percent); };
  ASSERT_TRUE(make_backup(db(), file(), clock_, note));
  ASSERT_TRUE(restore_backup(file(), target(), false, clock_, note));
  const auto& percents = told[BackupStep::Check];
  ASSERT_GT(percents.size(), 20U);
  for (const int percent : percents) EXPECT_TRUE(percent >= 0 && percent <= 100) << percent;
  EXPECT_EQ(percents.back(), 100);
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
    EXPECT_TRUE(make_backup(db(), name, clock_, quiet));
    EXPECT_TRUE(check_backup(name));
  }
  stop = true;
}

/// Every table counts, whoever adds one; the order of its rows does not.
TEST_P(BackupTest, EveryTableIsSummedWhateverTheOrder) {
  db().shared([](store::Tx& tx) {
    for (const auto* text :
         {"CREATE TABLE one (a INTEGER, b TEXT)", "CREATE TABLE two (a INTEGER, b TEXT)",
          "INSERT INTO one VALUES (1, 'x'), (2, NULL), (3, 'y,z')", "INSERT INTO two VALUES (3, 'y,z'), (1, 'x'), (2, NULL)"})
      tx.run({text, text}, {});
  });
  const auto tables = make().tables;
  const auto one = std::ranges::find(tables, "one", &store::TableSum::table),
             two = std::ranges::find(tables, "two", &store::TableSum::table);
  ASSERT_TRUE(one != tables.end() && two != tables.end());
  EXPECT_EQ(one->sum, two->sum);
  EXPECT_EQ(one->rows, 3);
  EXPECT_EQ(tables.size(), static_cast<std::size_t>(number(
                               "test.tables", "SELECT COUNT(*) FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite%'")));
  db().shared([](store::Tx& tx) { tx.run({"test.null", "UPDATE two SET b = '' WHERE a = 2"}, {}); });
  const auto sums = store::sum_tables(store_.options.url.substr(7), [](std::size_t, std::size_t) {});
  EXPECT_NE(std::ranges::find(sums, "two", &store::TableSum::table)->sum, two->sum) << "no answer and an empty one differ";
}

INSTANTIATE_TEST_SUITE_P(Engines, BackupTest, ::testing::Values(store::Engine::Sqlite), test::engine_name);

}  // namespace pilar::backup_test
