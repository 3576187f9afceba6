// What a store says of its own work, on both engines.
#include <gtest/gtest.h>

#include <algorithm>

#include "base/result.h"
#include "support/test_store.h"

namespace pilar::stats_test {

using namespace pilar::store;
using namespace pilar::test;

class Stats : public StoreTest {
 protected:
  std::uint64_t count(std::string_view name) {
    const auto statements = db().stats().statements;
    const auto at = std::ranges::find(statements, name, &StatementStats::name);
    return at == statements.end() ? 0 : at->count;
  }
};
PILAR_BOTH_ENGINES(Stats);

constexpr Sql kAsk{"stats_test.ask", "SELECT 1"}, kWrong{"stats_test.wrong", "SELECT no_such_column FROM organisation"};

TEST_P(Stats, StatementsAreCountedByName) {
  for (int i = 0; i < 3; ++i)
    db().read([](Tx& tx) {
      tx.each(kAsk, {}, [](const Row&) {});
      tx.run(kAsk, {});
    });
  EXPECT_EQ(count("stats_test.ask"), 6U);
  EXPECT_GE(count("tx.begin_read"), 3U);
  EXPECT_THROW(db().read([](Tx& tx) { tx.run(kWrong, {}); }), Fault);
  EXPECT_EQ(count("stats_test.wrong"), 1U) << "one that fails counts too";
  const auto stats = db().stats();
  EXPECT_TRUE(std::ranges::is_sorted(stats.statements, {}, &StatementStats::name));
  for (const auto& one : stats.statements) EXPECT_GE(one.micros, 0) << one.name;
}

TEST_P(Stats, WritersCountWhatTheyCarry) {
  const auto before = db().stats();
  for (int i = 0; i < 5; ++i) db().write(kFirst, [](Write& write) { write.audit({Instant{5}, "cli", "record.add", "record:x"}); });
  EXPECT_THROW(db().write(kSecond, [](Write&) { throw Fault("test", "on purpose"); }), Fault);
  const auto after = db().stats();
  EXPECT_EQ(after.bodies - before.bodies, 6U);
  EXPECT_GE(after.batches - before.batches, 1U);
  EXPECT_EQ(after.failed - before.failed, 1U);
  EXPECT_EQ(after.queued, 0U);
  EXPECT_EQ(after.transactions.total(), after.batches);
  EXPECT_EQ(after.log_bytes > 0, GetParam() == Engine::Sqlite);
}

}  // namespace pilar::stats_test
