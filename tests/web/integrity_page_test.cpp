#include <gtest/gtest.h>

#include <map>

#include "app/organisation.h"
#include "app/record.h"
#include "i18n/messages.h"
#include "i18n/words/home.h"
#include "i18n/words/integrity.h"
#include "support/site_fixture.h"

namespace pilar::integrity_page_test {
/// Keutuhan data, and the forms that warn before it is needed, as a quality lead, an officer and the office above see them.
class IntegrityPageTest : public test::SiteTest {
 protected:
  IntegrityPageTest() : SiteTest("ketua") {
    district_ = add(NodeKind::District, "kab", "Dinas Kab", {});
    melati_ = add(NodeKind::Facility, "melati", "Puskesmas Melati", district_);
    add_person("ketua", Role::QualityLead, melati_);
    add_person("petugas", Role::Officer, melati_);
    add_person("dinas", Role::DistrictOffice, district_);
  }

  static std::string between(const std::string& page, std::string_view before, std::string_view after) {
    const auto at = page.find(before);
    if (at == std::string::npos) return {};
    return page.substr(at + before.size(), page.find(after, at + before.size()) - at - before.size());
  }

  void enter(std::string_view instrument, Day day, const std::map<std::string, std::string>& values) {
    const auto* version = reference_.get()->latest(instrument);
    RawAnswers raw;
    for (const auto& [key, value] : values) raw[key].values = {value};
    const auto answers = check_answers(version->form, raw, day, false);
    ASSERT_TRUE(answers);
    const Instant at{start_of(day, Zone::Wib).micros + 9 * 3'600'000'000LL};
    ASSERT_TRUE(app::save_record(context_, operator_, {make_uuid(at), melati_, {}, version->version, at, Channel::Api, *answers}));
  }

  /// A report whose Prolanis members are more than the registered; the id is that of a fresh page.
  Form broken_report() {
    const auto page = get("/isi/kbk?tempat=melati").body;
    return {{"_id", between(page, "name=\"_id\" value=\"", "\"")},
            {"_tempat", "melati"},
            {"_versi", "1"},
            {"_turn", "0"},
            {"_unit", "-"},
            {"_waktu", "2026-10-31T09:30"},
            {"terdaftar", "400"},
            {"kontak", "61"},
            {"rujukan", "12"},
            {"non_spesialistik", "0"},
            {"dm", "230"},
            {"dm_terkendali", "118"},
            {"ht", "214"},
            {"ht_terkendali", "97"}};
  }

  FacilityKey district_, melati_;
};
PILAR_BOTH_ENGINES(IntegrityPageTest);

constexpr std::string_view kRuleWords = "Peserta Prolanis tidak bisa lebih banyak daripada peserta terdaftar.";
constexpr std::string_view kOctoberPage = "/indikator/keutuhan?bulan=2026-10";

TEST_P(IntegrityPageTest, AnImportantRuleIsPutRightOrSaidToHaveBeenChecked) {
  auto form = broken_report();
  const auto warned = post("/isi/kbk", form);
  EXPECT_EQ(warned.status, 422);
  EXPECT_TRUE(has(warned, kRuleWords));
  EXPECT_TRUE(has(warned, words(Msg::EntryRulesChecked)));
  EXPECT_FALSE(has(get("/isi/kbk?tempat=melati"), words(Msg::EntryRulesChecked))) << "only where it is needed";
  form.emplace_back("_periksa", "1");
  EXPECT_EQ(post("/isi/kbk", form).status, 303);
  EXPECT_TRUE(has(get(kOctoberPage), kRuleWords)) << "and it is listed";
}

TEST_P(IntegrityPageTest, AFigureTenTimesTheUsualIsAHintThatNeverBlocks) {
  const std::vector<int> visits{110, 118, 121, 125, 119, 123};
  const auto october = *parse_month("2026-10");
  for (std::size_t i = 0; i < visits.size(); ++i)
    enter("kunjungan-bulanan", first_day({october.value - 5 + static_cast<std::int32_t>(i)}),
          {{"rawat_jalan", std::to_string(visits[i])}, {"rawat_inap", "0"}});
  const auto page = get("/isi/kunjungan-bulanan?tempat=melati").body;
  EXPECT_NE(page.find("Biasanya 110–125 tiap bulan."), std::string::npos);
  const Form form{{"_id", between(page, "name=\"_id\" value=\"", "\"")},
                  {"_tempat", "melati"},
                  {"_versi", "1"},
                  {"_turn", "0"},
                  {"_unit", "-"},
                  {"_waktu", "2026-11-20T09:30"},
                  {"rawat_jalan", "1210"},
                  {"rawat_inap", "0"}};
  const auto saved = post("/isi/kunjungan-bulanan", form);
  ASSERT_EQ(saved.status, 303);
  const auto next = get(place_of(saved));
  EXPECT_TRUE(has(next, "kira-kira sepuluh kali biasanya; biasanya 110–125")) << place_of(saved);
  const auto told = "/isi?tempat=melati&instrumen=kunjungan-bulanan&tersimpan=" + form.front().second + "&cek=";
  EXPECT_TRUE(has(get(told + "rawat_jalan~0~110~125"), "Coba lihat lagi"));
  for (const auto* forged : {"%3Cb%3E~9~a~b", "rawat_jalan~9~110~125", "rawat_jalan~0~x~125", "rawat_jalan~0", "aturan~tidakada"})
    EXPECT_FALSE(has(get(told + forged), "Coba lihat lagi")) << forged;
}

TEST_P(IntegrityPageTest, TheTableOfManyRecordsWarnsToo) {
  Form form{{"_tempat", "melati"}, {"_versi", "1"}, {"_unit", "-"}, {"_waktu", "2026-10-31T09:30"}};
  const auto page = get("/isi/kbk/banyak?tempat=melati").body;
  form.emplace_back("c.0._id", between(page, "name=\"c.0._id\" value=\"", "\""));
  for (const auto& [name, value] : broken_report())
    if (!name.starts_with("_")) form.emplace_back("c.0." + name, value);
  const auto warned = post("/isi/kbk/banyak", form);
  EXPECT_EQ(warned.status, 422);
  EXPECT_TRUE(has(warned, kRuleWords));
  EXPECT_TRUE(has(warned, words(Msg::EntryRulesChecked)));
  form.emplace_back("_periksa", "1");
  EXPECT_EQ(post("/isi/kbk/banyak", form).status, 200);
  EXPECT_TRUE(has(get(kOctoberPage), kRuleWords));
}

TEST_P(IntegrityPageTest, ASignIsFilteredOpenedLookedIntoAndExported) {
  EXPECT_TRUE(has(get(kOctoberPage), words(Msg::IntegrityNone)));
  auto form = broken_report();
  form.emplace_back("_periksa", "1");
  ASSERT_EQ(post("/isi/kbk", form).status, 303);
  const std::string page(kOctoberPage);
  EXPECT_TRUE(has(get(page), words(Msg::SignRule)));
  EXPECT_TRUE(has(get(page), "/catatan/kbk/")) << "the record behind it";
  EXPECT_TRUE(has(get(page + "&jenis=aturan&tingkat=tinggi&periksa=belum"), kRuleWords));
  EXPECT_TRUE(has(get(page + "&jenis=angka-bulat"), words(Msg::IntegrityNoneLikeThis)));
  EXPECT_TRUE(has(get("/indikator/keutuhan/data.csv?bulan=2026-10"), kRuleWords));
  EXPECT_EQ(get("/indikator/keutuhan/data.xlsx?bulan=2026-10").status, 200);
  EXPECT_EQ(get("/indikator/keutuhan?bulan=2026-13").status, 422);
  EXPECT_EQ(get("/indikator/keutuhan?bulan=2027-01").status, 422);
  EXPECT_FALSE(has(get(page, "petugas"), words(Msg::IntegrityCheck))) << "an officer only reads";
  const auto sign = between(get(page).body, "tanda=", "\"");
  ASSERT_FALSE(sign.empty());
  const std::string check = "/indikator/keutuhan/periksa?tempat=melati&bulan=2026-10&tanda=" + sign;
  EXPECT_TRUE(has(get(check), words(Msg::IntegrityReasonHint)));
  EXPECT_EQ(get(check + "x").status, 404);
  EXPECT_EQ(get(check, "petugas").status, 403);
  const auto name = between(get(check).body, "name=\"tanda\" value=\"", "\"");
  const Form said{{"tempat", "melati"}, {"bulan", "2026-10"}, {"tanda", name}};
  EXPECT_EQ(post("/indikator/keutuhan/periksa", said).status, 422) << "without a reason";
  auto reasoned = said;
  reasoned.emplace_back("reason", "Sudah diperiksa, benar");
  EXPECT_EQ(post("/indikator/keutuhan/periksa", reasoned).status, 303);
  EXPECT_TRUE(has(get(page), "Sudah diperiksa, benar"));
  EXPECT_TRUE(has(get(page + "&periksa=belum"), words(Msg::IntegrityNoneLikeThis)));
}

TEST_P(IntegrityPageTest, HomeTellsOfSignsThatWereFoundUntilTheyAreLookedInto) {
  auto form = broken_report();
  form.emplace_back("_periksa", "1");
  ASSERT_EQ(post("/isi/kbk", form).status, 303);
  EXPECT_FALSE(has(get("/beranda"), "tanda belum diperiksa")) << "nobody has looked yet";
  EXPECT_EQ(post("/indikator/keutuhan/hitung", {{"tempat", "kab"}, {"bulan", "2026-10"}}, "dinas").status, 303);
  const auto home = get("/beranda");
  EXPECT_TRUE(has(home, say(Lang::Id, Msg::HomeSigns, {"Oktober 2026", "1"}))) << home.body;
  EXPECT_TRUE(has(home, "/indikator/keutuhan?tempat=melati&amp;bulan=2026-10")) << "one click from its cure";
  EXPECT_FALSE(has(get("/beranda", "petugas"), "tanda belum diperiksa")) << "who may not say so is not asked";
  const auto sign = between(get(kOctoberPage).body, "tanda=", "\"");
  const auto check = get("/indikator/keutuhan/periksa?tempat=melati&bulan=2026-10&tanda=" + sign).body;
  const Form said{{"tempat", "melati"},
                  {"bulan", "2026-10"},
                  {"tanda", between(check, "name=\"tanda\" value=\"", "\"")},
                  {"reason", "Sudah dicocokkan"}};
  ASSERT_EQ(post("/indikator/keutuhan/periksa", said).status, 303);
  EXPECT_FALSE(has(get("/beranda"), "tanda belum diperiksa"));
}

TEST_P(IntegrityPageTest, AnOfficeCountsItsFacilities) {
  auto form = broken_report();
  form.emplace_back("_periksa", "1");
  ASSERT_EQ(post("/isi/kbk", form).status, 303);
  add(NodeKind::Facility, "mawar", "Puskesmas Mawar", district_);
  const auto before = get(kOctoberPage, "dinas");
  const auto told = say(Lang::Id, Msg::HomeOfficeSigns, {"Oktober 2026", "1"});
  EXPECT_FALSE(has(get("/beranda", "dinas"), told)) << "nothing was counted yet";
  EXPECT_TRUE(has(get("/indikator/keutuhan?bulan=2026-10&periksa=belum", "dinas"), words(Msg::IntegrityNoFacilityLikeThis)));
  EXPECT_TRUE(has(before, words(Msg::IntegrityNotCounted)));
  EXPECT_EQ(post("/indikator/keutuhan/hitung", {{"tempat", "kab"}, {"bulan", "2026-10"}}, "dinas").status, 303);
  const auto after = get(kOctoberPage, "dinas");
  EXPECT_FALSE(has(after, words(Msg::IntegrityNotCounted)));
  EXPECT_TRUE(has(after, "Puskesmas Melati"));
  EXPECT_TRUE(has(get("/indikator/keutuhan/data.csv?bulan=2026-10", "dinas"), "Puskesmas Mawar"));
  const auto home = get("/beranda", "dinas");
  EXPECT_TRUE(has(home, told)) << home.body;
  EXPECT_TRUE(has(home, say(Lang::Id, Msg::HomeOfficeSignsHigh, {"1"})));
  EXPECT_TRUE(has(home, "/indikator/keutuhan?tempat=kab&amp;bulan=2026-10&amp;periksa=belum")) << "one click from the list";
  for (const auto* list : {"/indikator/keutuhan", "/indikator/keutuhan/data.csv"}) {
    const auto kept = get(std::string(list) + "?tempat=kab&bulan=2026-10&periksa=belum", "dinas");
    EXPECT_TRUE(has(kept, "Puskesmas Melati")) << list;
    EXPECT_FALSE(has(kept, "Puskesmas Mawar")) << list;
  }
  EXPECT_TRUE(has(get("/indikator/keutuhan?tempat=melati&bulan=2026-10", "dinas"), kRuleWords));
}

}  // namespace pilar::integrity_page_test
