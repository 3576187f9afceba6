#include <gtest/gtest.h>

#include "app/indicator.h"
#include "app/organisation.h"
#include "app/record.h"
#include "i18n/messages.h"
#include "i18n/words/result.h"
#include "i18n/words/sasaran.h"
#include "support/site_fixture.h"

namespace pilar::yearly_page_test {
constexpr std::string_view kYearlyKamus = R"(kamus: uji
indicators:
  - key: cakupan-salin
    version: 1
    title: {id: Persalinan terlayani, en: Deliveries served}
    source: uji
    aim: {id: Semua, en: All}
    definition: {id: Definisi, en: Definition}
    type: hasil
    area: ukm
    facility_types: [puskesmas]
    mandatory: yes
    formula: persalinan/cakupan
    numerator: {id: Dilayani, en: Served}
    target: 90
    responsible: {id: Bidan, en: Midwife}
    efforts:
      - {what: {id: Kunjungan, en: Visits}, who: {id: Bidan, en: Midwife}}
)";
constexpr const char* kLine = "persalinan/sasaran/0";

/// The page of yearly targets as a quality lead, a surveyor and the office above see it.
class YearlyPageTest : public test::SiteTest {
 protected:
  YearlyPageTest() : SiteTest("ketua") {
    EXPECT_TRUE(app::install_kamus(context_, operator_, kYearlyKamus, "uji.yaml"));
    district_ = add(NodeKind::District, "kab", "Dinas Kab", {});
    melati_ = add(NodeKind::Facility, "melati", "Puskesmas Melati", district_);
    add(NodeKind::Facility, "mawar", "Puskesmas Mawar", district_);
    add_person("ketua", Role::QualityLead, melati_);
    add_person("surveior", Role::Surveyor, melati_);
    add_person("dinas", Role::DistrictOffice, district_);
  }

  /// What stands between the quotes of the hidden field that says which number the form was drawn from.
  static std::string seen_in(const http::Reply& reply) {
    const std::string before = std::string("name=\"v.") + kLine + "\" value=\"";
    const auto at = reply.body.find(before);
    if (at == std::string::npos) return {};
    const auto from = at + before.size();
    return reply.body.substr(from, reply.body.find('"', from) - from);
  }
  static Form row(std::string value, std::string seen = "", std::string kind = "proyeksi") {
    const std::string line(kLine);
    return {{"tempat", "melati"},           {"tahun", "2026"},         {"n." + line, std::move(value)}, {"v." + line, std::move(seen)},
            {"k." + line, std::move(kind)}, {"o." + line, "Pusdatin"}, {"s." + line, "SK 12"}};
  }

  /// So many deliveries in a month.
  void serve(int month, int count) {
    const auto& form = *reference_.get()->latest("persalinan");
    const auto when = make_day(2026, month, 28).value();
    const Instant at{start_of(when, Zone::Wib).micros + 600 * 60'000'000LL};
    RawAnswers raw;
    raw["isi"].values = {"capaian"};
    raw["capaian"].values = {std::to_string(count)};
    const auto answers = check_answers(form.form, raw, when, false);
    ASSERT_TRUE(answers);
    ASSERT_TRUE(app::save_record(context_, operator_, {make_uuid(at), melati_, {}, form.version, at, Channel::Staff, *answers}));
  }

  FacilityKey district_, melati_;
};
PILAR_BOTH_ENGINES(YearlyPageTest);

TEST_P(YearlyPageTest, WhatIsMissingStandsFirstWithWhatCannotBeComputed) {
  const auto page = get("/indikator/sasaran");
  EXPECT_EQ(page.status, 200);
  EXPECT_TRUE(has(page, "Sasaran ibu bersalin tahun ini"));
  EXPECT_TRUE(has(page, say(Lang::Id, Msg::SasaranCannot, {"Persalinan terlayani"})));
  EXPECT_TRUE(has(page, words(Msg::SasaranNoNumberYet))) << "the coverage says why it has no value";
  EXPECT_FALSE(has(page, "Sasaran penduduk usia lanjut"));
  EXPECT_TRUE(has(get("/indikator/sasaran?lihat=semua"), "Sasaran penduduk usia lanjut"));
  EXPECT_TRUE(has(get("/indikator"), "/indikator/sasaran?tempat=melati"));
  EXPECT_EQ(get("/indikator/sasaran?tahun=2028").status, 422);
  EXPECT_EQ(get("/indikator/sasaran?tahun=99999999999").status, 422);
  EXPECT_EQ(get("/indikator/sasaran?tahun=abc").status, 422);
  EXPECT_EQ(get("/indikator/sasaran?tempat=tidakada").status, 404);
  EXPECT_EQ(get("/indikator/sasaran?tempat=mawar").status, 403);
  EXPECT_TRUE(has(get("/indikator/sasaran?bahasa=en"), "Deliveries served"));
}

TEST_P(YearlyPageTest, ANumberIsFilledInReplacedAndKeptInTheHistory) {
  auto form = get("/indikator/sasaran/isi");
  EXPECT_EQ(form.status, 200);
  EXPECT_TRUE(has(form, std::string("name=\"n.") + kLine + "\""));
  EXPECT_EQ(seen_in(form), "");
  auto saved = post("/indikator/sasaran/isi", row("1.200"));
  EXPECT_EQ(saved.status, 303);
  EXPECT_TRUE(has(get("/indikator/sasaran?sudah=1"), say(Lang::Id, Msg::SasaranSaved, {"1"})));
  auto page = get("/indikator/sasaran");
  EXPECT_TRUE(has(page, "1.200 orang"));
  EXPECT_TRUE(has(page, "Pusdatin"));
  EXPECT_TRUE(has(page, "SK 12"));
  EXPECT_TRUE(has(page, words(Msg::SasaranProjected)));
  form = get("/indikator/sasaran/isi");
  const auto seen = seen_in(form);
  EXPECT_NE(seen, "");
  EXPECT_EQ(post("/indikator/sasaran/isi", row("1200", seen)).status, 303) << "nothing was changed";
  page = get("/indikator/sasaran");
  EXPECT_FALSE(has(page, say(Lang::Id, Msg::SasaranEarlier, {"1"})));
  EXPECT_EQ(post("/indikator/sasaran/isi", row("1000", seen, "riil")).status, 303);
  page = get("/indikator/sasaran");
  EXPECT_TRUE(has(page, "1.000 orang"));
  EXPECT_TRUE(has(page, words(Msg::SasaranCounted)));
  EXPECT_TRUE(has(page, say(Lang::Id, Msg::SasaranEarlier, {"1"})));
  const auto late = post("/indikator/sasaran/isi", row("900", seen));
  EXPECT_EQ(late.status, 409);
  EXPECT_TRUE(has(late, words(Msg::SasaranChanged)));
  EXPECT_TRUE(has(late, "value=\"900\"")) << "what was typed stays";
  const auto file = get("/indikator/sasaran/data.csv");
  EXPECT_TRUE(has(file, "1200"));
  EXPECT_TRUE(has(file, words(Msg::SasaranReplaced)));
  EXPECT_TRUE(has(file, words(Msg::SasaranInForce)));
  EXPECT_EQ(get("/indikator/sasaran/data.xlsx").status, 200);
}

TEST_P(YearlyPageTest, ARowThatLeavesItsOriginEmptyTakesTheOneAbove) {
  auto bare = row("1200", "", "");
  for (auto& [name, value] : bare)
    if (name.starts_with("o.") || name.starts_with("s.")) value.clear();
  const auto refused = post("/indikator/sasaran/isi", bare);
  EXPECT_EQ(refused.status, 422);
  EXPECT_TRUE(has(refused, words(Msg::SasaranNoKind)));
  bare.emplace_back("kind", "riil");
  const auto still = post("/indikator/sasaran/isi", bare);
  EXPECT_EQ(still.status, 422);
  EXPECT_TRUE(has(still, words(Msg::SasaranNoSetBy)));
  EXPECT_TRUE(has(still, words(Msg::SasaranNoSource)));
  bare.emplace_back("set_by", "Dinas Kab");
  bare.emplace_back("source", "Pendataan Maret");
  EXPECT_EQ(post("/indikator/sasaran/isi", bare).status, 303);
  const auto page = get("/indikator/sasaran");
  EXPECT_TRUE(has(page, "Dinas Kab"));
  EXPECT_TRUE(has(page, "Pendataan Maret"));
}

TEST_P(YearlyPageTest, TheCourseShowsWhereItShouldBeAndIsNeverCapped) {
  serve(1, 40);
  serve(2, 0);
  EXPECT_EQ(post("/indikator/sasaran/isi", row("100")).status, 303);
  auto page = get("/indikator/sasaran");
  EXPECT_TRUE(has(page, "40,0%"));
  EXPECT_TRUE(has(page, words(Msg::SasaranBehind))) << "40 % at the end of October, 75 % expected";
  EXPECT_TRUE(has(page, "75,0%"));
  EXPECT_TRUE(has(page, say(Lang::Id, Msg::SasaranGaps, {"8"}))) << "March to October";
  auto file = get("/indikator/sasaran/cakupan.csv");
  EXPECT_TRUE(has(file, "2026-02"));
  EXPECT_TRUE(has(file, words(Msg::SasaranRunning)));
  EXPECT_EQ(get("/indikator/sasaran/cakupan.xlsx").status, 200);
  serve(5, 131);
  page = get("/indikator/sasaran");
  EXPECT_TRUE(has(page, "171,0%"));
  EXPECT_TRUE(has(page, words(Msg::SasaranOver)));
  EXPECT_TRUE(has(get("/indikator?bulan=2026-10"), say(Lang::Id, Msg::ResultOfOver, {"171", "100"}))) << "flagged wherever it stands";
}

TEST_P(YearlyPageTest, LastYearsNumbersAreCopiedAfterAsking) {
  EXPECT_EQ(get("/indikator/sasaran/salin").status, 409) << "there is nothing to copy";
  auto old = row("1150");
  for (auto& [name, value] : old)
    if (name == "tahun") value = "2025";
  EXPECT_EQ(post("/indikator/sasaran/isi", old).status, 303);
  EXPECT_TRUE(has(get("/indikator/sasaran"), "/indikator/sasaran/salin?tempat=melati"));
  EXPECT_TRUE(has(get("/indikator/sasaran/salin"), say(Lang::Id, Msg::SasaranCopyWords, {"1", "2026", "2025"})));
  EXPECT_EQ(post("/indikator/sasaran/salin", {{"tempat", "melati"}, {"tahun", "2026"}}).status, 303);
  const auto page = get("/indikator/sasaran");
  EXPECT_TRUE(has(page, "1.150 orang"));
  EXPECT_TRUE(has(page, say(Lang::Id, Msg::SasaranCopiedFrom, {"2025"})));
}

TEST_P(YearlyPageTest, TheNextYearIsFilledInAtPlanningTime) {
  EXPECT_TRUE(has(get("/indikator/sasaran"), say(Lang::Id, Msg::SasaranMayPlan, {"2027"})));
  auto planned = row("1300");
  for (auto& [name, value] : planned)
    if (name == "tahun") value = "2027";
  EXPECT_EQ(get("/indikator/sasaran/isi?tahun=2027").status, 200);
  EXPECT_EQ(post("/indikator/sasaran/isi", planned).status, 303);
  const auto page = get("/indikator/sasaran?tahun=2027");
  EXPECT_TRUE(has(page, say(Lang::Id, Msg::SasaranPlanning, {"2027", "1 Januari 2027"})));
  EXPECT_TRUE(has(page, say(Lang::Id, Msg::SasaranCountsFrom, {"1 Januari 2027"})));
  EXPECT_TRUE(has(page, "1.300 orang"));
  EXPECT_FALSE(has(page, words(Msg::SasaranCourses))) << "no coverage of a year that has not begun";
  EXPECT_FALSE(has(get("/indikator/sasaran"), "1.300 orang"));
  EXPECT_TRUE(has(get("/indikator/sasaran?tahun=2027", "dinas"), "Puskesmas Mawar")) << "the office sees who has not planned";
  clock_.set({1'790'000'000'000'000});  // September 2026
  EXPECT_FALSE(has(get("/indikator/sasaran"), say(Lang::Id, Msg::SasaranMayPlan, {"2027"})));
  EXPECT_EQ(get("/indikator/sasaran?tahun=2027").status, 422);
}

TEST_P(YearlyPageTest, WhoMayOnlyReadIsNotOfferedTheForm) {
  EXPECT_TRUE(has(get("/indikator/sasaran"), "/indikator/sasaran/isi"));
  EXPECT_FALSE(has(get("/indikator/sasaran", "surveior"), "/indikator/sasaran/isi"));
  EXPECT_EQ(get("/indikator/sasaran/isi", "surveior").status, 403);
  EXPECT_EQ(post("/indikator/sasaran/isi", row("1200"), "surveior").status, 403);
  EXPECT_EQ(post("/indikator/sasaran/salin", {{"tempat", "melati"}}, "surveior").status, 403);
}

TEST_P(YearlyPageTest, AnOfficeSeesWhichFacilitiesLackWhich) {
  EXPECT_EQ(post("/indikator/sasaran/isi", row("1200")).status, 303);
  const auto all = get("/indikator/sasaran", "dinas");
  EXPECT_EQ(all.status, 200);
  EXPECT_TRUE(has(all, "Puskesmas Melati"));
  EXPECT_TRUE(has(all, "Puskesmas Mawar"));
  EXPECT_TRUE(has(all, "Sasaran ibu bersalin tahun ini")) << "what Mawar lacks";
  const auto missing = get("/indikator/sasaran?saring=kurang", "dinas");
  EXPECT_FALSE(has(missing, "Puskesmas Melati"));
  EXPECT_TRUE(has(missing, "Puskesmas Mawar"));
  EXPECT_FALSE(has(get("/indikator/sasaran?saring=lengkap", "dinas"), "Puskesmas Mawar"));
  EXPECT_TRUE(has(get("/indikator/sasaran?cari=tidakada", "dinas"), words(Msg::SasaranOfficeNoneLeft)));
  const auto file = get("/indikator/sasaran/data.csv?saring=kurang", "dinas");
  EXPECT_TRUE(has(file, "mawar"));
  EXPECT_FALSE(has(file, "melati"));
  EXPECT_EQ(get("/indikator/sasaran/data.xlsx", "dinas").status, 200);
  EXPECT_TRUE(has(get("/indikator/sasaran?tempat=melati", "dinas"), "1.200 orang"));
  EXPECT_TRUE(has(get("/indikator", "dinas"), "/indikator/sasaran?tempat=kab"));
}

}  // namespace pilar::yearly_page_test
