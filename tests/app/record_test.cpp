#include "app/record.h"

#include <gtest/gtest.h>

#include <random>
#include <thread>

#include "app/fill.h"
#include "app/instrument.h"
#include "app/organisation.h"
#include "app/result.h"
#include "app/upkeep.h"
#include "base/embedded.h"
#include "i18n/messages.h"
#include "i18n/words/answer.h"
#include "i18n/words/result.h"
#include "store/audit_store.h"
#include "store/cell_store.h"
#include "store/fill_store.h"
#include "store/instrument_store.h"
#include "store/organisation_store.h"
#include "store/record_store.h"
#include "support/test_store.h"

namespace pilar::record_test {

using namespace pilar::app;

constexpr std::string_view kPack = R"(
instrument: contoh
version: 1
title: {id: Contoh, en: Example}
purpose: {id: Untuk uji, en: For tests}
source: uji
pillar: peserta
public: true
sections:
  - key: a
    title: {id: A, en: A}
    items:
      - key: penjamin
        type: choice
        label: {id: Penjamin, en: Payer}
        options:
          - {key: jkn, code: 1, label: {id: JKN, en: JKN}}
          - {key: umum, code: 2, label: {id: Umum, en: Private}}
      - key: nilai
        type: scale
        required: true
        label: {id: Nilai, en: Score}
        options:
          - {key: "1", code: 1, label: {id: Satu, en: One}}
          - {key: "2", code: 2, label: {id: Dua, en: Two}}
          - {key: "3", code: 3, label: {id: Tiga, en: Three}}
      - key: menit
        type: number
        label: {id: Menit, en: Minutes}
        low: 0
        high: 600
measures:
  - key: rating
    type: rating
    title: {id: Nilai, en: Score}
    meaning: {id: Rata-rata, en: Mean}
    items: [nilai]
)";

class RecordTest : public test::StoreTest {
 protected:
  RecordTest() : context_{db(), clock_, reference_, SigningKey{{7}}, test::kQuickPasswords} {
    refresh_reference(context_);
    clock_.set({1'790'000'000'000'000});  // September 2026
    const auto installed = install_instrument(context_, administrator_, kPack, "contoh.yaml");
    if (!installed) ADD_FAILURE() << say(Lang::En, installed.error().front()) << " " << installed.error().front().field;
  }

  /// The store's facilities stand beside each other, so each has a scope of its own.
  Scope team(FacilityKey facility) const { return {Role::QualityLead, facility, "account:1"}; }

  NewRecord record(FacilityKey facility, int score, int day = 0, int unit = 1, Channel channel = Channel::Api) {
    const auto* version = context_.reference.get()->latest("contoh");
    const Instant at{clock_.now().micros - day * 86'400'000'000LL};
    Answers answers{Code{score % 2 + 1}, Code{score}, Decimal::whole(score * 10)};
    return {make_uuid(at), facility, {unit}, version->version, at, channel, std::move(answers)};
  }

  Saved save(const NewRecord& wanted) {
    const auto saved = save_record(context_, team(wanted.facility), wanted);
    EXPECT_TRUE(saved);
    return saved.value_or(Saved{});
  }

  void expect_sound(FacilityKey facility) {
    const auto differences = recount(context_, facility, 5);
    for (const auto& one : differences)
      ADD_FAILURE() << "series " << one.key.series.value << " day " << one.key.day.value << " stored n " << one.stored.n << " counted "
                    << one.recounted.n;
  }

  std::optional<double> mean(FacilityKey facility, std::optional<Breakdown> breakdown = {}) {
    const auto month = month_of(civil_day(clock_.now(), Zone::Wib));
    const auto view = read_result(context_, Scope(Role::Surveyor, facility, "t"),
                                  {"contoh", facility, {}, {first_day({month.value - 3}), period_of(month).to}, breakdown});
    EXPECT_TRUE(view);
    return view ? view->measures.front().rating.mean : std::nullopt;
  }

  ReferenceHolder reference_;
  Context context_;
  Scope administrator_{Role::Administrator, kEverywhere, "test"};
};

TEST_P(RecordTest, ARecordIsANumberAtOnce) {
  save(record(test::kFirst, 3));
  save(record(test::kFirst, 2));
  EXPECT_EQ(mean(test::kFirst), 2.5);
  EXPECT_EQ(mean(test::kSecond), std::nullopt) << "nothing at the other facility, and not zero";
  expect_sound(test::kFirst);
}

TEST_P(RecordTest, SentTwiceIsOneRecord) {
  const auto wanted = record(test::kFirst, 3);
  EXPECT_FALSE(save(wanted).repeated);
  EXPECT_TRUE(save(wanted).repeated);
  auto other = wanted;
  other.answers[1] = Code{1};
  const auto refused = save_record(context_, team(test::kFirst), other);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().front().message, Msg::RecordIdConflict);
  EXPECT_EQ(mean(test::kFirst), 3.0);
}

TEST_P(RecordTest, APublicPageHandedToTwoPeopleKeepsBoth) {
  auto first = record(test::kFirst, 3, 0, 1, Channel::Public);
  auto second = first;
  second.answers[1] = Code{1};
  EXPECT_EQ(save(first).state, RecordState::Valid);
  const auto flagged = save(second);
  EXPECT_EQ(flagged.state, RecordState::Flagged);
  EXPECT_NE(flagged.id, first.id);
  EXPECT_TRUE(save(second).repeated);
  EXPECT_EQ(mean(test::kFirst), 2.0);
  expect_sound(test::kFirst);
}

TEST_P(RecordTest, CorrectionMovesItsCellsAndKeepsTheOld) {
  const auto wanted = record(test::kFirst, 3);
  save(wanted);
  Correction change{test::kFirst,   wanted.id,      1, {2}, wanted.version, {wanted.at.micros - 40 * 86'400'000'000LL},
                    wanted.answers, "salah tanggal"};
  change.answers[1] = Code{1};
  EXPECT_EQ(correct_record(context_, team(test::kFirst), change)->revision, 2);
  EXPECT_EQ(mean(test::kFirst), 1.0);
  expect_sound(test::kFirst);
  const auto stale = correct_record(context_, team(test::kFirst), change);
  ASSERT_FALSE(stale);
  EXPECT_EQ(stale.error().front().message, Msg::RecordChanged);
  EXPECT_TRUE(save(wanted).repeated) << "the first content is still recognised";
  db().read([&](store::Tx& tx) {
    const auto revisions = store::load_revisions(tx, test::kFirst, wanted.id);
    ASSERT_EQ(revisions.size(), 1U);
    EXPECT_EQ(revisions.front().answers, to_canonical(wanted.answers));
    EXPECT_EQ(revisions.front().reason, "salah tanggal");
  });
}

TEST_P(RecordTest, VoidingTakesItOutOfEverySum) {
  const auto wanted = record(test::kFirst, 3);
  save(wanted);
  save(record(test::kFirst, 1));
  ASSERT_TRUE(void_record(context_, team(test::kFirst), test::kFirst, wanted.id, 1, "ganda"));
  EXPECT_EQ(mean(test::kFirst), 1.0);
  EXPECT_FALSE(void_record(context_, team(test::kFirst), test::kFirst, wanted.id, 2, "lagi"));
  expect_sound(test::kFirst);
}

TEST_P(RecordTest, NobodyWritesWhatIsNotTheirs) {
  const auto refused = save_record(context_, team(test::kSecond), record(test::kFirst, 3));
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().front().kind, Problem::Kind::Forbidden);
  const auto reader = save_record(context_, Scope(Role::Surveyor, test::kFirst, "t"), record(test::kFirst, 3));
  EXPECT_FALSE(reader);
}

TEST_P(RecordTest, FoldedMonthsReadTheSame) {
  for (int day = 0; day < 90; day += 3) save(record(test::kFirst, day % 3 + 1, day, day % 2 + 1));
  const auto before = mean(test::kFirst);
  EXPECT_GT(fold_step(context_, 100), 0U);
  EXPECT_EQ(fold_step(context_, 100), 0U) << "the running month is not folded";
  EXPECT_EQ(mean(test::kFirst), before);
  save(record(test::kFirst, 3, 60));
  EXPECT_NE(mean(test::kFirst), before) << "a late record shows at once";
  fold_step(context_, 100);
  expect_sound(test::kFirst);
}

TEST_P(RecordTest, TheRunningMonthIsFoldedAsFarAsItHasCome) {
  const auto fold = [&] { return fold_running_step(context_, FacilityKey{0}, 100); };
  for (int day = 0; day < 40; ++day) save(record(test::kFirst, day % 3 + 1, day, day % 2 + 1));
  save(record(test::kSecond, 2));
  const auto before = mean(test::kFirst);
  while (fold_step(context_, 100) > 0) continue;
  EXPECT_EQ(fold_running_step(context_, FacilityKey{0}, 1), test::kFirst) << "one facility at a time";
  EXPECT_EQ(fold(), test::kSecond) << "and then the others";
  EXPECT_EQ(fold(), std::nullopt) << "to the end";
  EXPECT_EQ(number("test.dirty", "SELECT COUNT(*) FROM month_dirty"), 0);
  EXPECT_EQ(mean(test::kFirst), before);
  expect_sound(test::kFirst);
  const auto late = record(test::kFirst, 3);
  save(late);
  EXPECT_NE(mean(test::kFirst), before) << "what came in since shows at once";
  ASSERT_TRUE(void_record(context_, team(test::kFirst), test::kFirst, late.id, 1, "ganda"));
  EXPECT_EQ(mean(test::kFirst), before);
  fold();
  EXPECT_EQ(number("test.dirty", "SELECT COUNT(*) FROM month_dirty"), 0);
  EXPECT_EQ(mean(test::kFirst), before);
  expect_sound(test::kFirst);
}

TEST_P(RecordTest, AnyPeriodIsExactToTheDay) {
  db().shared([](store::Tx& tx) {
    for (const char* code : {"a", "b"}) store::insert_unit(tx, {test::kFirst, {}, code, code, Day{0}, {}});
    store::advance_generation(tx);
  });
  refresh_reference(context_);
  std::vector<std::pair<Day, int>> scores;
  const auto enter = [&](int score, int day, int unit) {
    const auto one = record(test::kFirst, score, day, unit);
    save(one);
    scores.emplace_back(civil_day(one.at, Zone::Wib), score);
  };
  for (int day = 0; day < 100; day += 1 + day % 3) enter(day % 3 + 1, day, day % 2 + 1);
  fold_step(context_, 100);
  enter(3, 45, 1);  // marks a folded month again
  const auto today = civil_day(clock_.now(), Zone::Wib);
  const auto read = [&](Period period, std::optional<UnitKey> unit = {}) {
    return read_result(context_, Scope(Role::Surveyor, test::kFirst, "t"), {"contoh", test::kFirst, unit, period}).value();
  };
  for (int from = 0; from < 100; from += 9)
    for (int to = from - 1; to >= -1; to -= 7) {
      const Period period{{today.value - from}, {today.value - to}};
      std::int64_t sum = 0, count = 0;
      for (const auto& [day, score] : scores)
        if (period.from <= day && day < period.to) {
          sum += score;
          ++count;
        }
      const auto view = read(period);
      ASSERT_EQ(view.records, count) << iso(period.from) << " to " << iso(period.to);
      const auto mean = view.measures.front().rating.mean;
      ASSERT_EQ(mean.has_value(), count > 0);
      EXPECT_NEAR(mean.value_or(0), count == 0 ? 0.0 : static_cast<double>(sum) / static_cast<double>(count), 1e-9);
      EXPECT_EQ(read(period, UnitKey{1}).records + read(period, UnitKey{2}).records, count) << "the units are all of it";
      for (const auto& part : view.parts) EXPECT_EQ(part.records, read(period, part.unit).records);
    }
  EXPECT_FALSE(read_result(context_, Scope(Role::Surveyor, test::kFirst, "t"), {"contoh", test::kFirst, {}, {today, today}}));
}

TEST_P(RecordTest, DaysThatExpiredAreReadByMonthOnly) {
  constexpr int kDays = 31 * (kDayCellMonths + 3);
  for (const int day : {kDays, kDays - 10, 40, 1}) save(record(test::kFirst, 3, day));
  fold_step(context_, 1000);
  while (expire_step(context_, 100) > 0) continue;
  const auto today = civil_day(clock_.now(), Zone::Wib);
  const auto read = [&](Period period) {
    return read_result(context_, Scope(Role::Surveyor, test::kFirst, "t"), {"contoh", test::kFirst, {}, period});
  };
  const Day oldest{today.value - kDays};
  const auto gone = read({oldest, {today.value + 1}});
  ASSERT_FALSE(gone);
  EXPECT_EQ(gone.error().front().message, Msg::ResultDaysGone);
  EXPECT_EQ(read({first_day(month_of(oldest)), {today.value + 1}})->records, 4) << "only the edge at the end needs days";
  EXPECT_EQ(read({{today.value - 45}, {today.value + 1}})->records, 2);
}

TEST(Result, APeriodIsWholeMonthsAndTheDaysBesideThem) {
  const auto day = [](const char* text) { return *parse_day(text); };
  const auto edges = [&](const char* from, const char* to) {
    const auto span = span_of({day(from), day(to)});
    std::string out = std::to_string(span.to.value - span.from.value);
    for (const auto& edge : span.edges) out += " " + iso(edge.from) + "/" + iso(edge.to);
    return out;
  };
  EXPECT_EQ(edges("2026-10-01", "2026-11-01"), "1");
  EXPECT_EQ(edges("2025-12-01", "2026-03-01"), "3");
  EXPECT_EQ(edges("2026-10-02", "2026-10-05"), "0 2026-10-02/2026-10-05");
  EXPECT_EQ(edges("2026-10-01", "2026-10-05"), "0 2026-10-01/2026-10-05");
  EXPECT_EQ(edges("2026-10-31", "2026-11-02"), "0 2026-10-31/2026-11-01 2026-11-01/2026-11-02");
  EXPECT_EQ(edges("2024-02-29", "2024-04-01"), "1 2024-02-29/2024-03-01");
  EXPECT_EQ(edges("2026-01-15", "2026-04-15"), "2 2026-01-15/2026-02-01 2026-04-01/2026-04-15");
}

TEST_P(RecordTest, ABreakdownDefinedLaterCountsEarlierRecords) {
  for (int day = 0; day < 80; ++day) save(record(test::kFirst, day % 3 + 1, day));
  const auto added = define_breakdown(context_, administrator_, "contoh", "nilai", "penjamin");
  ASSERT_TRUE(added);
  EXPECT_EQ(*added, 2U);
  save(record(test::kFirst, 3, 70));
  while (fill_step(context_, 7)) save(record(test::kFirst, 2, 75));
  expect_sound(test::kFirst);
  EXPECT_EQ(mean(test::kFirst, Breakdown{"penjamin", "umum"}).has_value(), true);
  EXPECT_EQ(*define_breakdown(context_, administrator_, "contoh", "nilai", "penjamin"), 0U);
}

TEST_P(RecordTest, AFillStopsAtWholeDaysAndEndsWithEveryRecord) {
  std::vector<NewRecord> all;
  for (int i = 0; i < 60; ++i) all.push_back(record(test::kFirst, i % 3 + 1, i / 20 * 30, i % 2 + 1));
  for (const auto& one : all) save(one);
  ASSERT_TRUE(void_record(context_, team(test::kFirst), test::kFirst, all[25].id, 1, "uji"));
  ASSERT_TRUE(define_breakdown(context_, administrator_, "contoh", "nilai", "penjamin"));
  std::vector<std::size_t> waiting;
  for (bool more = true; more;) {
    more = fill_step(context_, 5);
    db().read([&](store::Tx& tx) { waiting.push_back(store::load_fills(tx, test::kFirst).size()); });
    expect_sound(test::kFirst);
  }
  while (!waiting.empty() && waiting.back() == 0) waiting.pop_back();  // other facilities, and the end
  EXPECT_EQ(waiting, (std::vector<std::size_t>{2, 2, 2})) << "each day has more records than a step, and none is before the last";
  fill_all(context_, {});
  db().read([&](store::Tx& tx) { EXPECT_EQ(store::count_fills(tx), 0); });
}

TEST_P(RecordTest, WhatChangesWhileItIsCountedIsCountedAnew) {
  for (int day = 0; day < 40; ++day) save(record(test::kFirst, day % 3 + 1, day));
  const auto moved = record(test::kFirst, 3, 12);
  save(moved);
  ASSERT_TRUE(define_breakdown(context_, administrator_, "contoh", "nilai", "penjamin"));
  std::int64_t line = 0;
  db().read([&](store::Tx& tx) { line = store::load_audit_head(tx, test::kFirst).seq; });
  const auto changed = [&](int oldest, int newest) {
    const auto today = civil_day(clock_.now(), Zone::Wib).value;
    bool any = false;
    db().read([&](store::Tx& tx) {
      any = store::has_changed_among(tx, test::kFirst, context_.reference.get()->latest("contoh")->instrument,
                                     {{today - oldest}, {today - newest}}, line);
    });
    return any;
  };
  EXPECT_FALSE(changed(60, -1));
  save(record(test::kFirst, 1, 3));
  EXPECT_TRUE(changed(4, 2));
  EXPECT_FALSE(changed(60, 4)) << "a record of another day";
  Correction change{moved.facility, moved.id, 1, {1}, moved.version, {moved.at.micros - 20 * 86'400'000'000LL}, moved.answers, "uji"};
  ASSERT_TRUE(correct_record(context_, team(test::kFirst), change));
  EXPECT_TRUE(changed(13, 11)) << "where it stood";
  EXPECT_TRUE(changed(33, 31)) << "where it stands";
  EXPECT_FALSE(changed(30, 20));
  while (fill_step(context_, 3)) save(record(test::kFirst, 2, 39));
  expect_sound(test::kFirst);
}

TEST_P(RecordTest, RebuildGivesTheSameBits) {
  for (int day = 0; day < 60; ++day) save(record(test::kFirst, day % 3 + 1, day));
  std::map<CellKey, Cell> before, after;
  db().read([&](store::Tx& tx) {
    store::each_stored_cell(tx, test::kFirst, [&](const CellKey& key, const Cell& cell) { before.emplace(key, cell); });
  });
  rebuild_facility(context_, test::kFirst);
  db().read([&](store::Tx& tx) {
    store::each_stored_cell(tx, test::kFirst, [&](const CellKey& key, const Cell& cell) { after.emplace(key, cell); });
  });
  EXPECT_FALSE(before.empty());
  EXPECT_EQ(before, after);
}

/// Two programs on one store write, correct, void and rebuild at once, while a breakdown is defined and filled.
TEST_P(RecordTest, ConcurrentChangesAreCountedOnce) {
  auto other_db = GetParam() == store::Engine::Postgres ? open_again() : nullptr;
  ReferenceHolder other_reference;
  Context other{other_db ? *other_db : db(), clock_, other_reference, context_.signing_key};
  refresh_reference(other);
  const auto worker = [this](Context& context, unsigned seed) {
    std::mt19937 random(seed);
    std::vector<NewRecord> mine;
    for (int i = 0; i < 120; ++i) {
      const auto pick = random() % 4;
      if (mine.empty() || pick < 2) {
        mine.push_back(
            record({static_cast<std::int32_t>(random() % 2 + 1)}, static_cast<int>(random() % 3 + 1), static_cast<int>(random() % 70)));
        ASSERT_TRUE(save_record(context, team(mine.back().facility), mine.back()));
      } else if (auto& one = mine[random() % mine.size()]; pick == 2) {
        Correction change{one.facility, one.id, 1, {2}, one.version, {one.at.micros - 86'400'000'000LL}, one.answers, "uji"};
        change.answers[1] = Code{static_cast<std::int32_t>(random() % 3 + 1)};
        (void)correct_record(context, team(one.facility), change);
      } else {
        (void)void_record(context, team(one.facility), one.facility, one.id, static_cast<std::int32_t>(random() % 2 + 1), "uji");
      }
    }
  };
  {
    std::jthread a(worker, std::ref(context_), 1U), b(worker, std::ref(other), 2U), c(worker, std::ref(other), 3U);
    ASSERT_TRUE(define_breakdown(context_, administrator_, "contoh", "menit", "penjamin"));
    while (fill_step(context_, 9)) rebuild_facility(context_, test::kSecond);
  }
  fill_all(context_, {});
  fold_step(context_, 100);
  expect_sound(test::kFirst);
  expect_sound(test::kSecond);
}

PILAR_BOTH_ENGINES(RecordTest);

}  // namespace pilar::record_test
