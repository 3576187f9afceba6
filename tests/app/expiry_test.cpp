// Day cells that expire: whatever happens to old records afterwards, months stay what the records say.
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <map>
#include <random>
#include <thread>

#include "app/fill.h"
#include "app/instrument.h"
#include "app/record.h"
#include "app/upkeep.h"
#include "store/cell_store.h"
#include "store/record_store.h"
#include "support/shipped_store.h"

namespace pilar::expiry_test {

using namespace pilar::app;

constexpr std::int64_t kDayMicros = 86'400'000'000LL;
constexpr Month kRunning{680}, kKept{kRunning.value - kDayCellMonths};  // September 2026

using Monthly = std::map<std::tuple<Month, UnitKey, SeriesKey, std::int32_t>, Cell>;
using Rows = std::vector<std::array<std::int64_t, 9>>;

class Expiry : public test::ShippedStoreTest {
 protected:
  Expiry() : context_{db(), clock_, reference_, SigningKey{{7}}, test::kQuickPasswords} {
    clock_.set({start_of(first_day(kRunning), Zone::Wib).micros + 20 * kDayMicros});
    refresh_reference(context_);
  }

  static Scope team(FacilityKey facility) { return {Role::QualityLead, facility, "account:1"}; }
  static Instant noon(Day day) { return {start_of(day, Zone::Wib).micros + kDayMicros / 2}; }

  Answers answers(std::int64_t visits) const { return {Decimal::whole(visits), Decimal::whole(visits / 2), Decimal::whole(visits / 3)}; }
  const InstalledVersion& version() const { return *context_.reference.get()->latest("kunjungan-bulanan"); }

  Uuid add(Day day, std::int64_t visits, int unit = 1, FacilityKey facility = test::kFirst) {
    const auto id = make_uuid(noon(day));
    EXPECT_TRUE(
        save_record(context_, team(facility), {id, facility, {unit}, version().version, noon(day), Channel::Staff, answers(visits)}));
    return id;
  }
  void correct(const Uuid& id, Day day, std::int64_t visits, int unit, std::int32_t expected = 1) {
    EXPECT_TRUE(correct_record(context_, team(test::kFirst),
                               {test::kFirst, id, expected, {unit}, version().version, noon(day), answers(visits), "salah"}));
  }
  void take_back(const Uuid& id, std::int32_t expected = 1) {
    EXPECT_TRUE(void_record(context_, team(test::kFirst), test::kFirst, id, expected, "salah"));
  }

  /// Three years at the first facility, some of it without a unit.
  void make_history() {
    for (int month = kRunning.value - 36; month <= kRunning.value; ++month)
      for (int i = 0; i < 3; ++i) old_.push_back(add({first_day({month}).value + 5 * i}, 900 + 10LL * month + i, i));
  }
  void fold() {
    while (fold_step(context_, 20) > 0) continue;
  }
  void expire() {
    while (expire_step(context_, 20) > 0) continue;
  }

  Monthly months(FacilityKey facility = test::kFirst) {
    std::vector<SeriesKey> series;
    for (const auto& one : version().series) series.push_back(one.id);
    std::ranges::sort(series);
    Monthly all;
    db().read([&](store::Tx& tx) {
      store::each_month_cell(tx, facility, {0}, {kRunning.value + 1}, series, [&](const store::CellRow& row) {
        auto& sum = all[{row.month, row.unit, row.series, row.bucket}];
        sum = pilar::fold(sum + row.cell);
      });
    });
    return all;
  }

  Rows rows(const char* name, const char* text) {
    Rows all;
    db().read([&](store::Tx& tx) {
      tx.each({name, text}, {}, [&](const store::Row& row) {
        auto& one = all.emplace_back();
        for (int i = 0; i < 9; ++i) one[static_cast<std::size_t>(i)] = row.i64(i);
      });
    });
    return all;
  }
  Rows day_rows() {
    return rows("test.days",
                "SELECT facility, day, unit, series, bucket, n, sum, sumsq_high, sumsq_low FROM cell "
                "WHERE n <> 0 ORDER BY facility, day, unit, series, bucket");
  }
  Rows month_rows() {
    return rows("test.months",
                "SELECT facility, month, unit, series, bucket, n, sum, sumsq_high, sumsq_low FROM cell_month "
                "ORDER BY facility, month, unit, series, bucket");
  }
  Day first_day_here() {
    Day first;
    db().read([&](store::Tx& tx) { first = store::first_day_with_cells(tx, test::kFirst); });
    return first;
  }
  void expect_counted() { EXPECT_TRUE(recount(context_, test::kFirst, 10).empty()); }

  Scope administrator_{Role::Administrator, {0}, "test"};
  ReferenceHolder reference_;
  Context context_;
  std::vector<Uuid> old_;  ///< three a month, the oldest first
};
PILAR_BOTH_ENGINES(Expiry);

const Day kOldDay = first_day({kRunning.value - 34}), kYoungDay = first_day({kRunning.value - 2});

TEST_P(Expiry, OldDaysGoAndMonthsStay) {
  make_history();
  add(first_day(kRunning), 5, 1, test::kSecond);
  const auto before = months();
  fold();
  EXPECT_EQ(first_day_here(), Day{INT32_MIN});
  expire();
  EXPECT_EQ(first_day_here(), first_day(kKept));
  EXPECT_EQ(number("test.oldest", "SELECT MIN(day) FROM cell WHERE facility = 1"), first_day(kKept).value);
  EXPECT_EQ(months(), before);
  expect_counted();
  db().read([](store::Tx& tx) { EXPECT_EQ(store::first_day_with_cells(tx, {}), first_day(kKept)) << "at all facilities"; });
  EXPECT_EQ(expire_step(context_, 20), 0U) << "nothing is left to do";
}

TEST_P(Expiry, OneStepTakesOneMonthOfAFacility) {
  make_history();
  fold();
  expire_step(context_, 1);
  EXPECT_EQ(first_day_here(), first_day({kRunning.value - 35}));
  expect_counted();
}

TEST_P(Expiry, NothingGoesBeforeItsMonthIsFolded) {
  make_history();
  const auto days = day_rows();
  expire();
  EXPECT_EQ(day_rows(), days);
  fold();
  add(kOldDay, 7);  // marks its month again
  expire();
  EXPECT_EQ(day_rows().size(), days.size() + version().series.size());
  fold();
  expire();
  EXPECT_LT(day_rows().size(), days.size());
  expect_counted();
}

TEST_P(Expiry, ChangesOfOldRecordsReachTheirMonths) {
  make_history();
  fold();
  expire();
  const auto late = add(kOldDay, 77, 2);
  add({kOldDay.value + 40}, 13, 0);
  correct(old_.at(6), kYoungDay, 500, 2);  // from an expired month to one with day cells
  correct(old_.at(100), kOldDay, 501, 1);  // and the other way
  correct(old_.at(3), kOldDay, 502, 0);    // between two expired months
  correct(late, kOldDay, 999'999'999, 1);  // its square does not fit in 40 bits
  take_back(old_.at(9));
  take_back(late, 2);
  expect_counted();
  const auto changed = months();
  EXPECT_EQ(number("test.dirty", "SELECT COUNT(*) FROM month_dirty WHERE facility = 1 AND month < 655"), 0) << "no day cells to fold from";
  fold();
  EXPECT_EQ(months(), changed);
  expect_counted();
  EXPECT_EQ(number("test.empty", "SELECT COUNT(*) FROM cell_month WHERE n = 0"), 0);
}

TEST_P(Expiry, ARebuildGivesTheSameBits) {
  make_history();
  fold();
  expire();
  add(kOldDay, 123'456'789, 2);
  correct(old_.at(9), kOldDay, 987'654'321, 1);
  take_back(old_.at(12));
  fold();
  const auto days = day_rows(), stored = month_rows();
  rebuild_facility(context_, test::kFirst);
  fold();
  EXPECT_EQ(day_rows(), days);
  EXPECT_EQ(month_rows(), stored);
  db().shared([](store::Tx& tx) {
    EXPECT_GT(tx.run({"test.meddle", "UPDATE cell_month SET sum = sum + 1 WHERE month < 655 AND unit = 0"}, {}), 0);
  });
  EXPECT_FALSE(recount(context_, test::kFirst, 10).empty());
  rebuild_facility(context_, test::kFirst);
  fold();
  EXPECT_EQ(month_rows(), stored);
}

TEST_P(Expiry, AFoldThatComesTooLateTakesNothingAway) {
  make_history();
  fold();
  expire();
  const auto stored = month_rows();
  db().write(test::kFirst, [](store::Write& write) { store::fold_months(write.tx(), std::array{write.facility()}, month_of(kOldDay)); });
  EXPECT_EQ(month_rows(), stored);
}

TEST_P(Expiry, AnUndoneExpiryLeavesNoTrace) {
  make_history();
  fold();
  const auto days = day_rows();
  EXPECT_THROW(db().write(test::kFirst,
                          [](store::Write& write) {
                            write.expire_cells(kKept);
                            throw std::runtime_error("no");
                          }),
               std::runtime_error);
  EXPECT_EQ(day_rows(), days);
  EXPECT_EQ(first_day_here(), Day{INT32_MIN});
}

/// A pack that counts visits also by place: a series that is defined when most of its days have expired.
TEST_P(Expiry, LateSeriesAreFilledIntoExpiredMonths) {
  make_history();
  fold();
  expire();
  std::string pack(version().form.content);
  const auto place = pack.find("version: 1");
  ASSERT_NE(place, std::string::npos);
  pack.replace(place, 10, "version: 2");
  const auto unit = pack.find("unit: ");
  ASSERT_NE(unit, std::string::npos);
  pack.replace(unit, 6, "unit: x");  // another meaning, so another series
  const auto installed = install_instrument(context_, administrator_, pack, "baru.yaml");
  ASSERT_TRUE(installed);
  ASSERT_GT(installed->late_series, 0U);
  refresh_reference(context_);
  while (fill_step(context_)) continue;
  add(kOldDay, 40);
  fold();
  expect_counted();
}

TEST_P(Expiry, WritersFoldersAndExpiryTogetherLoseNothing) {
  make_history();
  const auto other = open_again();
  Context elsewhere{*other, clock_, reference_, SigningKey{{7}}};
  std::atomic<bool> stop = false;
  std::jthread keeper([&] {
    while (!stop) {
      fold_step(elsewhere, 3);
      expire_step(elsewhere, 3);
    }
  });
  std::vector<std::jthread> writers;
  for (unsigned t = 0; t < 3; ++t)
    writers.emplace_back([&, t] {
      std::mt19937 random(t);
      for (std::size_t i = t; i < old_.size(); i += 3) {
        const Day day{first_day({kRunning.value - 36}).value + static_cast<std::int32_t>(random() % 1000)};
        add(day, static_cast<std::int64_t>(random() % 1000), static_cast<int>(random() % 3));
        if (i % 2 == 0)
          correct(old_[i], day, static_cast<std::int64_t>(random() % 1000), static_cast<int>(random() % 3));
        else
          take_back(old_[i]);
      }
    });
  writers.clear();
  stop = true;
  keeper.join();
  expect_counted();
  fold();
  expire();
  expect_counted();
  const auto read = months();
  rebuild_facility(context_, test::kFirst);
  EXPECT_EQ(months(), read);
}

}  // namespace pilar::expiry_test
