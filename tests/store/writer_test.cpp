#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <future>
#include <random>
#include <thread>

#include "base/text.h"
#include "store/audit_chain.h"
#include "store/audit_store.h"
#include "store/batch.h"
#include "store/cell_store.h"
#include "store/fill_store.h"
#include "store/organisation_store.h"
#include "support/test_store.h"

namespace pilar::writer_test {

using namespace pilar::store;
using namespace pilar::test;

constexpr SeriesKey kSeries{7};

AuditLine line(std::string action) { return {Instant{5}, "cli", std::move(action), "record:x"}; }

std::vector<Delta> one(std::int64_t value = 1) { return {{kSeries, 0, Cell::of(value)}}; }

/// One writer, so that what waits while it is held becomes one batch.
class Writers : public StoreTest {
 protected:
  Writers() {
    store_.options.writers = 1;
    close();
    reopen();
  }

  std::future<void> submit(FacilityKey facility, Body body) {
    std::promise<void> promise;
    auto future = promise.get_future();
    db().submit(facility, std::move(body), [promise = std::move(promise)](std::exception_ptr error) mutable {
      if (error)
        promise.set_exception(error);
      else
        promise.set_value();
    });
    return future;
  }

  /// Holds the writer inside a body while `fill_queue` runs.
  void held(const std::function<void()>& fill_queue) {
    std::promise<void> entered, go;
    auto gate = go.get_future().share();
    std::once_flag once;
    auto holder = submit(kThird, [&, gate](Write&) {
      std::call_once(once, [&] { entered.set_value(); });
      gate.wait();
    });
    entered.get_future().wait();
    fill_queue();
    go.set_value();
    holder.get();
  }

  std::vector<std::pair<CellKey, Cell>> cells(FacilityKey facility) {
    std::vector<std::pair<CellKey, Cell>> all;
    db().read([&](Tx& tx) { each_stored_cell(tx, facility, [&](const CellKey& key, const Cell& cell) { all.emplace_back(key, cell); }); });
    return all;
  }

  void make_late_table() {
    db().shared([](Tx& tx) {
      tx.run({"test.make_late",
              "CREATE TABLE late (id INTEGER PRIMARY KEY, parent INTEGER REFERENCES late (id) DEFERRABLE INITIALLY DEFERRED)"},
             {});
    });
  }
};
PILAR_BOTH_ENGINES(Writers);

constexpr Sql kLate{"test.late", "INSERT INTO late (id, parent) VALUES ($1, $2)"};

TEST_P(Writers, ManyBodiesShareABatchAndAFailingOneLeavesNothing) {
  std::vector<std::future<void>> answers;
  held([&] {
    for (int i = 0; i < 20; ++i)
      answers.push_back(submit(i % 2 == 0 ? kFirst : kSecond, [i](Write& write) {
        write.add(Day{100}, UnitKey{1}, one(i), 1);
        write.audit(line("record.add"));
        if (i == 6) throw std::runtime_error("body 6");
      }));
  });
  for (std::size_t i = 0; i < answers.size(); ++i)
    if (i == 6)
      EXPECT_THROW(answers[i].get(), std::runtime_error);
    else
      EXPECT_NO_THROW(answers[i].get()) << i;
  const auto first = cells(kFirst);
  ASSERT_EQ(first.size(), 1U);
  EXPECT_EQ(first[0].second.n, 9);
  EXPECT_EQ(first[0].second.sum, 90 - 6);
  EXPECT_EQ(fold(first[0].second).sumsq_low, 4 * (1 + 4 + 9 + 16 + 25 + 36 + 49 + 64 + 81) - 36);
  EXPECT_EQ(number("test.lines", "SELECT COUNT(*) FROM audit_line WHERE facility = 1"), 9);
  EXPECT_EQ(number("test.seq", "SELECT audit_seq FROM facility_head WHERE facility = 1"), 9);
  EXPECT_EQ(number("test.seq2", "SELECT audit_seq FROM facility_head WHERE facility = 2"), 10);
}

TEST_P(Writers, AFailingStatementUndoesItsBodyOnly) {
  std::future<void> before, wrong, after;
  held([&] {
    before = submit(kFirst, [](Write& write) { write.add(Day{1}, UnitKey{1}, one(), 1); });
    wrong = submit(kFirst, [](Write& write) {
      write.add(Day{1}, UnitKey{1}, one(), 1);
      write.tx().run({"test.twice", "INSERT INTO catalogue (id, generation) VALUES (1, 1)"}, {});
    });
    after = submit(kFirst, [](Write& write) { write.add(Day{1}, UnitKey{1}, one(), 1); });
  });
  EXPECT_NO_THROW(before.get());
  EXPECT_THROW(wrong.get(), Fault);
  EXPECT_NO_THROW(after.get());
  EXPECT_EQ(cells(kFirst).at(0).second.n, 2);
}

TEST_P(Writers, WhenTheCommitFailsEachBodyRunsAgainAlone) {
  make_late_table();
  std::atomic<int> runs = 0;
  std::vector<std::future<void>> answers;
  held([&] {
    for (int i = 1; i <= 5; ++i)
      answers.push_back(submit(kFirst, [i, &runs](Write& write) {
        ++runs;
        write.add(Day{100}, UnitKey{1}, one(), 1);
        write.audit(line("record.add"));
        write.tx().run(kLate, {param(i), i == 3 ? param(99) : Param{}});  // 99 is nobody: seen at the commit only
      }));
  });
  for (std::size_t i = 0; i < answers.size(); ++i)
    if (i == 2)
      EXPECT_THROW(answers[i].get(), Fault);
    else
      EXPECT_NO_THROW(answers[i].get()) << i;
  EXPECT_EQ(runs, 10) << "once together, once alone";
  EXPECT_EQ(cells(kFirst).at(0).second.n, 4);
  EXPECT_EQ(number("test.late_rows", "SELECT COUNT(*) FROM late"), 4);
  db().read([](Tx& tx) { EXPECT_FALSE(check_chain(tx, kFirst).broken); });
}

TEST_P(Writers, ARetryableFaultIsTriedAgain) {
  int runs = 0;
  db().write(kFirst, [&](Write& write) {
    write.add(Day{1}, UnitKey{1}, one(), 1);
    if (++runs < 3) throw Fault("test", "conflict", true);
  });
  EXPECT_EQ(runs, 3);
  EXPECT_EQ(cells(kFirst).at(0).second.n, 1);
  EXPECT_THROW(db().write(kFirst, [](Write&) { throw Fault("test", "always", true); }), Fault);
}

TEST_P(Writers, AnUnknownFacilityIsAFaultAndSpoilsNobodysWrite) {
  std::future<void> good, unknown;
  held([&] {
    unknown = submit(FacilityKey{999}, [](Write&) { FAIL() << "it has no head"; });
    good = submit(kFirst, [](Write& write) { write.audit(line("record.add")); });
  });
  EXPECT_THROW(unknown.get(), Fault);
  EXPECT_NO_THROW(good.get());
}

TEST_P(Writers, CorrectionsCancelOutAndMarkTheirMonth) {
  db().write(kFirst, [](Write& write) { write.add(Day{40}, UnitKey{2}, one(500), 1); });
  EXPECT_EQ(number("test.dirty", "SELECT month FROM month_dirty WHERE facility = 1"), 1);
  db().write(kFirst, [](Write& write) {
    write.add(Day{40}, UnitKey{2}, one(500), -1);
    write.add(Day{70}, UnitKey{2}, one(500), 1);
  });
  const auto left = cells(kFirst);
  ASSERT_EQ(left.size(), 1U) << "a row of zeros counts as absent";
  EXPECT_EQ(left[0].first.day.value, 70);
  EXPECT_EQ(number("test.dirty2", "SELECT COUNT(*) FROM month_dirty WHERE facility = 1"), 2);
}

TEST_P(Writers, DeltasBeforeTheFillAreDropped) {
  db().write(kFirst, [](Write& write) {
    write.set_fill(kSeries, Day{50});
    write.add(Day{49}, UnitKey{1}, one(), 1);
    write.add(Day{50}, UnitKey{1}, one(), 1);
  });
  db().write(kFirst, [](Write& write) {
    write.add(Day{10}, UnitKey{1}, one(), 1);
    write.add(Day{10}, UnitKey{1}, std::vector<Delta>{{SeriesKey{8}, 0, Cell::count()}}, 1);
    write.add(Day{60}, UnitKey{1}, one(), 1);
  });
  auto now = cells(kFirst);
  ASSERT_EQ(now.size(), 3U);
  EXPECT_EQ(now[0].first.series.value, 8) << "a series without a fill row is complete from the beginning";
  EXPECT_EQ(now[1].first.day.value, 50);
  EXPECT_EQ(now[2].first.day.value, 60);
  EXPECT_THROW(db().write(kFirst,
                          [](Write& write) {
                            write.set_fill(kSeries, {});
                            throw std::runtime_error("no");
                          }),
               std::runtime_error);
  db().write(kFirst, [](Write& write) { write.add(Day{10}, UnitKey{1}, one(), 1); });
  EXPECT_EQ(cells(kFirst).size(), 3U) << "the undone change of the fill left no trace";
  db().write(kFirst, [](Write& write) { write.set_fill(kSeries, {}); });
  db().write(kFirst, [](Write& write) { write.add(Day{10}, UnitKey{1}, one(), 1); });
  EXPECT_EQ(cells(kFirst).size(), 4U);
}

TEST_P(Writers, AnUndoneFillDoesNotReachTheNextBodyOfTheBatch) {
  std::future<void> undone, next;
  held([&] {
    undone = submit(kFirst, [](Write& write) {
      write.set_fill(kSeries, Day{1000});
      write.set_catalogue(9);
      throw std::runtime_error("no");
    });
    next = submit(kFirst, [](Write& write) {
      EXPECT_EQ(write.catalogue(), 0);
      write.add(Day{10}, UnitKey{1}, one(), 1);
    });
  });
  EXPECT_THROW(undone.get(), std::runtime_error);
  next.get();
  EXPECT_EQ(cells(kFirst).size(), 1U);
  EXPECT_EQ(number("test.catalogue", "SELECT catalogue FROM facility_head WHERE facility = 1"), 0);
}

TEST_P(Writers, ClearingTakesAwayWhatIsStoredAndWhatWaits) {
  db().write(kFirst, [](Write& write) {
    write.add(Day{10}, UnitKey{1}, one(3), 1);
    write.add(Day{40}, UnitKey{1}, one(4), 1);
  });
  std::future<void> add, rebuild;
  held([&] {
    add = submit(kFirst, [](Write& write) { write.add(Day{10}, UnitKey{1}, one(5), 1); });
    rebuild = submit(kFirst, [](Write& write) {
      write.clear_cells(period_of(Month{0}));
      write.add(Day{12}, UnitKey{1}, one(6), 1);
    });
  });
  add.get();
  rebuild.get();
  const auto left = cells(kFirst);
  ASSERT_EQ(left.size(), 2U);
  EXPECT_EQ(left[0].first.day.value, 12);
  EXPECT_EQ(left[1].first.day.value, 40);
}

TEST_P(Writers, TheAuditChainHoldsAndShowsAChange) {
  for (int i = 0; i < 5; ++i)
    db().write(kFirst, [i](Write& write) {
      write.audit({Instant{i}, "account:1", "record.add", "record:" + std::to_string(i), R"({"a":"é"})"});
      write.audit(line("second"));
    });
  db().read([](Tx& tx) {
    const auto check = check_chain(tx, kFirst);
    EXPECT_EQ(check.lines, 10);
    EXPECT_FALSE(check.broken);
    const auto page = load_audit(tx, kFirst, 8, 10);
    ASSERT_EQ(page.size(), 2U);
    EXPECT_EQ(page[0].seq, 9);
    EXPECT_EQ(page[1].line.action, "second");
    EXPECT_EQ(load_audit_heads(tx).at(0).hash, page[1].hash);
    EXPECT_EQ(check_chain(tx, kSecond).lines, 0);
    EXPECT_THROW(check_chain(tx, FacilityKey{999}), Fault);
  });
  const auto broken = [&](const char* name, const char* change) {
    std::optional<std::int64_t> at;
    try {
      db().shared([&](Tx& tx) {
        tx.run({name, change}, {});
        at = check_chain(tx, kFirst).broken;
        throw std::runtime_error("undo");
      });
    } catch (const std::runtime_error&) {}
    return at.value_or(0);
  };
  EXPECT_EQ(broken("test.forge", "UPDATE audit_line SET actor = 'cli' WHERE facility = 1 AND seq = 3"), 3);
  EXPECT_EQ(broken("test.gap", "DELETE FROM audit_line WHERE facility = 1 AND seq = 4"), 4);
  EXPECT_EQ(broken("test.cut", "DELETE FROM audit_line WHERE facility = 1 AND seq > 8"), 9);
  EXPECT_EQ(broken("test.head", "UPDATE facility_head SET audit_seq = 9 WHERE facility = 1"), 10);
}

TEST(AuditChain, TheDocumentedExampleHolds) {
  const AuditLine example{Instant{1'700'000'000'000'000}, "cli", "record.add", "record:x"};
  EXPECT_EQ(canonical_line(FacilityKey{7}, 1, example), "13:pilar-audit-1,1:7,1:1,16:1700000000000000,3:cli,10:record.add,8:record:x,0:,");
  EXPECT_EQ(hex(chain({}, FacilityKey{7}, 1, example)), "5a1d695aac59c9e50811694fa6e592043ccb6990bfd1579ef98a37cf1a598834");
}

TEST(Batch, MergingSortsAddsAndDropsZeros) {
  const auto key = [](int day, int bucket) { return CellKey{{1}, {day}, {1}, {1}, bucket}; };
  std::vector<CellDelta> deltas{
      {key(2, 0), Cell::of(4)}, {key(1, 1), Cell::of(5)}, {key(2, 0), Cell::of(6)}, {key(1, 0), Cell::of(1)}, {key(1, 1), -Cell::of(5)}};
  merge(deltas);
  ASSERT_EQ(deltas.size(), 2U);
  EXPECT_EQ(deltas[0].key, key(1, 0));
  EXPECT_EQ(deltas[1].cell.sum, 10);
  std::vector<CellDelta> none;
  merge(none);
  EXPECT_TRUE(none.empty());
}

TEST_P(Writers, AnyNumberOfCellsReachesTheTable) {
  for (const int count : {0, 1, 7, 8, 9, 63, 64, 65, 585, 1100}) {
    std::vector<Delta> deltas;
    for (int i = 0; i < count; ++i) deltas.push_back({SeriesKey{count}, i, Cell::of(i)});
    db().write(kSecond, [&](Write& write) { write.add(Day{count}, UnitKey{1}, deltas, 1); });
    std::int64_t rows = 0, sum = 0;
    for (const auto& [key, cell] : cells(kSecond))
      if (key.series.value == count) {
        ++rows;
        sum += cell.sum;
      }
    EXPECT_EQ(rows, count);
    EXPECT_EQ(sum, static_cast<std::int64_t>(count) * (count - 1) / 2);
  }
}

TEST_P(Writers, ThreadsAndProgramsTogetherGiveTheRightSums) {
  if (GetParam() == Engine::Postgres) store_.options.writers = 3;
  close();
  reopen();
  db().shared([](Tx& tx) {
    for (std::int32_t key = 4; key <= 12; ++key) add_facility(tx, key);
  });
  const auto other = open_again();
  std::atomic<std::int64_t> sums[13] = {};
  std::atomic<int> failed = 0;
  std::vector<std::jthread> threads;
  for (unsigned t = 0; t < 6; ++t)
    threads.emplace_back([&, t] {
      std::mt19937 random(t);
      for (int i = 0; i < 60; ++i) {
        const auto facility = static_cast<std::int32_t>(1 + random() % 12);
        const auto value = static_cast<std::int64_t>(random() % 1000);
        const auto day = static_cast<std::int32_t>(random() % 5);
        auto& target = t % 2 == 0 ? db() : *other;
        try {
          target.write(FacilityKey{facility}, [=](Write& write) {
            write.add(Day{day}, UnitKey{1}, one(value), 1);
            write.add(Day{day + 1}, UnitKey{2}, one(value), 1);
            write.audit(line("record.add"));
          });
          sums[facility] += 2 * value;
        } catch (const Fault&) { ++failed; }
      }
    });
  threads.clear();
  EXPECT_EQ(failed, 0);
  std::int64_t lines = 0;
  for (std::int32_t f = 1; f <= 12; ++f) {
    std::int64_t sum = 0;
    for (const auto& [key, cell] : cells(FacilityKey{f})) sum += cell.sum;
    EXPECT_EQ(sum, sums[f]) << f;
    db().read([&](Tx& tx) {
      const auto check = check_chain(tx, FacilityKey{f});
      EXPECT_FALSE(check.broken);
      lines += check.lines;
    });
  }
  EXPECT_EQ(lines, 360);
}

TEST_P(Writers, AReaderSeesOneMomentAndDoesNotWait) {
  db().read([&](Tx& tx) {
    const auto count = [&] {
      std::int64_t n = 0;
      tx.each({"test.count_lines", "SELECT COUNT(*) FROM audit_line"}, {}, [&](const Row& row) { n = row.i64(0); });
      return n;
    };
    EXPECT_EQ(count(), 0);
    db().write(kFirst, [](Write& write) { write.audit(line("record.add")); });
    EXPECT_EQ(count(), 0) << "the snapshot stays";
  });
  EXPECT_EQ(number("test.lines_after", "SELECT COUNT(*) FROM audit_line"), 1);
}

TEST_P(Writers, AReaderMayNotWrite) {
  EXPECT_THROW(db().read([](Tx& tx) { tx.run({"test.sneak", "INSERT INTO month_dirty (facility, month) VALUES (1, 1)"}, {}); }), Fault);
  EXPECT_EQ(number("test.sneaked", "SELECT COUNT(*) FROM month_dirty"), 0);
}

TEST_P(Writers, ACallbackMayNotUseItsTransactionAgain) {
  db().shared([](Tx& tx) {
    EXPECT_THROW(
        tx.each({"test.outer", "SELECT id FROM organisation"}, {}, [&](const Row&) { tx.run({"test.inner", "DELETE FROM secret"}, {}); }),
        Bug);
    EXPECT_EQ(tx.run({"test.inner", "DELETE FROM secret"}, {}), 0) << "the transaction works on";
  });
}

TEST_P(Writers, SharedWorkIsAllOrNothing) {
  EXPECT_THROW(db().shared([](Tx& tx) {
    tx.run({"test.grow", "UPDATE catalogue SET generation = generation + 1"}, {});
    throw std::runtime_error("no");
  }),
               std::runtime_error);
  EXPECT_EQ(number("test.generation", "SELECT generation FROM catalogue"), 0);
}

TEST_P(Writers, WorkThatGoesOnAfterAFailedStatementIsNeverHalfKept) {
  const auto go_on = [&] {
    db().shared([](Tx& tx) {
      tx.run({"test.grow", "UPDATE catalogue SET generation = generation + 1"}, {});
      try {
        tx.run({"test.twice", "INSERT INTO catalogue (id, generation) VALUES (1, 1)"}, {});
      } catch (const Fault&) {  // swallowed, as no program should
      }
    });
  };
  // SQLite undoes the statement and goes on; PostgreSQL has lost the transaction and must say so.
  if (GetParam() == Engine::Sqlite)
    EXPECT_NO_THROW(go_on());
  else
    EXPECT_THROW(go_on(), Fault);
  EXPECT_EQ(number("test.generation", "SELECT generation FROM catalogue"), GetParam() == Engine::Sqlite ? 1 : 0);
}

TEST_P(Writers, WhatWaitsIsFinishedBeforeTheEnd) {
  std::vector<std::future<void>> answers;
  for (int i = 0; i < 50; ++i) answers.push_back(submit(kFirst, [](Write& write) { write.audit(line("record.add")); }));
  close();
  for (auto& answer : answers) EXPECT_NO_THROW(answer.get());
  reopen();
  EXPECT_EQ(number("test.all_lines", "SELECT COUNT(*) FROM audit_line"), 50);
}

TEST_P(Writers, ALateSeriesWaitsForBatchesThatHaveReadTheirFills) {
  const auto other = open_again();
  std::future<void> late;
  held([&] {
    late = std::async(std::launch::async, [&] { other->shared([](Tx& tx) { insert_fills(tx, kSeries); }); });
    EXPECT_EQ(late.wait_for(std::chrono::milliseconds(200)), std::future_status::timeout);
  });
  late.get();
  db().write(kThird, [](Write& write) { write.add(Day{1}, UnitKey{1}, one(), 1); });
  EXPECT_TRUE(cells(kThird).empty()) << "from now on the series is not filled";
}

}  // namespace pilar::writer_test
