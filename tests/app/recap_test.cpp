// The recap of a year and the month as other systems take it, at a facility and over the facilities of an office.
#include <gtest/gtest.h>

#include <algorithm>

#include "app/indicator_recap.h"
#include "app/month_figures.h"
#include "app/organisation.h"
#include "app/record.h"
#include "i18n/messages.h"
#include "store/place_store.h"
#include "support/shipped_store.h"

namespace pilar::recap_test {

using namespace pilar::app;

constexpr std::int64_t kDayMicros = 86'400'000'000;

constexpr std::string_view kRecapKamus = R"(kamus: uji
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
  - key: cakupan-anc
    version: 1
    title: {id: Cakupan ANC, en: Coverage}
    source: uji
    aim: {id: Lengkap, en: Complete}
    definition: {id: Definisi, en: Definition}
    type: hasil
    area: ukm
    facility_types: [puskesmas]
    formula: cakupan-anc/cakupan
    numerator: {id: Dilayani, en: Served}
    responsible: {id: Bidan, en: Midwife}
    efforts:
      - {what: {id: Pantau, en: Watch}, who: {id: Bidan, en: Midwife}}
)";

class RecapTest : public test::ShippedStoreTest {
 protected:
  RecapTest() : context_{db(), clock_, reference_, SigningKey{{7}}, test::kQuickPasswords, {}, SigningKey{{8}}} {
    clock_.set({1'795'219'200'000'000});  // 21 November 2026, 07.00 WIB
    refresh_reference(context_);
    payer_ = add({.kind = NodeKind::Payer, .code = "penjamin", .name = "Penjamin"});
    melati_ = add({.parent = payer_, .code = "melati", .name = "Melati", .facility_type = "puskesmas"});
    mawar_ = add({.parent = payer_, .code = "mawar", .name = "Mawar", .facility_type = "puskesmas"});
    rs_ = add({.parent = payer_, .code = "rs", .name = "RS", .facility_type = "rs"});
    const auto installed = install_kamus(context_, operator_, kRecapKamus, "uji.yaml");
    if (!installed) ADD_FAILURE() << say(Lang::En, installed.error().front()) << " " << installed.error().front().field;
  }

  FacilityKey add(const NewPlace& place) {
    auto wanted = place;
    wanted.valid_from = Day{10'000};
    return add_place(context_, operator_, wanted).value();
  }
  static Scope team(FacilityKey facility) { return {Role::QualityLead, facility, "account:1"}; }
  static Month month(int number) { return month_of(make_day(2026, number, 1).value()); }

  void save(FacilityKey facility, const char* instrument, Instant at, RawAnswers raw) {
    const auto& form = *reference_.get()->latest(instrument);
    const auto answers = check_answers(form.form, raw, civil_day(clock_.now(), Zone::Wib), false);
    ASSERT_TRUE(answers) << say(Lang::En, answers.error().front()) << " " << answers.error().front().field;
    ASSERT_TRUE(save_record(context_, operator_, {make_uuid(at), facility, {}, form.version, at, Channel::Staff, *answers}));
  }
  /// A blood test whose result took so many minutes, so many days ago.
  void examine(FacilityKey facility, int days_ago, int minutes) {
    const Instant at{clock_.now().micros - days_ago * kDayMicros};
    const auto moment = [&](int after) { return iso({at.micros + after * 60'000'000LL}, Zone::Wib); };
    RawAnswers raw;
    raw["jenis"].values = {"darah"};
    raw["diterima"].values = {moment(-600)};
    raw["dilaporkan"].values = {moment(-600 + minutes)};
    save(facility, "laboratorium", at, raw);
  }
  /// Either the target of the year or what was reached.
  void report(FacilityKey facility, Day day, const char* what, int number) {
    RawAnswers raw;
    raw["isi"].values = {what};
    raw[what].values = {std::to_string(number)};
    if (std::string_view(what) == "sasaran") raw["sumber_sasaran"].values = {"Dinas"};
    save(facility, "cakupan-anc", start_of(day, Zone::Wib), raw);
  }
  void fill() {
    for (const int minutes : {60, 120, 121, 30}) examine(melati_, 30, minutes);  // 22 October
    examine(melati_, 65, 300);                                                   // 17 September
    examine(mawar_, 30, 500);
    examine(rs_, 30, 10);  // another kind of facility: the indicator is not for it
  }
  void use_coverage(FacilityKey facility) {
    const auto id = read_kamus_of(context_, team(facility), facility).value().find("cakupan-anc")->entry->id;
    ASSERT_TRUE(use_indicator(context_, team(facility), facility, id, {}));
  }

  Recap recap(const Scope& scope, const RecapQuery& query) {
    auto read = read_recap(context_, scope, query);
    EXPECT_TRUE(read) << (read ? "" : say(Lang::En, read.error().front()));
    return read ? *std::move(read) : Recap{};
  }
  static Share share(const RecapRow& row, std::size_t range) { return row.values.at(range).reading.share; }

  std::uint64_t statements() {
    std::uint64_t sum = 0;
    for (const auto& one : db().stats().statements) sum += one.count;
    return sum;
  }

  ReferenceHolder reference_;
  Context context_;
  Scope operator_{Role::Administrator, kEverywhere, "cli"};
  FacilityKey payer_, melati_, mawar_, rs_;
};
PILAR_BOTH_ENGINES(RecapTest);

TEST_P(RecapTest, AFacilityByMonthQuarterAndHalfYear) {
  fill();
  const auto months = recap(team(melati_), {.place = melati_, .year = 2026});
  ASSERT_EQ(months.ranges.size(), 11U) << "up to the running month";
  ASSERT_EQ(months.rows.size(), 1U) << "the mandatory one";
  const auto& row = months.rows.front();
  EXPECT_EQ(row.line->entry->key(), "hasil-darah");
  EXPECT_EQ(share(row, 9).numerator, 3);
  EXPECT_EQ(share(row, 9).denominator, 4);
  EXPECT_EQ(share(row, 8).denominator, 1);
  EXPECT_EQ(row.values[7].records, 0);
  EXPECT_FALSE(row.values[9].running);
  EXPECT_TRUE(row.values[10].running);
  EXPECT_EQ(meets_target(row.values[9].reading), false);

  const auto quarters = recap(team(melati_), {.place = melati_, .year = 2026, .step = RecapStep::Quarter});
  ASSERT_EQ(quarters.ranges.size(), 4U);
  EXPECT_EQ(share(quarters.rows.front(), 2).denominator, 1);
  EXPECT_TRUE(quarters.rows.front().values[3].running);
  const auto halves = recap(team(melati_), {.place = melati_, .year = 2026, .step = RecapStep::HalfYear});
  EXPECT_EQ(share(halves.rows.front(), 1).numerator, 3) << "numerators are added, not percentages";
  EXPECT_EQ(share(halves.rows.front(), 1).denominator, 5);
}

TEST_P(RecapTest, AMonthOfTheRecapIsThatOfTheFacilitysOwnPage) {
  fill();
  use_coverage(melati_);
  report(melati_, make_day(2026, 3, 2).value(), "sasaran", 240);
  report(melati_, make_day(2026, 2, 28).value(), "capaian", 10);
  report(melati_, make_day(2026, 10, 31).value(), "capaian", 30);
  const auto all = recap(team(melati_), {.place = melati_, .year = 2026, .all = true});
  ASSERT_EQ(all.rows.size(), 2U);
  const auto own = read_indicator_months(context_, team(melati_), melati_, month(11)).value();
  for (const auto& row : all.rows) {
    const auto series = std::ranges::find(own.series, row.line->entry->id, [](const IndicatorSeries& one) { return one.line->entry->id; });
    ASSERT_NE(series, own.series.end());
    for (std::size_t i = 0; i < all.ranges.size(); ++i) {
      const auto now = value_now(*series, all.ranges[i].from);
      EXPECT_EQ(sent_value(now.version, row.values[i].reading, row.values[i].records), now)
          << row.line->entry->key() << " " << iso(all.ranges[i].from);
    }
  }
  const auto quarters = recap(team(melati_), {.place = melati_, .year = 2026, .step = RecapStep::Quarter, .all = true});
  const auto& coverage = *std::ranges::find(quarters.rows, "cakupan-anc", [](const RecapRow& row) { return row.line->entry->key(); });
  EXPECT_EQ(share(coverage, 0).numerator, 10);
  EXPECT_EQ(share(coverage, 3).numerator, 40) << "since the first of January";
  EXPECT_EQ(share(coverage, 3).denominator, 240) << "the target of the year, once";
}

TEST_P(RecapTest, AnOfficeSeesTheSumAndEachFacility) {
  fill();
  const auto scope = Scope(Role::BranchOfficer, payer_, "account:2");
  const auto sum = recap(scope, {.place = payer_, .year = 2026});
  ASSERT_EQ(sum.rows.size(), 1U);
  EXPECT_EQ(sum.rows.front().facilities, 2U) << "those it is for";
  EXPECT_EQ(share(sum.rows.front(), 9).numerator, 3);
  EXPECT_EQ(share(sum.rows.front(), 9).denominator, 5);
  const auto apart = recap(scope, {.place = payer_, .year = 2026, .indicator = "hasil-darah"});
  ASSERT_EQ(apart.rows.size(), 2U);
  EXPECT_EQ(apart.rows[0].node->name, "Mawar");
  EXPECT_EQ(share(apart.rows[0], 9).denominator, 1);
  EXPECT_EQ(share(apart.rows[1], 9).numerator, 3);
  EXPECT_EQ(recap(scope, {.place = payer_, .year = 2026, .all = true}).rows.size(), 1U) << "nobody uses the other one";
}

TEST_P(RecapTest, AFacilitysOwnTargetCountsThere) {
  fill();
  const auto id = read_kamus_of(context_, team(melati_), melati_).value().find("hasil-darah")->entry->id;
  ASSERT_TRUE(use_indicator(context_, team(melati_), melati_, id, {.target = Decimal::whole(50)}));
  const auto apart = recap(operator_, {.place = payer_, .year = 2026, .indicator = "hasil-darah"});
  EXPECT_EQ(apart.rows[0].target, Decimal::whole(95));
  EXPECT_EQ(apart.rows[1].target, Decimal::whole(50));
  EXPECT_EQ(meets_target(apart.rows[1].values[9].reading), true);
  EXPECT_EQ(recap(team(melati_), {.place = melati_, .year = 2026}).rows.front().target, Decimal::whole(50));
}

TEST_P(RecapTest, WhatMakesNoSenseIsRefused) {
  const auto refused = [&](const Scope& scope, const RecapQuery& query) {
    const auto read = read_recap(context_, scope, query);
    return read ? Problem::Kind::Busy : read.error().front().kind;
  };
  EXPECT_EQ(refused(team(mawar_), {.place = melati_, .year = 2026}), Problem::Kind::Forbidden);
  EXPECT_EQ(refused(team(melati_), {.place = melati_, .year = 2027}), Problem::Kind::Invalid);
  EXPECT_EQ(refused(operator_, {.place = payer_, .year = 2026, .indicator = "tidak-ada"}), Problem::Kind::NotFound);
  EXPECT_EQ(refused(operator_, {.place = kEverywhere, .year = 2026}), Problem::Kind::NotFound);
}

TEST_P(RecapTest, StatementsDoNotGrowWithFacilities) {
  fill();
  const auto cost = [&] {
    const auto before = statements();
    recap(operator_, {.place = payer_, .year = 2026, .indicator = "hasil-darah"});
    EXPECT_TRUE(read_month_figures(context_, operator_, payer_, month(10)));
    return statements() - before;
  };
  const auto few = cost();
  for (int i = 0; i < 20; ++i) {
    const auto code = "pkm" + std::to_string(i);
    const auto place = add({.parent = payer_, .code = code, .name = code, .facility_type = "puskesmas"});
    examine(place, 30, 60);
  }
  EXPECT_EQ(recap(operator_, {.place = payer_, .year = 2026, .indicator = "hasil-darah"}).rows.size(), 22U);
  EXPECT_LE(cost(), few + 2);
}

TEST_P(RecapTest, AMonthIsGivenAsItWasSent) {
  fill();
  const auto figures = [&] { return read_month_figures(context_, operator_, melati_, month(10)).value(); };
  {
    const auto now = figures();
    ASSERT_EQ(now.facilities.size(), 1U);
    EXPECT_FALSE(now.facilities.front().sent_at);
    EXPECT_TRUE(now.facilities.front().dhis2.empty());
    ASSERT_EQ(now.facilities.front().figures.size(), 1U);
    EXPECT_EQ(now.facilities.front().figures.front().value.numerator, 3);
    EXPECT_EQ(now.facilities.front().figures.front().value.n, 4);
  }
  const auto id = figures().facilities.front().figures.front().line->entry->id;
  ASSERT_TRUE(save_month_note(context_, team(melati_), melati_, month(10), id, {"Alat rusak", "Perbaiki"}));
  ASSERT_TRUE(send_month(context_, team(melati_), melati_, month(10)));
  examine(melati_, 30, 20);
  {
    const auto sent = figures();
    ASSERT_TRUE(sent.facilities.front().sent_at);
    const auto& figure = sent.facilities.front().figures.front();
    EXPECT_EQ(figure.value.numerator, 3) << "as it was sent";
    EXPECT_EQ(figure.value.denominator, 4);
    EXPECT_FALSE(figure.value.n) << "the count of now is another";
  }
  ASSERT_TRUE(decide_month(context_, operator_, melati_, month(10), MonthStep::Return, "Belum lengkap"));
  EXPECT_FALSE(figures().facilities.front().sent_at);
  EXPECT_EQ(figures().facilities.front().figures.front().value.numerator, 4) << "as it is now";
  EXPECT_FALSE(read_month_figures(context_, team(mawar_), melati_, month(10))) << "another facility's";
  EXPECT_FALSE(read_month_figures(context_, operator_, melati_, month(12))) << "it has not begun";
}

TEST_P(RecapTest, AnOfficesMonthHoldsEachFacilityWithItsCode) {
  fill();
  db().shared([&](store::Tx& tx) {
    PlaceFacts facts;
    facts.codes["dhis2"] = "OU_MAWAR";
    store::replace_facts(tx, mawar_, facts);
  });
  const auto figures = read_month_figures(context_, operator_, payer_, month(10)).value();
  ASSERT_EQ(figures.facilities.size(), 3U);
  EXPECT_EQ(figures.facilities[0].node->key, melati_);
  EXPECT_EQ(figures.facilities[1].dhis2, "OU_MAWAR");
  ASSERT_EQ(figures.facilities[1].figures.size(), 1U);
  EXPECT_EQ(figures.facilities[1].figures.front().value.state(), ValueState::Zero);
  EXPECT_TRUE(figures.facilities[2].figures.empty()) << "a hospital has no such indicator";
}

}  // namespace pilar::recap_test
