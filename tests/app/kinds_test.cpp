#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <set>

#include "app/export.h"
#include "app/fill.h"
#include "app/instrument.h"
#include "app/record.h"
#include "app/result.h"
#include "app/upkeep.h"
#include "i18n/messages.h"
#include "interchange/csv.h"
#include "store/cell_store.h"
#include "store/organisation_store.h"
#include "store/person_store.h"
#include "store/report_store.h"
#include "support/test_store.h"

namespace pilar::kinds_test {

using namespace pilar::app;

constexpr std::string_view kPack = R"(
instrument: jenis
version: 1
title: {id: Jenis, en: Kinds}
purpose: {id: Untuk uji, en: For tests}
source: uji
pillar: ppk
public: no
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
      - key: pasien
        type: person
        label: {id: Pasien, en: Patient}
        by: penjamin
      - key: peserta
        type: number
        aggregation: state
        label: {id: Peserta, en: Members}
      - key: sasaran
        type: number
        aggregation: yearly
        label: {id: Sasaran, en: Target}
      - key: capaian
        type: number
        label: {id: Capaian, en: Reached}
      - key: tunggu
        type: number
        digits: 1
        unit: menit
        distribution: yes
        label: {id: Tunggu, en: Wait}
        by: penjamin
measures:
  - {key: orang, type: sum, title: {id: Orang, en: Persons}, items: pasien}
  - {key: peserta, type: sum, title: {id: Peserta, en: Members}, items: peserta}
  - {key: sasaran, type: sum, title: {id: Sasaran, en: Target}, items: sasaran}
  - {key: cakupan, type: ratio, title: {id: Cakupan, en: Coverage}, numerator: capaian, denominator: sasaran}
  - {key: kontak, type: ratio, title: {id: Kontak, en: Contact}, numerator: pasien, denominator: peserta}
  - {key: tunggu, type: duration, title: {id: Tunggu, en: Wait}, items: tunggu, within: 60, target: 80}
)";

constexpr std::int64_t kDayMicros = 86'400'000'000;

/// What one record says; -1: nothing.
struct Said {
  int payer = 1, person = -1, members = -1, target = -1, reached = -1;
  double wait = -1;
};

class KindsTest : public test::StoreTest {
 protected:
  KindsTest() : context_{db(), clock_, reference_, SigningKey{{7}}, test::kQuickPasswords, {}, SigningKey{{8}}} {
    db().shared([](store::Tx& tx) {
      for (const auto facility : {test::kFirst, test::kSecond})
        for (const char* code : {"satu", "dua"}) store::insert_unit(tx, {facility, {}, code, code});
    });
    refresh_reference(context_);
    clock_.set(start_of(day(2026, 9, 21), Zone::Wib));
    const auto installed = install_instrument(context_, administrator_, kPack, "jenis.yaml");
    if (!installed) ADD_FAILURE() << say(Lang::En, installed.error().front()) << " " << installed.error().front().field;
  }

  static Day day(int year, int month, int of) { return make_day(year, month, of).value(); }
  static Scope team(FacilityKey facility) { return {Role::QualityLead, facility, "account:1"}; }

  static Answers answers(const Said& said) {
    const auto number = [](int value) { return value < 0 ? Answer{Empty::Blank} : Answer{Decimal::whole(value)}; };
    return {Code{said.payer},
            said.person < 0 ? Answer{Empty::Blank} : Answer{NamedPerson{"327301" + std::to_string(said.person)}},
            number(said.members),
            number(said.target),
            number(said.reached),
            said.wait < 0 ? Answer{Empty::Blank} : Answer{parse_decimal(std::to_string(static_cast<int>(said.wait))).value()}};
  }

  NewRecord record(FacilityKey facility, Day when, int unit, const Said& said, int minute = 600) {
    const Instant at{start_of(when, Zone::Wib).micros + minute * 60'000'000LL};
    return {make_uuid(at), facility, {unit}, context_.reference.get()->latest("jenis")->version, at, Channel::Staff, answers(said)};
  }
  NewRecord save(FacilityKey facility, Day when, int unit, const Said& said, int minute = 600) {
    auto wanted = record(facility, when, unit, said, minute);
    EXPECT_TRUE(save_record(context_, team(facility), wanted));
    return wanted;
  }

  ResultView read(FacilityKey facility, Period period, std::optional<UnitKey> unit = {}, std::optional<Breakdown> breakdown = {}) {
    auto view = read_result(context_, Scope(Role::Surveyor, facility, "t"), {"jenis", facility, unit, period, breakdown});
    EXPECT_TRUE(view);
    return view ? *std::move(view) : ResultView{};
  }
  static const MeasureReading& measure(const std::vector<MeasureReading>& all, std::string_view key) {
    const auto at = std::ranges::find_if(all, [&](const MeasureReading& one) { return one.measure->key == key; });
    if (at == all.end()) throw Bug("no measure " + std::string(key));
    return *at;
  }
  static std::string total(const std::vector<MeasureReading>& all, std::string_view key) {
    const auto& found = measure(all, key).total;
    return found ? text(*found) : "-";
  }

  /// Cells, reports and mentions agree with the records, and a rebuild changes none of them.
  void expect_sound(FacilityKey facility) {
    for (const auto& one : recount(context_, facility, 5))
      ADD_FAILURE() << "series " << one.key.series.value << " day " << one.key.day.value << " unit " << one.key.unit.value << " bucket "
                    << one.key.bucket << " stored n " << one.stored.n << " counted " << one.recounted.n;
    EXPECT_EQ(recount_mentions(context_, facility), 0U);
    const auto before = everything(facility);
    rebuild_facility(context_, facility);
    EXPECT_EQ(everything(facility), before);
  }

  std::multiset<std::string> everything(FacilityKey facility) {
    std::multiset<std::string> all;
    const auto cell_text = [](const CellKey& key, const Cell& cell) {
      return std::to_string(key.day.value) + " " + std::to_string(key.unit.value) + " " + std::to_string(key.series.value) + " " +
             std::to_string(key.bucket) + ": " + std::to_string(cell.n) + " " + std::to_string(cell.sum);
    };
    db().read([&](store::Tx& tx) {
      store::each_stored_cell(tx, facility, [&](const CellKey& key, const Cell& cell) { all.insert("cell " + cell_text(key, cell)); });
      store::each_stored_report(tx, facility, {{0}, {100'000}},
                                [&](const CellKey& key, const Cell& cell) { all.insert("report " + cell_text(key, cell)); });
      store::each_mention(tx, facility, [&](const Mention& one) {
        all.insert("mention " + std::to_string(one.series.value) + " " + std::to_string(one.day.value) + " " +
                   std::to_string(one.unit.value) + " " + std::to_string(one.person.hash[0]) + ": " + std::to_string(one.n));
      });
    });
    return all;
  }

  ReferenceHolder reference_;
  Context context_;
  Scope administrator_{Role::Administrator, kEverywhere, "test"};
};
PILAR_BOTH_ENGINES(KindsTest);

TEST_P(KindsTest, APersonCountsOnceAMonthAtTheFacility) {
  save(test::kFirst, day(2026, 9, 10), 2, {.person = 1});
  const auto first = save(test::kFirst, day(2026, 9, 3), 1, {.person = 1});
  save(test::kFirst, day(2026, 9, 12), 1, {.payer = 2, .person = 2});
  save(test::kFirst, day(2026, 8, 30), 1, {.person = 1});
  save(test::kSecond, day(2026, 9, 4), 1, {.person = 1});
  const Period september{day(2026, 9, 1), day(2026, 10, 1)};
  EXPECT_EQ(total(read(test::kFirst, september).measures, "orang"), "2");
  EXPECT_EQ(total(read(test::kFirst, {day(2026, 8, 1), day(2026, 10, 1)}).measures, "orang"), "3") << "months add up";
  EXPECT_EQ(total(read(test::kFirst, september, UnitKey{1}).measures, "orang"), "2") << "in the unit that served first";
  EXPECT_EQ(total(read(test::kFirst, september, {}, Breakdown{"penjamin", "jkn"}).measures, "orang"), "1");
  ASSERT_TRUE(void_record(context_, team(test::kFirst), test::kFirst, first.id, 1, "ganda"));
  EXPECT_EQ(total(read(test::kFirst, september).measures, "orang"), "2") << "the other mention still counts";
  EXPECT_EQ(total(read(test::kFirst, september, UnitKey{2}).measures, "orang"), "1") << "at its own unit";
  expect_sound(test::kFirst);
}

TEST_P(KindsTest, VoidingTheLastMentionTakesThePersonBack) {
  const auto only = save(test::kFirst, day(2026, 9, 3), 1, {.person = 1});
  ASSERT_TRUE(void_record(context_, team(test::kFirst), test::kFirst, only.id, 1, "salah orang"));
  EXPECT_EQ(total(read(test::kFirst, {day(2026, 9, 1), day(2026, 10, 1)}).measures, "orang"), "-");
  EXPECT_EQ(number("test.mentions", "SELECT COUNT(*) FROM person_mention"), 0);
  expect_sound(test::kFirst);
}

TEST_P(KindsTest, WhatNamedAPersonIsNowhereInTheStore) {
  save(test::kFirst, day(2026, 9, 3), 1, {.person = 4711});
  std::string out;
  const auto table = export_table(context_, Lang::Id, team(test::kFirst), {"jenis", test::kFirst, {12 * 56}, {12 * 57}});
  ASSERT_TRUE(table);
  write_csv(*table, CsvHead::With, [&](std::string_view bytes) { out += bytes; });
  EXPECT_NE(out.find("(given)"), std::string::npos);
  EXPECT_EQ(number("test.named", "SELECT COUNT(*) FROM record WHERE answers LIKE '%4711%'"), 0);
  EXPECT_EQ(number("test.audit", "SELECT COUNT(*) FROM audit_line WHERE detail LIKE '%4711%' OR subject LIKE '%3273014711%'"), 0);
  EXPECT_EQ(number("test.view", "SELECT COUNT(*) FROM record WHERE answers LIKE '%person%'"), 1);
}

TEST_P(KindsTest, AStateIsNeverSummedOverTime) {
  save(test::kFirst, day(2026, 6, 1), 1, {.members = 1000});
  save(test::kFirst, day(2026, 7, 1), 1, {.members = 1100});
  save(test::kFirst, day(2026, 7, 1), 1, {.members = 1150}, 700);
  const auto other = save(test::kFirst, day(2026, 8, 5), 2, {.members = 200});
  const auto view = read(test::kFirst, {day(2026, 6, 1), day(2026, 9, 1)});
  EXPECT_EQ(total(view.measures, "peserta"), "1350");
  EXPECT_EQ(measure(view.measures, "peserta").reports, 2);
  ASSERT_EQ(view.trend.size(), 3U);
  EXPECT_EQ(total(view.trend[0].measures, "peserta"), "1000");
  EXPECT_EQ(total(view.trend[1].measures, "peserta"), "1150");
  EXPECT_EQ(total(view.trend[2].measures, "peserta"), "1350");
  ASSERT_EQ(view.parts.size(), 2U);
  EXPECT_EQ(total(view.parts[0].measures, "peserta"), "1150");
  const auto later = read(test::kFirst, {day(2026, 9, 1), day(2026, 10, 1)});
  EXPECT_EQ(total(later.measures, "peserta"), "1350") << "an earlier report still holds";
  EXPECT_EQ(later.records, 0);
  EXPECT_FALSE(later.is_empty);
  EXPECT_TRUE(read(test::kFirst, {day(2026, 5, 1), day(2026, 6, 1)}).is_empty);
  ASSERT_TRUE(void_record(context_, team(test::kFirst), test::kFirst, other.id, 1, "salah"));
  EXPECT_EQ(total(read(test::kFirst, {day(2026, 9, 1), day(2026, 10, 1)}).measures, "peserta"), "1150");
  expect_sound(test::kFirst);
}

TEST_P(KindsTest, ANumeratorAccumulatesOverTheTargetOfItsYear) {
  save(test::kFirst, day(2026, 3, 10), 1, {.target = 240});
  for (int month = 1; month <= 8; ++month) save(test::kFirst, day(2026, month, 15), 1, {.reached = 10});
  save(test::kFirst, day(2025, 12, 15), 1, {.reached = 99});
  const auto shares = [&](Period period) { return measure(read(test::kFirst, period).measures, "cakupan").share; };
  const auto august = shares({day(2026, 8, 1), day(2026, 9, 1)});
  EXPECT_EQ(august.numerator, 80);
  EXPECT_EQ(august.denominator, 240);
  EXPECT_EQ(shares({day(2026, 1, 1), day(2026, 2, 1)}).numerator, 10) << "the target of March holds in January";
  EXPECT_EQ(shares({day(2026, 2, 10), day(2026, 2, 20)}).numerator, 20) << "to the day";
  EXPECT_EQ(shares({day(2026, 2, 1), day(2026, 2, 10)}).numerator, 10);
  EXPECT_EQ(shares({day(2025, 12, 1), day(2026, 1, 1)}).denominator, 0) << "another year has no target";
  const auto trend = read(test::kFirst, {day(2026, 8, 1), day(2026, 9, 1)}).trend;
  EXPECT_EQ(measure(trend.back().measures, "cakupan").share.numerator, 80);
  EXPECT_EQ(measure(trend[trend.size() - 2].measures, "cakupan").share.numerator, 70);
  fold_step(context_, 100);
  EXPECT_EQ(shares({day(2026, 8, 1), day(2026, 9, 1)}).numerator, 80) << "also from month cells";
  expect_sound(test::kFirst);
}

TEST_P(KindsTest, DurationsAreReadFromCells) {
  for (const int minutes : {5, 15, 25, 35, 60, 61, 90, 120, 30, 45})
    save(test::kFirst, day(2026, 9, 3), minutes % 2 + 1, {.payer = minutes < 40 ? 1 : 2, .wait = static_cast<double>(minutes)});
  const auto view = read(test::kFirst, {day(2026, 9, 1), day(2026, 10, 1)});
  const auto& reading = measure(view.measures, "tunggu");
  EXPECT_EQ(reading.share.numerator, 7);
  EXPECT_EQ(reading.share.denominator, 10);
  EXPECT_NEAR(reading.duration.median.value_or(0), 35, 0.4);
  EXPECT_NEAR(reading.duration.p90.value_or(0), 90, 1);
  const auto jkn = read(test::kFirst, {day(2026, 9, 1), day(2026, 10, 1)}, {}, Breakdown{"penjamin", "jkn"});
  EXPECT_EQ(measure(jkn.measures, "tunggu").share.denominator, 5);
  EXPECT_EQ(measure(jkn.measures, "tunggu").share.numerator, 5);
  ASSERT_EQ(view.parts.size(), 2U);
  EXPECT_EQ(measure(view.parts[0].measures, "tunggu").duration.n + measure(view.parts[1].measures, "tunggu").duration.n, 10);
}

TEST_P(KindsTest, ALimitDefinedLaterCountsEarlierRecords) {
  for (int i = 0; i < 6; ++i) save(test::kFirst, day(2026, 3 + i, 3), 1, {.person = i % 2, .members = i, .wait = 20.0 * i});
  auto next = std::string(kPack);
  next.replace(next.find("version: 1"), 10, "version: 2");
  next += "  - {key: cepat, type: duration, title: {id: Cepat, en: Fast}, items: tunggu, within: 30}\n";
  ASSERT_TRUE(install_instrument(context_, administrator_, next, "jenis.yaml"));
  while (fill_step(context_)) continue;
  const auto view = read(test::kFirst, {day(2026, 1, 1), day(2026, 10, 1)});
  EXPECT_EQ(measure(view.measures, "cepat").share.numerator, 2);
  EXPECT_EQ(measure(view.measures, "cepat").share.denominator, 6);
  expect_sound(test::kFirst);
}

/// Whatever is entered, moved, corrected and voided, in one batch or in many, with days that expire in between.
TEST_P(KindsTest, CellsEqualARebuildAfterAnyChanges) {
  std::mt19937 random(20'261'127);
  const auto pick = [&](int n) { return static_cast<int>(random() % static_cast<unsigned>(n)); };
  const auto some_said = [&] {
    return Said{1 + pick(2), pick(6) - 1, pick(3) == 0 ? pick(50) : -1, pick(6) == 0 ? pick(900) : -1, pick(3) - 1, 1.0 * pick(200) - 1};
  };
  const auto some_day = [&] { return Day{day(2026, 9, 1).value - pick(1200)}; };
  std::vector<std::pair<NewRecord, int>> mine;  // with its revision
  for (int step = 0; step < 240; ++step) {
    const auto what = pick(5);
    if (mine.empty() || what < 2) {
      const FacilityKey facility{pick(2) + 1};
      mine.emplace_back(save(facility, some_day(), pick(3), some_said(), pick(1440)), 1);
    } else if (auto& [one, revision] = mine[static_cast<std::size_t>(pick(static_cast<int>(mine.size())))]; what < 4) {
      const auto next = record(one.facility, pick(2) == 0 ? some_day() : civil_day(one.at, Zone::Wib), pick(3), some_said(), pick(1440));
      if (correct_record(context_, team(one.facility),
                         {one.facility, one.id, revision, next.unit, next.version, next.at, next.answers, "uji"}))
        ++revision;
    } else {
      (void)void_record(context_, team(one.facility), one.facility, one.id, revision, "uji");
    }
    if (step % 60 == 30) {
      while (fold_step(context_, 50) > 0) continue;
      while (expire_step(context_, 50) > 0) continue;
    }
    if (step % 80 == 79) expect_sound(test::kFirst);
  }
  expect_sound(test::kFirst);
  expect_sound(test::kSecond);
}

}  // namespace pilar::kinds_test
