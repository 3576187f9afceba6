#include <gtest/gtest.h>

#include "app/indicator.h"
#include "app/organisation.h"
#include "app/record.h"
#include "i18n/messages.h"
#include "i18n/words/effort.h"
#include "store/indicator_store.h"
#include "support/site_fixture.h"

namespace pilar::effort_page_test {
constexpr std::string_view kEffortKamus = R"(kamus: uji
indicators:
  - key: hasil-darah
    version: 1
    title: {id: Hasil darah tepat waktu, en: Blood results on time}
    source: uji
    aim: {id: Cepat, en: Quick}
    definition: {id: Hasil dalam 120 menit, en: Within 120 minutes}
    type: proses
    area: ukp
    formula: laboratorium/lama_darah
    numerator: {id: Cepat, en: Quick}
    target: 95
    responsible: {id: Kepala lab, en: Head of laboratory}
    efforts:
      - {what: {id: Pantau tiap minggu, en: Watch every week}, who: {id: Analis, en: Analyst}}
)";

/// The nineteen points of a Puskesmas, as its quality lead and its office see them.
class EffortPageTest : public test::SiteTest {
 protected:
  EffortPageTest() : SiteTest("ketua") {
    EXPECT_TRUE(app::install_kamus(context_, operator_, kEffortKamus, "uji.yaml"));
    district_ = add(NodeKind::District, "kab", "Dinas Kab", {});
    melati_ = add(NodeKind::Facility, "melati", "Puskesmas Melati", district_);
    add_person("ketua", Role::QualityLead, melati_);
    add_person("dinas", Role::DistrictOffice, district_);
  }

  /// A review so many days ago: commitment with the proof, a policy without one, nothing else there.
  void review(int days_ago, const std::string& proof) {
    const auto& version = *reference_.get()->latest("donabedian");
    const Instant at{clock_.now().micros - days_ago * 86'400'000'000};
    RawAnswers raw;
    for (const auto& item : version.form.items)
      if (item.kind == ItemKind::Scale) raw[item.key].values = {"0"};
    raw["komitmen"].values = {"2"};
    raw["bukti_komitmen"].values = {proof};
    raw["kebijakan"].values = {"1"};
    raw["program"].values = {"1"};
    const auto answers = check_answers(version.form, raw, civil_day(at, Zone::Wib), false);
    ASSERT_TRUE(answers) << say(Lang::En, answers.error().front()) << " " << answers.error().front().field;
    ASSERT_TRUE(app::save_record(context_, operator_, {make_uuid(at), melati_, {}, version.version, at, Channel::Staff, *answers}));
  }

  FacilityKey district_, melati_;
};
PILAR_BOTH_ENGINES(EffortPageTest);

TEST_P(EffortPageTest, NothingIsSaidBeforeTheFirstReview) {
  const auto page = get("/indikator/upaya-mutu");
  ASSERT_EQ(page.status, 200) << page.body;
  EXPECT_TRUE(has(page, words(Msg::EffortNever)));
  EXPECT_TRUE(has(page, words(Msg::EffortNotReviewed)));
  EXPECT_TRUE(has(page, "/isi/donabedian"));
  EXPECT_FALSE(has(page, words(Msg::EffortNoProof) + "<"));
  EXPECT_TRUE(has(get("/indikator"), "/indikator/upaya-mutu?tempat=melati"));
}

TEST_P(EffortPageTest, ABareTickReadsWithoutProofAndTheDataProveWhatTheyCan) {
  review(40, "SK lama");
  review(5, "SK 12/2026");
  auto page = get("/indikator/upaya-mutu");
  EXPECT_TRUE(has(page, "SK 12/2026")) << page.body;
  EXPECT_FALSE(has(page, "SK lama")) << "the latest review holds";
  EXPECT_TRUE(has(page, words(Msg::EffortNoProof) + "<")) << "a policy is said to be there, and nothing shows it";
  EXPECT_TRUE(has(page, "4 dari 12 poin")) << "2 + 1 + 1 of the six points of P1";
  EXPECT_TRUE(has(page, "0 dari 10 poin"));
  EXPECT_TRUE(has(page, "0 dari 16 poin"));
  EXPECT_FALSE(has(page, say(Lang::Id, Msg::EffortInUse, {"1"})));
  EXPECT_FALSE(has(page, words(Msg::EffortShown))) << "nothing is in use yet";
  const auto id = app::read_kamus_of(context_, operator_, melati_).value().find("hasil-darah")->entry->id;
  db().shared([&](store::Tx& tx) { store::put_use(tx, melati_, {id, Day{20'000}, {}, ""}); });
  page = get("/indikator/upaya-mutu");
  EXPECT_TRUE(has(page, say(Lang::Id, Msg::EffortInUse, {"1"}))) << "the programme has indicators, whatever is written";
  EXPECT_TRUE(has(page, words(Msg::EffortShown)));
  const auto file = get("/indikator/upaya-mutu/data.csv");
  EXPECT_TRUE(has(file, "SK 12/2026"));
  EXPECT_TRUE(has(file, words(Msg::EffortNoProof)));
  EXPECT_EQ(get("/indikator/upaya-mutu/data.xlsx").status, 200);
  EXPECT_TRUE(has(get("/indikator/upaya-mutu?bahasa=en"), "Live proof"));
}

TEST_P(EffortPageTest, ItIsOfOneFacility) {
  EXPECT_EQ(get("/indikator/upaya-mutu?tempat=tidakada").status, 404);
  EXPECT_EQ(get("/indikator/upaya-mutu?tempat=kab").status, 422);
  EXPECT_EQ(get("/indikator/upaya-mutu?tempat=melati", "dinas").status, 403)
      << "what was written is a record, which the office does not read";
  EXPECT_FALSE(has(get("/indikator?tempat=melati", "dinas"), "/indikator/upaya-mutu")) << "and it is not led there";
}

}  // namespace pilar::effort_page_test
