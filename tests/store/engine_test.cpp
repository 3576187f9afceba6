// What only one engine has, and what only large data shows.
#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <filesystem>
#include <fstream>
#include <thread>

#include "store/audit_store.h"
#include "store/migrate.h"
#include "support/postgres_server.h"
#include "support/test_store.h"

namespace pilar::engine_test {

// The address sanitizer keeps freed memory for a while; a test below measures memory, so it shall keep little.
extern "C" const char* __asan_default_options() { return "quarantine_size_mb=4"; }  // NOLINT(bugprone-reserved-identifier)

using namespace pilar::store;
using namespace pilar::test;

const FixedClock kClock{Instant{1'700'000'000'000'000}};

class Engines : public StoreTest {};
PILAR_BOTH_ENGINES(Engines);

/// Resident memory of this program in KiB.
std::int64_t resident_kib() {
  std::ifstream status("/proc/self/status");
  for (std::string word; status >> word;)
    if (word == "VmRSS:") {
      std::int64_t kib = 0;
      status >> kib;
      return kib;
    }
  return 0;
}

AuditLine line() { return {Instant{5}, "cli", "record.add", "record:x"}; }

TEST_P(Engines, ALargeResultStreamsInConstantMemory) {
  constexpr Sql kMany{
      "test.many", "WITH RECURSIVE r (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM r WHERE i < 300000) SELECT i, printf('%0200d', i) FROM r",
      "SELECT i, lpad(CAST(i AS TEXT), 200, '0') FROM generate_series(1, 300000) AS g (i)"};
  const auto before = resident_kib();
  std::int64_t rows = 0, bytes = 0, most = 0;
  db().read([&](Tx& tx) {
    tx.each(kMany, {}, [&](const Row& row) {
      ++rows;
      bytes += static_cast<std::int64_t>(row.text(1).size());
      if (rows % 10'000 == 0) most = std::max(most, resident_kib());
    });
  });
  EXPECT_EQ(rows, 300'000);
  EXPECT_EQ(bytes, 60'000'000);
  EXPECT_LT(most - before, 20'000) << "60 MB went through";
}

TEST_P(Engines, ACallbackThatThrowsEndsTheStatementAndTheConnectionWorksOn) {
  for (int i = 0; i < 3; ++i)
    EXPECT_THROW(db().read([](Tx& tx) {
      tx.each({"test.nodes", "SELECT id FROM organisation"}, {}, [](const Row&) { throw std::runtime_error("enough"); });
    }),
                 std::runtime_error);
  EXPECT_EQ(number("test.nodes_counted", "SELECT COUNT(*) FROM organisation"), 3);
}

TEST_P(Engines, ManyKeysAreAskedAtOnceAndAnsweredInTheirOrder) {
  constexpr Sql kDouble{"test.double", "SELECT 2 * CAST($1 AS BIGINT) WHERE CAST($1 AS BIGINT) % 7 <> 0"};
  std::vector<std::int64_t> keys;
  for (std::int64_t key = 1; key <= 500; ++key) keys.push_back(key);
  std::vector<std::size_t> places;
  db().read([&](Tx& tx) {
    tx.each_key(kDouble, keys, [&](std::size_t place, const Row& row) {
      EXPECT_EQ(row.i64(0), 2 * keys.at(place));
      places.push_back(place);
    });
    tx.each_key(kDouble, {}, [](std::size_t, const Row&) { FAIL() << "no key, no row"; });
  });
  EXPECT_EQ(places.size(), 500U - 71U);
  EXPECT_TRUE(std::ranges::is_sorted(places));
  EXPECT_THROW(db().read([&](Tx& tx) { tx.each_key(kDouble, keys, [](std::size_t, const Row&) { throw std::runtime_error("enough"); }); }),
               std::runtime_error);
  EXPECT_EQ(number("test.nodes_counted", "SELECT COUNT(*) FROM organisation"), 3);
}

TEST_P(Engines, AReaderThatSwallowsAFaultHarmsNobodyAfterIt) {
  store_.options.readers = 1;
  close();
  reopen();
  db().read([](Tx& tx) {
    try {
      tx.run({"test.sneak", "DELETE FROM catalogue"}, {});
    } catch (const Fault&) {  // swallowed, as no program should
    }
  });
  EXPECT_EQ(number("test.nodes_counted", "SELECT COUNT(*) FROM organisation"), 3);
}

TEST_P(Engines, AWrongNumberOfParametersIsRefused) {
  EXPECT_ANY_THROW(db().shared([](Tx& tx) { tx.run({"test.two", "UPDATE catalogue SET generation = $1 WHERE id = $2"}, {param(1)}); }));
  EXPECT_EQ(number("test.generation", "SELECT generation FROM catalogue"), 0);
}

TEST(SqliteOnly, TheLogStaysSmallWhileSomebodyAlwaysReads) {
  TestStore store(Engine::Sqlite);
  store.options.durable = false;
  migrate(store.options, kClock);
  const auto db = open(store.options, kClock);
  db->shared([](Tx& tx) {
    add_facility(tx, 1);
    tx.run({"test.make_bulk", "CREATE TABLE bulk (id INTEGER PRIMARY KEY, bytes BLOB)"}, {});
  });
  std::atomic<bool> stop = false;
  std::atomic<int> reads = 0;
  std::vector<std::jthread> readers;  // their snapshots overlap: there is no moment without a reader
  for (int i = 0; i < 3; ++i)
    readers.emplace_back([&, i] {
      while (!stop) {
        db->read([&](Tx& tx) {
          tx.each({"test.head", "SELECT COUNT(*) FROM facility_head"}, {}, [](const Row&) {});
          std::this_thread::sleep_for(std::chrono::milliseconds(20 + 7 * i));
        });
        ++reads;
      }
    });
  const auto log = store.options.url.substr(7) + "-wal";
  const std::string block(4000, 'x');
  std::uintmax_t largest = 0;
  for (int i = 0; i < 60; ++i) {
    db->write(kFirst, [&](Write& write) {
      for (int row = 0; row < 500; ++row)
        write.tx().run({"test.fill_bulk", "INSERT INTO bulk (bytes) VALUES ($1)"}, {std::string_view(block)});
    });
    largest = std::max(largest, std::filesystem::file_size(log));
  }
  stop = true;
  readers.clear();
  EXPECT_GT(reads, 10);
  EXPECT_LT(largest, 64U << 20U) << "120 MB were written";
}

TEST(SqliteOnly, ACopyIsWholeAndIsMadeWhileWriting) {
  TestStore store(Engine::Sqlite);
  migrate(store.options, kClock);
  const auto copy = store.options.url.substr(7) + ".copy";
  {
    const auto db = open(store.options, kClock);
    db->shared([](Tx& tx) { add_facility(tx, 1); });
    std::atomic<bool> stop = false;
    std::atomic<int> written = 0;
    std::jthread writer([&] {
      while (!stop) {
        db->write(kFirst, [](Write& write) {
          write.audit(line());
          write.add(Day{1}, UnitKey{1}, std::vector<Delta>{{SeriesKey{1}, 0, Cell::count()}}, 1);
        });
        ++written;
      }
    });
    while (written < 20) std::this_thread::sleep_for(std::chrono::milliseconds(1));
    db->copy_to(copy, [](int) {});
    stop = true;
    writer.join();
    EXPECT_THROW(db->copy_to(copy, [](int) {}), Fault) << "nothing is overwritten";
  }
  const auto db = open({.url = "sqlite:" + copy}, kClock);
  std::int64_t lines = 0, cells = 0;
  db->read([&](Tx& tx) {
    const auto check = check_chain(tx, kFirst);
    EXPECT_FALSE(check.broken);
    lines = check.lines;
    tx.each({"test.n", "SELECT n FROM cell"}, {}, [&](const Row& row) { cells = row.i64(0); });
  });
  EXPECT_GE(lines, 20);
  EXPECT_EQ(lines, cells) << "one moment of the store";
}

TEST(PostgresOnly, AServerThatForgetsIsRefused) {
  TestStore store(Engine::Postgres);
  migrate(store.options, kClock);
  const auto refused = [](DatabaseOptions options, std::string_view setting) {
    EXPECT_NO_THROW(open(options, kClock)) << "an unsafe server was allowed";
    options.allow_unsafe_server = false;
    try {
      open(options, kClock);
      ADD_FAILURE() << "it was accepted: " << setting;
    } catch (const Fault& fault) { EXPECT_NE(std::string(fault.what()).find(setting), std::string::npos) << fault.what(); }
  };
  refused(store.options, "fsync");
  PostgresServer::instance().sync_to_disk(true);
  auto hasty = store.options;
  hasty.url += "?options=-csynchronous_commit%3Doff";
  refused(hasty, "synchronous_commit");
  store.options.allow_unsafe_server = false;
  EXPECT_NO_THROW(open(store.options, kClock)) << "a safe one";
  PostgresServer::instance().sync_to_disk(false);
}

TEST(PostgresOnly, AfterTheServerWasAwayWorkGoesOn) {
  TestStore store(Engine::Postgres);
  migrate(store.options, kClock);
  const auto db = open(store.options, kClock);
  db->shared([](Tx& tx) { add_facility(tx, 1); });
  const auto write = [&] { db->write(kFirst, [](Write& w) { w.audit(line()); }); };
  const auto read = [&] {
    std::int64_t lines = 0;
    db->read([&](Tx& tx) { lines = check_chain(tx, kFirst).lines; });
    return lines;
  };
  write();
  EXPECT_EQ(read(), 1);
  PostgresServer::instance().crash();
  for (const auto& work : std::vector<std::function<void()>>{write, [&] { read(); }}) try {
      work();
      ADD_FAILURE() << "the server is away";
    } catch (const Fault& fault) { EXPECT_TRUE(fault.retryable); }
  PostgresServer::instance().start();
  write();
  for (int tries = 0; tries < 3; ++tries) try {  // an idle reader may still be a broken one: once
      EXPECT_EQ(read(), 2);
      break;
    } catch (const Fault& fault) { EXPECT_TRUE(fault.retryable); }
  EXPECT_EQ(read(), 2);
}

TEST(PostgresOnly, ItIsCopiedWithItsOwnTools) {
  TestStore store(Engine::Postgres);
  migrate(store.options, kClock);
  try {
    open(store.options, kClock)->copy_to("/tmp/x", [](int) {});
    FAIL();
  } catch (const Fault& fault) { EXPECT_NE(std::string(fault.what()).find("pg_dump"), std::string::npos); }
}

}  // namespace pilar::engine_test
