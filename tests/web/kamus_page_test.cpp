#include <gtest/gtest.h>

#include "app/indicator.h"
#include "app/organisation.h"
#include "app/record.h"
#include "i18n/messages.h"
#include "i18n/words/exchange.h"
#include "i18n/words/formula.h"
#include "i18n/words/indicator.h"
#include "i18n/words/people.h"
#include "store/indicator_store.h"
#include "store/place_store.h"
#include "support/site_fixture.h"

namespace pilar::kamus_page_test {
constexpr std::string_view kPageKamus = R"(kamus: uji
tag_sets:
  - key: dimensi
    title: {id: Dimensi mutu, en: Dimensions}
    source: uji
    tags:
      - {key: aman, label: {id: Keamanan, en: Safe}}
      - {key: nyaman, label: {id: Kenyamanan, en: Comfort}}
indicators:
  - key: hasil-darah
    version: 1
    title: {id: Hasil darah tepat waktu, en: Blood results on time}
    source: uji
    aim: {id: Cepat, en: Quick}
    definition: {id: Hasil dalam 120 menit, en: Within 120 minutes}
    type: proses
    area: ukp
    tags: [dimensi/aman]
    formula: laboratorium/lama_darah
    numerator: {id: Cepat, en: Quick}
    target: 95
    responsible: {id: Kepala lab, en: Head of laboratory}
    efforts:
      - {what: {id: Pantau tiap minggu, en: Watch every week}, who: {id: Analis, en: Analyst}}
)";

/// The pages of indicators as a quality lead, an officer and the office above see them.
class KamusPageTest : public test::SiteTest {
 protected:
  KamusPageTest() : SiteTest("ketua") {
    EXPECT_TRUE(app::install_kamus(context_, operator_, kPageKamus, "uji.yaml"));
    district_ = add(NodeKind::District, "kab", "Dinas Kab", {});
    melati_ = add(NodeKind::Facility, "melati", "Puskesmas Melati", district_);
    add_person("ketua", Role::QualityLead, melati_);
    add_person("petugas", Role::Officer, melati_);
    add_person("dinas", Role::DistrictOffice, district_);
  }

  /// A blood test in October whose result took so many minutes.
  void examine(int minutes) {
    const auto& lab = *reference_.get()->latest("laboratorium");
    const Instant at{clock_.now().micros - 30 * 86'400'000'000};
    RawAnswers raw;
    raw["jenis"].values = {"darah"};
    raw["diterima"].values = {iso(at, Zone::Wib)};
    raw["dilaporkan"].values = {iso({at.micros + minutes * 60'000'000LL}, Zone::Wib)};
    const auto answers = check_answers(lab.form, raw, civil_day(clock_.now(), Zone::Wib), false);
    ASSERT_TRUE(answers);
    ASSERT_TRUE(app::save_record(context_, operator_, {make_uuid(at), melati_, {}, lab.version, at, Channel::Staff, *answers}));
  }
  /// The facility uses it since long ago.
  void use_early(const std::string& key) {
    const auto id = app::read_kamus_of(context_, operator_, melati_).value().find(key)->entry->id;
    db().shared([&](store::Tx& tx) { store::put_use(tx, melati_, {id, Day{20'000}, {}, ""}); });
  }
  static Form new_profile() {
    return {{"tempat", "melati"}, {"seen", "0"},          {"title", "Obat tersedia"},       {"area", "ukp"},          {"type", "proses"},
            {"pillar", "ppk"},    {"level", "fasilitas"}, {"formula", "laboratorium/lama"}, {"tags", "dimensi/aman"}, {"safety_goal", "0"}};
  }
  /// Everything that publishing asks for but how it gets its value.
  static Form whole_profile() {
    Form form{{"tempat", "melati"}, {"seen", "0"},     {"title", "Obat tersedia"}, {"area", "ukp"},
              {"type", "proses"},   {"pillar", "ppk"}, {"tags", "dimensi/aman"},   {"level", "fasilitas"},
              {"safety_goal", "0"}, {"apa", "terbit"}};
    for (const auto* name : {"aim", "definition", "numerator", "responsible", "source", "effort_what_1", "effort_who_1"})
      form.emplace_back(name, "isi");
    return form;
  }

  FacilityKey district_, melati_;
};
PILAR_BOTH_ENGINES(KamusPageTest);

TEST_P(KamusPageTest, TheListIsSearchedFilteredAndExported) {
  const auto all = get("/kamus");
  EXPECT_EQ(all.status, 200);
  EXPECT_TRUE(has(all, "Hasil darah tepat waktu"));
  EXPECT_TRUE(has(all, words(Msg::KamusNotATarget)));
  EXPECT_TRUE(has(get("/kamus?cari=DARAH"), "Hasil darah tepat waktu"));
  EXPECT_TRUE(has(get("/kamus?cari=tidakada"), words(Msg::KamusNoneFound)));
  EXPECT_TRUE(has(get("/kamus?tanda=dimensi/aman&bidang=ukp&jenis=proses"), "Hasil darah tepat waktu"));
  EXPECT_TRUE(has(get("/kamus?pakai=ya"), words(Msg::KamusNoneFound)));
  EXPECT_TRUE(has(get("/kamus/data.csv"), "Hasil dalam 120 menit"));
  EXPECT_EQ(get("/kamus/data.xlsx").status, 200);
  EXPECT_EQ(get("/kamus?tempat=tidakada").status, 404);
  const auto coverage = get("/kamus/cakupan");
  EXPECT_TRUE(has(coverage, "Kenyamanan"));
  EXPECT_TRUE(has(coverage, words(Msg::KamusCoverageMissing)));
}

TEST_P(KamusPageTest, AProfileIsReadAndUsedWithATargetOfOnesOwn) {
  const auto page = get("/kamus/hasil-darah");
  EXPECT_TRUE(has(page, "Pantau tiap minggu"));
  EXPECT_TRUE(has(page, words(Msg::KamusUseHere)));
  EXPECT_TRUE(has(page, "Antara 0 dan 100.")) << "what a target can be stands beside its field";
  EXPECT_FALSE(has(get("/kamus/hasil-darah", "petugas"), words(Msg::KamusUseHere))) << "an officer only reads";
  EXPECT_EQ(get("/kamus/tidakada").status, 404);
  EXPECT_EQ(post("/kamus/hasil-darah/pakai", {{"tempat", "melati"}, {"target", "sembilan"}}).status, 422);
  EXPECT_EQ(post("/kamus/hasil-darah/pakai", {{"tempat", "melati"}, {"target", "97,5"}}).status, 303);
  EXPECT_TRUE(has(get("/kamus/hasil-darah?sudah=pakai"), "97,5%"));
  const auto both = post("/kamus/hasil-darah/pakai", {{"tempat", "melati"}, {"responsible", "Bu Rini"}, {"target", "90"}});
  EXPECT_EQ(both.status, 409) << "a form that does not say what it was typed over";
  EXPECT_TRUE(has(both, words(Msg::DecisionConflict)) && has(both, "<strong>90</strong>") && has(both, "<strong>97,5</strong>"))
      << both.body;
  const auto stamp = app::read_kamus_of(context_, operator_, melati_).value().find("hasil-darah")->use.stamp();
  EXPECT_TRUE(has(both, stamp)) << "the reader's version can be sent over the newer one";
  EXPECT_TRUE(has(get("/kamus/hasil-darah"), "name=\"terlihat\" value=\"" + stamp + "\""));
  EXPECT_EQ(post("/kamus/hasil-darah/pakai", {{"tempat", "melati"}, {"target", "97,5"}, {"terlihat", stamp}}).status, 303);
  EXPECT_TRUE(has(get("/indikator?bulan=2026-10"), words(Msg::IndicatorNotCollected)));
  examine(60);
  examine(400);
  const auto table = get("/indikator?bulan=2026-10");
  EXPECT_TRUE(has(table, "1 dari 2")) << table.body;
  EXPECT_TRUE(has(get("/indikator/data.csv?bulan=2026-10"), "50"));
  EXPECT_TRUE(has(get("/kamus/hasil-darah/lepas"), words(Msg::KamusUseDropWords)));
  EXPECT_EQ(post("/kamus/hasil-darah/lepas", {{"tempat", "melati"}}).status, 303);
  EXPECT_TRUE(has(get("/indikator"), words(Msg::IndicatorPageNone)));
}

TEST_P(KamusPageTest, ANewIndicatorBeginsAsADraftAndLosesNothing) {
  EXPECT_TRUE(has(get("/kamus/tambah"), words(Msg::KamusNewNote)));
  auto form = new_profile();
  form.emplace_back("apa", "terbit");
  const auto refused = post("/kamus/tambah", form);
  EXPECT_EQ(refused.status, 422);
  EXPECT_TRUE(has(refused, "Obat tersedia")) << "what was typed is still there";
  EXPECT_TRUE(has(refused, words(Msg::IndicatorNoEffort)));
  form.back().second = "rancangan";
  EXPECT_EQ(post("/kamus/tambah", form).status, 303);
  EXPECT_TRUE(has(get("/kamus"), words(Msg::KamusDraft)));
  EXPECT_FALSE(has(get("/kamus", "petugas"), "Obat tersedia"));
  const auto edit = get("/kamus/obat-tersedia/ubah");
  EXPECT_TRUE(has(edit, "value=\"Obat tersedia\""));
  const auto stale = post("/kamus/obat-tersedia/ubah", form);
  EXPECT_EQ(stale.status, 409) << "seen before somebody saved";
  EXPECT_EQ(get("/kamus/hasil-darah/ubah").status, 403) << "kept for every place by administrators";
}

TEST_P(KamusPageTest, AFormulaThatCannotBeIsRefusedWhereItStandsAndNothingIsKept) {
  const auto refuse = [&](const Form& wrong) {
    auto form = whole_profile();
    form.insert(form.end(), wrong.begin(), wrong.end());
    const auto reply = post("/kamus/tambah", form);
    EXPECT_EQ(reply.status, 422);
    EXPECT_TRUE(has(reply, "Obat tersedia")) << "what was typed is still there";
    EXPECT_EQ(get("/kamus/obat-tersedia").status, 404) << "nothing is kept half";
    return reply;
  };
  const auto over = [&](const char* field, const std::string& part) {
    Form form{{"way", "records"}, {"records/over", "laboratorium"}, {"records/kind", "ratio"}};
    if (std::string_view(field) != "records/numerator") form.emplace_back("records/numerator", "1");
    form.emplace_back(field, part);
    return refuse(form);
  };
  const auto unknown = over("records/numerator", "1 + ${lma}");
  EXPECT_TRUE(has(unknown, words(Msg::FormulaNumerator) + ": Huruf ke-5: Tidak ada pertanyaan")) << unknown.body;
  EXPECT_TRUE(has(unknown, "Maksud Anda “lama”?"));
  const auto type = over("records/numerator", "${jenis}");
  EXPECT_TRUE(has(type, "Huruf ke-1:")) << type.body;
  EXPECT_TRUE(has(type, "Di sini harus angka"));
  const auto choice = over("records/include", "${jenis} = 'drah'");
  EXPECT_TRUE(has(choice, "Maksud Anda “darah”?")) << choice.body;
  EXPECT_TRUE(has(over("records/exclude", "${lama}"), "Di sini harus syarat yang bernilai benar atau salah"));
  EXPECT_TRUE(has(over("records/denominator", std::string(10'000, '(') + "1" + std::string(10'000, ')')), "paling banyak 800 huruf"));
  const auto deep = over("records/denominator", std::string(300, '(') + "1" + std::string(300, ')'));
  EXPECT_TRUE(has(deep, "Kurung di dalam kurung terlalu banyak")) << deep.body;
  EXPECT_TRUE(has(deep, "Huruf ke-"));
  EXPECT_TRUE(
      has(refuse({{"way", "sum"}, {"sum_of", "hasil-darah, obat-tersedia"}}), "“obat-tersedia” tersusun dari indikator ini sendiri"));
  EXPECT_TRUE(has(refuse({{"way", "sum"}, {"sum_of", "hasil-drah"}}), "Yang mirip: hasil-darah"));
  EXPECT_TRUE(has(refuse({{"formula", "laboratorium/lama_darah"}, {"target", "-5"}}), words(Msg::IndicatorTargetNegative)));
  EXPECT_TRUE(has(refuse({{"formula", "laboratorium/lama_darah"}, {"target", "120"}}), words(Msg::IndicatorTargetTooHigh)));
  EXPECT_TRUE(has(refuse({{"formula", "kessan/rating"}, {"target", "85"}}), "Nilai ukuran ini hanya bisa antara 1 dan 5"));
}

TEST_P(KamusPageTest, AVersionBeginsAfterTheOneBefore) {
  auto form = whole_profile();
  form.emplace_back("formula", "laboratorium/lama_darah");
  ASSERT_EQ(post("/kamus/tambah", form).status, 303);
  const auto change = [&](const char* from) {
    const auto page = get("/kamus/obat-tersedia/ubah?tempat=melati").body;
    constexpr std::string_view kSeen = "name=\"seen\" value=\"";
    const auto at = page.find(kSeen) + kSeen.size();
    auto next = whole_profile();
    next[1].second = page.substr(at, page.find('"', at) - at);
    next.insert(next.end(), {{"formula", "laboratorium/lama_darah"}, {"valid_from", from}, {"reason", "definisi baru"}});
    return post("/kamus/obat-tersedia/ubah", next);
  };
  EXPECT_TRUE(has(change(""), words(Msg::IndicatorNoDate)));
  EXPECT_EQ(change("2026-09-01").status, 303);
  const auto early = change("2026-08-31");
  EXPECT_EQ(early.status, 422);
  EXPECT_TRUE(has(early, "Versi sebelumnya berlaku sejak 1 September 2026")) << early.body;
  EXPECT_EQ(change("2026-09-01").status, 422) << "on the same day neither would hold";
  EXPECT_EQ(change("2026-09-02").status, 303);
}

TEST_P(KamusPageTest, AMonthIsAnalysedSentChangedReturnedAndSentAgain) {
  const std::string month = "/indikator/laporan/2026-10";
  EXPECT_TRUE(has(get(month), words(Msg::MonthNothingUsed)));
  ASSERT_EQ(post("/kamus/hasil-darah/pakai", {{"tempat", "melati"}}).status, 303);
  EXPECT_TRUE(has(get(month), words(Msg::MonthEmpty)));
  EXPECT_EQ(post(month + "/ubah", {{"tempat", "melati"}, {"apa", "kirim"}}).status, 422) << "not in use in that month yet";
  const auto id_in_use = reference_.get()->indicators.front().id;
  db().shared([&](store::Tx& tx) { store::put_use(tx, melati_, {id_in_use, Day{20'000}, {}, ""}); });
  examine(60);
  examine(400);
  EXPECT_TRUE(has(get("/indikator/laporan"), words(Msg::MonthComplete)));
  const Form send{{"tempat", "melati"}, {"apa", "kirim"}};
  const auto early = post(month + "/ubah", send);
  EXPECT_EQ(early.status, 422) << "the target was missed and nobody said why";
  const auto id = std::to_string(reference_.get()->indicators.front().id.value);
  EXPECT_EQ(
      post(month + "/analisis", {{"tempat", "melati"}, {"indikator", id}, {"analysis", "Alat rusak"}, {"follow_up", "Perbaiki"}}).status,
      303);
  EXPECT_EQ(post(month + "/analisis", {{"tempat", "melati"}, {"indikator", "999"}, {"analysis", "x"}}).status, 404);
  const auto both =
      post(month + "/analisis",
           {{"tempat", "melati"}, {"indikator", id}, {"terlihat", "0"}, {"analysis", "Listrik <padam>"}, {"follow_up", "Genset"}});
  EXPECT_EQ(both.status, 409) << "somebody had written meanwhile";
  EXPECT_TRUE(has(both, "Listrik &lt;padam&gt;") && has(both, "Alat rusak") && has(both, words(Msg::DecisionConflict))) << both.body;
  EXPECT_EQ(post(month + "/ubah", send).status, 303);
  EXPECT_TRUE(has(get(month), words(Msg::MonthSent)));
  EXPECT_EQ(post(month + "/ubah", send).status, 409) << "it was sent already";
  EXPECT_EQ(post("/indikator/laporan/2026-11/ubah", send).status, 422) << "the month is not over";
  examine(30);
  EXPECT_TRUE(has(get(month), "sekarang 66,7%")) << get(month).body;
  EXPECT_EQ(post(month + "/ubah", {{"tempat", "melati"}, {"apa", "terima"}}).status, 403) << "not by the facility itself";
  EXPECT_EQ(post(month + "/ubah", {{"tempat", "melati"}, {"apa", "kembalikan"}}, "dinas").status, 422) << "without a reason";
  EXPECT_EQ(post(month + "/ubah", {{"tempat", "melati"}, {"apa", "kembalikan"}, {"reason", "Belum lengkap"}}, "dinas").status, 303);
  EXPECT_TRUE(has(get(month), "Belum lengkap"));
  EXPECT_EQ(post(month + "/ubah", send).status, 303);
  EXPECT_EQ(post(month + "/ubah", {{"tempat", "melati"}, {"apa", "terima"}}, "dinas").status, 303);
  EXPECT_TRUE(has(get(month), words(Msg::MonthAccepted)));
  EXPECT_EQ(post(month + "/ubah", {{"tempat", "melati"}, {"apa", "tarik"}, {"reason", "keliru"}}).status, 409) << "accepted";
  EXPECT_TRUE(has(get(month + "/data.csv"), "Alat rusak"));
  EXPECT_EQ(get("/indikator/laporan/2026-13").status, 404);
  EXPECT_EQ(get("/indikator/laporan/2027-01").status, 404);
}

TEST_P(KamusPageTest, TheRecapIsReadByMonthAndQuarter) {
  EXPECT_TRUE(has(get("/indikator/rekap"), words(Msg::RecapNoneFacility)));
  use_early("hasil-darah");
  examine(60);
  examine(400);
  const auto months = get("/indikator/rekap?isi=semua");
  EXPECT_TRUE(has(months, "1 dari 2")) << months.body;
  EXPECT_TRUE(has(months, "Oktober 2026"));
  EXPECT_TRUE(has(months, "November 2026 (berjalan)"));
  EXPECT_TRUE(has(months, words(Msg::ExchangeDhis2)));
  const auto quarters = get("/indikator/rekap?isi=semua&langkah=triwulan");
  EXPECT_TRUE(has(quarters, "Triwulan IV 2026"));
  EXPECT_FALSE(has(quarters, "Oktober 2026</th>"));
  const auto file = get("/indikator/rekap/data.csv?isi=semua&langkah=semester");
  EXPECT_TRUE(has(file, "hasil-darah,Hasil darah tepat waktu,Semester II 2026,1,2,50")) << file.body;
  EXPECT_EQ(get("/indikator/rekap/data.xlsx?isi=semua").status, 200);
  EXPECT_EQ(get("/indikator/rekap?isi=semua&tahun=1999").status, 422) << "no other year is shown instead";
  EXPECT_EQ(get("/indikator/rekap?tempat=tidakada").status, 404);
}

TEST_P(KamusPageTest, AnOfficeRecapsItsFacilitiesTogetherAndApart) {
  use_early("hasil-darah");
  examine(60);
  EXPECT_TRUE(has(get("/indikator", "dinas"), "/indikator/rekap?tempat=kab"));
  const auto together = get("/indikator/rekap?tempat=kab&isi=semua", "dinas");
  EXPECT_TRUE(has(together, "1 fasilitas")) << together.body;
  EXPECT_TRUE(has(together, "indikator=hasil-darah"));
  const auto apart = get("/indikator/rekap?tempat=kab&isi=semua&indikator=hasil-darah", "dinas");
  EXPECT_TRUE(has(apart, "Puskesmas Melati</a>")) << apart.body;
  EXPECT_EQ(get("/indikator/rekap?tempat=kab&indikator=tidakada", "dinas").status, 404);
  EXPECT_EQ(get("/indikator/rekap?tempat=kab", "ketua").status, 403) << "the facility does not see the office";
}

TEST_P(KamusPageTest, AMonthGoesToDhis2AndFhirOnceItHasCodes) {
  const std::string month = "/indikator/laporan/2026-10";
  EXPECT_TRUE(has(get(month + "/dhis2.json"), words(Msg::ExchangeNoPlaceCode)));
  db().shared([&](store::Tx& tx) {
    PlaceFacts facts;
    facts.codes["dhis2"] = "OU_MELATI";
    store::replace_facts(tx, melati_, facts);
  });
  EXPECT_EQ(get(month + "/dhis2.json").status, 422);
  EXPECT_TRUE(has(get(month + "/dhis2.json"), words(Msg::ExchangeNoIndicatorCode)));
  auto form = new_profile();
  for (auto& [name, value] : form)
    if (name == "formula") value = "laboratorium/lama_darah";
  for (const auto* name : {"aim", "definition", "numerator", "responsible", "source", "effort_what_1", "effort_who_1"})
    form.emplace_back(name, "isi");
  form.emplace_back("dhis2_denominator", "D.1");
  form.emplace_back("apa", "terbit");
  form.emplace_back("dhis2_numerator", "N 1");
  const auto refused = post("/kamus/tambah", form);
  EXPECT_EQ(refused.status, 422);
  EXPECT_TRUE(has(refused, words(Msg::IndicatorBadCode)));
  EXPECT_TRUE(has(refused, "N 1")) << "what was typed is still there";
  form.back().second = "N.1";
  EXPECT_EQ(post("/kamus/tambah", form).status, 303);
  EXPECT_TRUE(has(get("/kamus/obat-tersedia"), words(Msg::KamusCodeNumerator) + ": N.1"));
  use_early("obat-tersedia");
  examine(60);
  examine(400);
  const auto file = get(month + "/dhis2.json");
  ASSERT_EQ(file.status, 200) << file.body;
  EXPECT_EQ(file.body, R"({"period":"202610","orgUnit":"OU_MELATI","dataValues":[{"dataElement":"N.1","value":"1"},)"
                       R"({"dataElement":"D.1","value":"2"}]})");
  const auto bundle = get(month + "/fhir.json");
  ASSERT_EQ(bundle.status, 200);
  EXPECT_TRUE(has(bundle, "urn:pilar:indicator:obat-tersedia|1"));
  EXPECT_TRUE(has(bundle, "\"measureScore\":{\"value\":50"));
  EXPECT_EQ(get("/indikator/laporan/2027-01/fhir.json").status, 422) << "it has not begun";
  EXPECT_EQ(get(month + "?unit=tidakada").status, 404);
}

TEST_P(KamusPageTest, AnOfficeSendsItsFacilitiesInOneFile) {
  std::string coded(kPageKamus);
  coded.replace(coded.find("hasil-darah"), 11, "hasil-wajib");
  coded.replace(coded.find("version: 1\n"), 11,
                "version: 1\n    mandatory: yes\n    codes:\n      - {system: dhis2, numerator: K_N, denominator: K_D}\n");
  ASSERT_TRUE(app::install_kamus(context_, operator_, coded, "wajib.yaml"));
  const auto mawar = add(NodeKind::Facility, "mawar", "Puskesmas Mawar", district_);
  db().shared([&](store::Tx& tx) {
    PlaceFacts melati, other;
    melati.codes["dhis2"] = "OU_MELATI";
    other.codes["dhis2"] = "OU_MAWAR";
    store::replace_facts(tx, melati_, melati);
    store::replace_facts(tx, mawar, other);
  });
  examine(60);
  const auto file = get("/indikator/laporan/2026-10/dhis2.json?tempat=kab", "dinas");
  ASSERT_EQ(file.status, 200) << file.body;
  EXPECT_EQ(file.body, R"({"dataValues":[{"dataElement":"K_N","period":"202610","orgUnit":"OU_MELATI","value":"1"},)"
                       R"({"dataElement":"K_D","period":"202610","orgUnit":"OU_MELATI","value":"1"}]})")
      << "what the other one did not collect is left out";
  EXPECT_EQ(get("/indikator/laporan/2026-10/dhis2.json?tempat=kab").status, 403) << "the facility does not see the office";
}

}  // namespace pilar::kamus_page_test
