// One indicator and month, facility by facility below an office.
#include "app/indicator_table.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "app/instrument.h"
#include "app/month_report.h"
#include "app/organisation.h"
#include "app/record.h"
#include "app/upkeep.h"
#include "i18n/messages.h"
#include "i18n/words/exchange.h"
#include "i18n/words/indicator.h"
#include "i18n/words/indicator_table.h"
#include "i18n/words/page.h"
#include "support/test_store.h"

namespace pilar::indicator_table_test {

using namespace pilar::app;

constexpr std::int64_t kTableDayMicros = 86'400'000'000;

constexpr std::string_view kTableKamus = R"(kamus: uji
indicators:
  - key: hasil-darah
    version: 1
    title: {id: Hasil darah, en: Blood results}
    source: uji
    aim: {id: Cepat, en: Quick}
    definition: {id: Definisi, en: Definition}
    type: proses
    area: ukp
    mandatory: yes
    facility_types: [puskesmas]
    formula: laboratorium/lama_darah
    numerator: {id: Cepat, en: Quick}
    target: 95
    responsible: {id: Kepala lab, en: Head of laboratory}
    efforts:
      - {what: {id: Pantau, en: Watch}, who: {id: Analis, en: Analyst}}
)";

/// A ratio, whose month cells are read without buckets.
constexpr std::string_view kRatioKamus = R"(kamus: uji-fornas
indicators:
  - key: obat-fornas
    version: 1
    title: {id: Obat Fornas, en: National formulary}
    source: uji
    aim: {id: Sesuai, en: As it should be}
    definition: {id: Definisi, en: Definition}
    type: proses
    area: ukp
    facility_types: [puskesmas]
    formula: fornas/kepatuhan
    numerator: {id: Sesuai, en: Within}
    responsible: {id: Farmasi, en: Pharmacy}
    efforts:
      - {what: {id: Pantau, en: Watch}, who: {id: Apoteker, en: Pharmacist}}
)";

/// An office above three Puskesmas and a hospital; it is 21 November 2026, 07.00 WIB.
class IndicatorTableTest : public test::StoreTest {
 protected:
  IndicatorTableTest() : context_{db(), clock_, reference_, SigningKey{{7}}, test::kQuickPasswords, {}, SigningKey{{8}}} {
    clock_.set({1'795'219'200'000'000});
    refresh_reference(context_);
    install_shipped_instruments(context_, operator_);
    district_ = add({.kind = NodeKind::District, .code = "kab", .name = "Dinas Kab"});
    melati_ = add({.parent = district_, .code = "melati", .name = "Melati", .facility_type = "puskesmas"});
    mawar_ = add({.parent = district_, .code = "mawar", .name = "Mawar", .facility_type = "puskesmas"});
    anggrek_ = add({.parent = district_, .code = "anggrek", .name = "Anggrek", .facility_type = "puskesmas"});
    rs_ = add({.parent = district_, .code = "rs", .name = "RS", .facility_type = "rs"});
    const auto installed = install_kamus(context_, operator_, kTableKamus, "uji.yaml");
    EXPECT_TRUE(installed) << (installed ? "" : say(Lang::En, installed.error().front()));
  }

  FacilityKey add(const NewPlace& place) {
    auto wanted = place;
    wanted.valid_from = Day{10'000};
    return add_place(context_, operator_, wanted).value();
  }
  /// So many blood tests of one day, whose results took so many minutes.
  void examine(FacilityKey facility, int days_ago, int minutes, int count = 1) {
    const auto& lab = *reference_.get()->latest("laboratorium");
    for (int i = 0; i < count; ++i) {
      const Instant at{clock_.now().micros - days_ago * kTableDayMicros + ++examined_ * 1'000'000LL};
      RawAnswers raw;
      raw["jenis"].values = {"darah"};
      raw["diterima"].values = {iso({at.micros - 600 * 60'000'000LL}, Zone::Wib)};
      raw["dilaporkan"].values = {iso({at.micros + (minutes - 600) * 60'000'000LL}, Zone::Wib)};
      const auto answers = check_answers(lab.form, raw, civil_day(clock_.now(), Zone::Wib), false);
      ASSERT_TRUE(answers) << say(Lang::En, answers.error().front());
      ASSERT_TRUE(save_record(context_, operator_, {make_uuid(at), facility, {}, lab.version, at, Channel::Staff, *answers}));
    }
  }
  /// One record of the formulary: so many of so many prescriptions within it.
  void prescribe(FacilityKey facility, int days_ago, int within, int all) {
    const auto& fornas = *reference_.get()->latest("fornas");
    const Instant at{clock_.now().micros - days_ago * kTableDayMicros + ++examined_ * 1'000'000LL};
    RawAnswers raw;
    raw["r"].values = {std::to_string(all)};
    raw["dikecualikan"].values = {"0"};
    raw["sesuai"].values = {std::to_string(within)};
    const auto answers = check_answers(fornas.form, raw, civil_day(clock_.now(), Zone::Wib), false);
    ASSERT_TRUE(answers) << say(Lang::En, answers.error().front());
    ASSERT_TRUE(save_record(context_, operator_, {make_uuid(at), facility, {}, fornas.version, at, Channel::Staff, *answers}));
  }
  void add_many_facilities(int count) {
    std::vector<NewPlace> places;
    for (int i = 0; i < count; ++i)
      places.push_back({.parent = district_,
                        .code = "p" + std::to_string(i),
                        .name = "Puskesmas " + std::to_string(i),
                        .facility_type = "puskesmas",
                        .valid_from = Day{10'000}});
    ASSERT_TRUE(add_places(context_, operator_, places));
  }
  Scope office() const { return {Role::DistrictOffice, district_, "account:3"}; }
  static Month month(const char* text) { return parse_month(text).value(); }
  IndicatorTable table(const char* of = "2026-10") {
    auto read = read_indicator_table(context_, office(), {district_, "hasil-darah", month(of)});
    EXPECT_TRUE(read) << (read ? "" : say(Lang::En, read.error().front()));
    return *std::move(read);
  }
  static IndicatorRow& row(IndicatorTable& table, std::string_view code) {
    return *std::ranges::find(table.rows, code, [](const IndicatorRow& one) { return one.node->code; });
  }
  std::uint64_t statements() {
    std::uint64_t sum = 0;
    for (const auto& one : db().stats().statements) sum += one.count;
    return sum;
  }

  ReferenceHolder reference_;
  Context context_;
  Scope operator_{Role::Administrator, kEverywhere, "cli"};
  FacilityKey district_, melati_, mawar_, anggrek_, rs_;
  int examined_ = 0;
};
PILAR_BOTH_ENGINES(IndicatorTableTest);

TEST_P(IndicatorTableTest, EachFacilityHasOneOfFourStates) {
  examine(melati_, 30, 60, 3);
  examine(melati_, 30, 500);
  examine(mawar_, 30, 500, 2);
  examine(rs_, 30, 10);
  auto read = table();
  ASSERT_EQ(read.rows.size(), 3U) << "the hospital does not use it";
  EXPECT_EQ(read.others, 1U);
  const auto& melati = row(read, "melati");
  EXPECT_EQ(melati.value.state(), ValueState::Value);
  EXPECT_EQ(melati.value.numerator, 3);
  EXPECT_EQ(melati.value.denominator, 4);
  EXPECT_EQ(melati.value.n, 4);
  EXPECT_DOUBLE_EQ(melati.value.point.value(), 75);
  EXPECT_EQ(melati.met, false);
  EXPECT_EQ(row(read, "mawar").value.state(), ValueState::Zero) << "zero is a value";
  EXPECT_EQ(row(read, "anggrek").value.state(), ValueState::NotCollected) << "and no data is none";
  EXPECT_FALSE(row(read, "anggrek").met);
  const auto total = read.total();
  ASSERT_TRUE(total);
  EXPECT_EQ(total->share.numerator, 3);
  EXPECT_EQ(total->share.denominator, 6) << "sums, no mean of percentages";
  EXPECT_FALSE(table("2026-08").total()) << "nobody has a case";
}

TEST_P(IndicatorTableTest, ATargetOfOnesOwnCountsThere) {
  examine(melati_, 30, 60, 3);
  examine(melati_, 30, 500);
  examine(mawar_, 30, 60);
  examine(mawar_, 30, 500);
  const auto id = read_kamus_of(context_, office(), district_).value().find("hasil-darah")->entry->id;
  ASSERT_TRUE(use_indicator(context_, Scope(Role::QualityLead, melati_, "account:1"), melati_, id, {.target = Decimal::whole(70)}));
  auto read = table();
  EXPECT_EQ(row(read, "melati").target, Decimal::whole(70));
  EXPECT_EQ(row(read, "melati").met, true);
  EXPECT_EQ(row(read, "mawar").target, Decimal::whole(95));
  EXPECT_EQ(row(read, "mawar").met, false);
  EXPECT_EQ(read.measures.size(), 2U) << "one a target, however many facilities";
}

TEST_P(IndicatorTableTest, DetailsAreTheMonthBeforeAndTheReport) {
  examine(melati_, 30, 60, 3);
  examine(melati_, 30, 500);
  examine(melati_, 65, 60);  // 17 September
  examine(mawar_, 30, 60);
  const Scope team(Role::QualityLead, melati_, "account:1");
  const auto id = read_kamus_of(context_, office(), district_).value().find("hasil-darah")->entry->id;
  ASSERT_TRUE(save_month_note(context_, team, melati_, month("2026-10"), id, {"Alat rusak", "Diperbaiki"}));
  ASSERT_TRUE(send_month(context_, team, melati_, month("2026-10")));
  auto read = table();
  std::vector<IndicatorRow*> rows{&row(read, "melati"), &row(read, "anggrek"), &row(read, "mawar")};
  add_details(context_, office(), read, rows);
  EXPECT_DOUBLE_EQ(row(read, "melati").change().value(), -25) << "from 100 to 75 per cent";
  EXPECT_FALSE(row(read, "mawar").change()) << "without a value in September";
  EXPECT_EQ(row(read, "melati").report, TableReport::Sent);
  EXPECT_EQ(row(read, "mawar").report, TableReport::NotSent);
  ASSERT_TRUE(decide_month(context_, office(), melati_, month("2026-10"), MonthStep::Return, "Belum jelas"));
  std::vector<IndicatorRow*> one{&row(read, "melati")};
  add_details(context_, office(), read, one);
  EXPECT_EQ(row(read, "melati").report, TableReport::Returned);
  EXPECT_THROW(add_details(context_, team, read, one), Bug) << "an office's table is not for a facility";
}

TEST_P(IndicatorTableTest, TheRunningMonthIsNotJudged) {
  examine(melati_, 3, 60, 2);
  auto read = table("2026-11");
  EXPECT_TRUE(read.running);
  EXPECT_EQ(row(read, "melati").value.n, 2);
  EXPECT_FALSE(row(read, "melati").met);
}

TEST_P(IndicatorTableTest, WhatCannotBeAskedIsRefused) {
  const auto refusal = [&](const Scope& scope, const IndicatorTableQuery& query) {
    const auto read = read_indicator_table(context_, scope, query);
    EXPECT_FALSE(read);
    return read ? Msg::PageNotFound : read.error().front().message;
  };
  EXPECT_EQ(refusal(office(), {melati_, "hasil-darah", month("2026-10")}), Msg::IndicatorTableOffice);
  EXPECT_EQ(refusal(office(), {district_, "tidakada", month("2026-10")}), Msg::IndicatorUnknown);
  EXPECT_EQ(refusal(office(), {district_, "hasil-darah", month("2026-12")}), Msg::MonthNotBegun);
  EXPECT_FALSE(
      read_indicator_table(context_, Scope(Role::QualityLead, melati_, "account:1"), {district_, "hasil-darah", month("2026-10")}));
}

TEST_P(IndicatorTableTest, StatementsDoNotGrowWithFacilities) {
  examine(melati_, 30, 60);
  const auto cost = [&] {
    const auto before = statements();
    auto read = table();
    std::vector<IndicatorRow*> rows;
    for (auto& one : read.rows) rows.push_back(&one);
    add_details(context_, office(), read, rows);
    return statements() - before;
  };
  cost();
  const auto of_few = cost();
  add_many_facilities(40);
  EXPECT_EQ(table().rows.size(), 43U);
  EXPECT_LE(cost(), of_few);
}

// Above 500 facilities all of them are read at once; ratios without buckets and squares, durations within a limit without their bins.
TEST_P(IndicatorTableTest, OfManyFacilitiesTheValuesAreThoseOfEach) {
  ASSERT_TRUE(install_kamus(context_, operator_, kRatioKamus, "fornas.yaml"));
  add_many_facilities(501);
  const auto id = read_kamus_of(context_, office(), district_).value().find("obat-fornas")->entry->id;
  const auto seventh = reference_.get()->organisation.find(std::string_view("p7"))->key;
  for (const auto facility : {melati_, mawar_, anggrek_, seventh})
    ASSERT_TRUE(use_indicator(context_, Scope(Role::QualityLead, facility, "account:1"), facility, id, {}));
  prescribe(melati_, 3, 3, 4);
  prescribe(melati_, 4, 1, 2);
  prescribe(mawar_, 3, 0, 5);
  examine(melati_, 30, 60, 3);
  examine(melati_, 30, 500);
  while (fold_step(context_, 5000) > 0) continue;
  prescribe(anggrek_, 3, 2, 2);  // not folded yet
  examine(mawar_, 30, 60);
  const auto told = [](const IndicatorRow& one) {
    return std::to_string(one.value.numerator.value_or(-1)) + "/" + std::to_string(one.value.denominator.value_or(-1)) + " of " +
           std::to_string(one.value.n.value_or(-1));
  };
  auto ratio = read_indicator_table(context_, office(), {district_, "obat-fornas", month("2026-11")}).value();
  ASSERT_EQ(ratio.rows.size(), 4U) << "those that chose it";
  EXPECT_EQ(ratio.others, 501U);
  EXPECT_EQ(told(row(ratio, "melati")), "4/6 of 6");
  EXPECT_EQ(row(ratio, "mawar").value.state(), ValueState::Zero);
  EXPECT_EQ(told(row(ratio, "anggrek")), "2/2 of 2");
  EXPECT_EQ(row(ratio, "p7").value.state(), ValueState::NotCollected);
  EXPECT_EQ(ratio.total()->share.denominator, 13);
  auto duration = table();
  ASSERT_EQ(duration.rows.size(), 504U) << "it is mandatory";
  EXPECT_EQ(told(row(duration, "melati")), "3/4 of 4");
  EXPECT_EQ(told(row(duration, "mawar")), "1/1 of 1");
  EXPECT_EQ(duration.total()->duration.n, 5);
}

// Of more than 500 that use a ratio, the month cells of all are read without their buckets.
TEST_P(IndicatorTableTest, ARatioOfACountryIsReadByItsCounts) {
  std::string mandatory(kRatioKamus);
  mandatory.replace(mandatory.find("    facility_types"), 0, "    mandatory: yes\n");
  ASSERT_TRUE(install_kamus(context_, operator_, mandatory, "fornas.yaml"));
  add_many_facilities(501);
  prescribe(melati_, 30, 3, 4);
  prescribe(melati_, 31, 1, 2);
  prescribe(mawar_, 30, 0, 5);
  while (fold_step(context_, 5000) > 0) continue;
  prescribe(anggrek_, 30, 2, 2);
  auto read = read_indicator_table(context_, office(), {district_, "obat-fornas", month("2026-10")}).value();
  ASSERT_EQ(read.rows.size(), 504U);
  EXPECT_EQ(row(read, "melati").value.numerator, 4);
  EXPECT_EQ(row(read, "melati").value.denominator, 6);
  EXPECT_EQ(row(read, "melati").reading.respondents, 2);
  EXPECT_EQ(row(read, "mawar").value.state(), ValueState::Zero);
  EXPECT_EQ(row(read, "anggrek").value.denominator, 2);
  EXPECT_EQ(row(read, "p500").value.state(), ValueState::NotCollected);
}

}  // namespace pilar::indicator_table_test
