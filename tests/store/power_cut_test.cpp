#include <gtest/gtest.h>

#include <atomic>
#include <filesystem>
#include <mutex>
#include <set>
#include <string>
#include <thread>

#include "store/audit_store.h"
#include "store/migrate.h"
#include "support/power_cut_vfs.h"
#include "support/test_store.h"

namespace pilar::power_cut_test {

using namespace pilar::store;
using namespace pilar::test;

const FixedClock kClock{Instant{1'700'000'000'000'000}};

struct Aftermath {
  std::set<std::string> acknowledged, survived;
  bool is_whole = false;  ///< the store opens and its chain holds
};

/// Four threads write until the power is cut; what each was told is kept. The file is then opened as after a restart.
Aftermath write_until_the_cut(const DatabaseOptions& options, unsigned seed, std::int64_t cut_at) {
  Aftermath after;
  {
    PowerCutVfs power(seed);
    const auto db = open(options, kClock);
    power.arm(cut_at);
    std::mutex mutex;
    std::vector<std::jthread> threads;
    for (int t = 0; t < 4; ++t)
      threads.emplace_back([&, t] {
        for (int i = 0; !power.is_cut(); ++i) try {
            const auto subject = "record:" + std::to_string(t) + "." + std::to_string(i);
            db->write(kFirst, [&](Write& write) {
              write.audit({Instant{i}, "cli", "record.add", subject, std::string(1500, 'x')});
              write.add(Day{i}, UnitKey{t}, std::vector<Delta>{{SeriesKey{1}, 0, Cell::count()}}, 1);
            });
            const std::lock_guard lock(mutex);
            after.acknowledged.insert(subject);
          } catch (const Fault&) {  // not acknowledged: it may or may not be there
          }
      });
  }
  std::filesystem::remove(options.url.substr(7) + "-shm");  // shared memory does not outlive the machine
  try {
    open(options, kClock)->read([&](Tx& tx) {
      for (const auto& line : load_audit(tx, kFirst, 0, 1'000'000)) after.survived.insert(line.line.subject);
      std::int64_t cells = 0;
      tx.each({"test.cells", "SELECT COALESCE(SUM(n), 0) FROM cell"}, {}, [&](const Row& row) { cells = row.i64(0); });
      after.is_whole = !check_chain(tx, kFirst).broken && cells == static_cast<std::int64_t>(after.survived.size());
    });
  } catch (const Fault&) { after.is_whole = false; }
  return after;
}

Aftermath one_life(bool durable, unsigned seed, std::int64_t cut_at) {
  TestStore store(Engine::Sqlite);
  migrate(store.options, kClock);
  open(store.options, kClock)->shared([](Tx& tx) { add_facility(tx, 1); });
  store.options.durable = durable;
  return write_until_the_cut(store.options, seed, cut_at);
}

std::size_t lost(const Aftermath& after) {
  std::size_t count = 0;
  for (const auto& subject : after.acknowledged)
    if (!after.survived.contains(subject)) ++count;
  return count;
}

TEST(PowerCut, WhatWasAcknowledgedSurvives) {
  std::size_t acknowledged = 0;
  // The later cuts come after the log was copied back and began anew.
  for (const std::int64_t cut_at : {1, 7, 100, 333, 1000, 2500, 4444, 6001}) {
    const auto after = one_life(true, static_cast<unsigned>(cut_at), cut_at);
    acknowledged += after.acknowledged.size();
    EXPECT_TRUE(after.is_whole) << cut_at;
    EXPECT_EQ(lost(after), 0U) << cut_at;
  }
  EXPECT_GT(acknowledged, 500U);
}

TEST(PowerCut, WithoutSyncingAcknowledgedRecordsAreLost) {
  std::size_t losses = 0;
  for (const std::int64_t cut_at : {100, 333, 1000}) losses += lost(one_life(false, 5, cut_at));
  EXPECT_GT(losses, 0U) << "the test above would not notice a missing sync";
}

}  // namespace pilar::power_cut_test
