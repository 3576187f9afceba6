#include <gtest/gtest.h>

#include "app/chart_mark.h"
#include "app/indicator.h"
#include "app/organisation.h"
#include "app/record.h"
#include "i18n/messages.h"
#include "i18n/words/control.h"
#include "i18n/words/home.h"
#include "i18n/words/indicator.h"
#include "i18n/words/mark.h"
#include "i18n/words/people.h"
#include "support/site_fixture.h"

namespace pilar::chart_page_test {
constexpr std::int64_t kChartDay = 86'400'000'000LL;

/// Control charts, what is laid down on them, and the funnel of an office, through the whole site without sockets.
class ChartPageTest : public test::SiteTest {
 protected:
  ChartPageTest() : SiteTest("ketua") {
    app::install_shipped_kamus(context_, operator_);
    branch_ = add(NodeKind::Branch, "cabang", "Cabang");
    for (const char* code : {"melati", "mawar", "kenanga"})
      EXPECT_TRUE(app::add_place(context_, operator_,
                                 {.parent = branch_,
                                  .code = code,
                                  .name = std::string("Puskesmas ") + code,
                                  .facility_type = "puskesmas",
                                  .valid_from = Day{10'000},
                                  .units = {"Poli Umum", "Farmasi"}}));
    melati_ = reference_.get()->organisation.find("melati")->key;
    add_person("ketua", Role::QualityLead, melati_);
    add_person("petugas", Role::Officer, melati_);
    add_person("bpjs", Role::BranchOfficer, branch_);
  }

  std::string page(std::string_view target, const std::string& login = "ketua") {
    const auto reply = get(target, login);
    EXPECT_EQ(reply.status, 200) << target << " " << reply.body;
    return reply.body;
  }

  void rate(std::string_view code, int times, const std::string& rating, int days_ago) {
    const auto* version = reference_.get()->latest("kessan");
    const auto facility = reference_.get()->organisation.find(code)->key;
    for (int i = 0; i < times; ++i) {
      RawAnswers raw;
      raw["nilai"].values = {rating};
      const Instant at{clock_.now().micros - days_ago * kChartDay};
      const auto answers = check_answers(version->form, raw, civil_day(at, Zone::Wib), false);
      ASSERT_TRUE(answers);
      ASSERT_TRUE(app::save_record(context_, operator_, {make_uuid(at), facility, {1}, version->version, at, Channel::Staff, *answers}));
    }
  }
  /// Thirteen months up to October 2026 of the same ratings.
  void rate_months() {
    for (int month = 13; month >= 1; --month) {
      rate("melati", 4, "4", month * 30);
      rate("melati", 2, "3", month * 30);
      rate("melati", 2, "5", month * 30);
    }
  }
  /// A blood test so many days ago that took so many minutes; more than 120 are an event.
  void examine(int days_ago, int minutes) {
    const auto* lab = reference_.get()->latest("laboratorium");
    const Instant at{clock_.now().micros - days_ago * kChartDay};
    const auto moment = [&](int after) { return iso({at.micros + after * 60'000'000LL}, Zone::Wib); };
    RawAnswers raw;
    raw["jenis"].values = {"darah"};
    raw["diterima"].values = {moment(-600)};
    raw["dilaporkan"].values = {moment(-600 + minutes)};
    const auto answers = check_answers(lab->form, raw, civil_day(clock_.now(), Zone::Wib), false);
    ASSERT_TRUE(answers);
    ASSERT_TRUE(app::save_record(context_, operator_, {make_uuid(at), melati_, {}, lab->version, at, Channel::Staff, *answers}));
  }
  static Form event(const char* text) {
    return {{"jenis", "kejadian"}, {"kind", "tindakan"}, {"day", "2026-04-06"}, {"text", text}, {"link", "/komentar"}};
  }

  FacilityKey branch_, melati_;
};
PILAR_BOTH_ENGINES(ChartPageTest);

constexpr std::string_view kChart = "/hasil/kessan?tempat=melati&bulan=2026-10",
                           kCsv = "/hasil/kessan/bagan.csv?tempat=melati&bulan=2026-10",
                           kMarks = "/hasil/kessan/tanda?tempat=melati&bulan=2026-10&ukuran=rating",
                           kNewMark = "/hasil/kessan/tanda/baru?tempat=melati&bulan=2026-10&ukuran=rating";

TEST_P(ChartPageTest, KindAndRulesAreChosenInTheAddressAndSaidInTheFoot) {
  rate_months();
  const auto usual = page(kChart);
  EXPECT_TRUE(has(usual, "Aturan NHS v1"));
  EXPECT_TRUE(has(usual, words(Msg::ControlWhyXbar)));
  EXPECT_TRUE(has(usual, words(Msg::ControlWobble)));
  EXPECT_TRUE(has(usual, "13 titik; garis tengah dan batas dari 12 titik"));
  const auto run = page(std::string(kChart) + "&bagan=run&aturan=anhoej");
  EXPECT_TRUE(has(run, "Aturan Anhøj v1"));
  EXPECT_TRUE(has(run, words(Msg::ControlWhyRun)));
  EXPECT_FALSE(has(run, words(Msg::ControlWobble))) << "a run chart has no limits";
  EXPECT_TRUE(has(run, "bagan.csv?tempat=melati&amp;bulan=2026-10&amp;bagan=run&amp;aturan=anhoej")) << run;
  EXPECT_TRUE(has(page(std::string(kCsv) + "&bagan=s&aturan=nelson"), "Aturan Nelson v1"));
  EXPECT_TRUE(has(page(std::string(kChart) + "&bagan=kue&aturan=kue"), "Aturan NHS v1")) << "what cannot be read is the usual one";
}

TEST_P(ChartPageTest, NotesAndNewLinesStandOnChartsOfDistancesToo) {
  for (int i = 14; i >= 1; --i) examine(i * 20, 300);
  const std::string query = "?tempat=melati&bulan=2026-10&ukuran=lama_darah", chart = "/hasil/laboratorium" + query + "&bagan=t";
  EXPECT_EQ(post("/hasil/laboratorium/tanda/baru" + query, event("alat baru dipasang")).status, 303);
  const auto noted = page(chart);
  EXPECT_TRUE(has(noted, "alat baru dipasang")) << noted;
  EXPECT_TRUE(has(noted, "13 jarak; garis tengah dan batas dari 12 yang pertama"));
  EXPECT_TRUE(has(noted, words(Msg::ControlGapNote)));
  EXPECT_TRUE(has(page("/hasil/laboratorium/bagan.csv" + query + "&bagan=t"), "alat baru dipasang"));
  EXPECT_EQ(
      post("/hasil/laboratorium/tanda/baru" + query, {{"jenis", "batas"}, {"day", "2026-08"}, {"action", "1"}, {"text", "proses berubah"}})
          .status,
      303);
  const auto renewed = page(chart);
  EXPECT_TRUE(has(renewed, "proses berubah"));
  EXPECT_TRUE(has(renewed, "Batas baru sejak Agustus 2026"));
  EXPECT_TRUE(has(renewed, "baru 4 dari 12 jarak"));
}

TEST_P(ChartPageTest, ANoteIsLaidDownShownInPrintAndCsvAndPutBack) {
  rate_months();
  EXPECT_TRUE(has(page(kMarks), words(Msg::MarkNone)));
  EXPECT_EQ(post(kNewMark, {{"jenis", "kejadian"}, {"kind", ""}, {"day", "kemarin"}, {"text", ""}}).status, 422);
  EXPECT_EQ(post(kNewMark, event("")).status, 422);
  EXPECT_EQ(post(kNewMark, event("Loket <b>kedua</b>")).status, 303);
  const auto shown = page(kChart);
  EXPECT_TRUE(has(shown, "6 Apr 2026, Tindakan: Loket &lt;b&gt;kedua&lt;/b&gt;")) << shown;
  EXPECT_TRUE(has(shown, "class=\"chart-notes\""));
  EXPECT_TRUE(has(page(kCsv), "Tindakan: Loket <b>kedua</b>"));
  EXPECT_TRUE(has(page(kMarks), "Nama ketua"));
  const auto one = [](std::string_view what) {
    return "/hasil/kessan/tanda/1/" + std::string(what) + "?tempat=melati&bulan=2026-10&ukuran=rating";
  };
  EXPECT_TRUE(has(page(one("ubah")), "Loket &lt;b&gt;kedua"));
  EXPECT_TRUE(has(page(one("ubah")), "name=\"terlihat\" value=\"1\""));
  EXPECT_EQ(post(one("ubah"), event("Loket kedua dibuka")).status, 409) << "a form that does not say what it was typed over";
  auto second = event("Loket kedua dibuka");
  second.emplace_back("terlihat", "1");
  EXPECT_EQ(post(one("ubah"), second).status, 303);
  EXPECT_TRUE(has(page(kChart), "Loket kedua dibuka"));
  auto late = event("Loket ketiga");
  late.emplace_back("terlihat", "1");
  const auto both = post(one("ubah"), late);
  EXPECT_EQ(both.status, 409) << "typed over the first revision";
  for (const auto& text : {std::string("Loket ketiga"), std::string("Loket kedua dibuka"), words(Msg::DecisionConflict)})
    EXPECT_TRUE(has(both.body, text)) << text << both.body;
  EXPECT_FALSE(has(page(kChart), "Loket ketiga"));
  EXPECT_EQ(get(one("hapus")).status, 200);
  EXPECT_EQ(post(one("hapus"), {{"reason", ""}}).status, 422);
  EXPECT_EQ(post(one("hapus"), {{"reason", "salah bulan"}}).status, 303);
  EXPECT_FALSE(has(page(kChart), "Loket kedua dibuka"));
  EXPECT_TRUE(has(page(kMarks), "salah bulan"));
  EXPECT_EQ(get(one("ubah")).status, 404) << "it is removed";
  EXPECT_EQ(post(one("pulihkan"), {}).status, 303);
  EXPECT_TRUE(has(page(kChart), "Loket kedua dibuka"));
  EXPECT_EQ(get("/hasil/kessan/tanda/9/ubah?tempat=melati").status, 404);
}

TEST_P(ChartPageTest, LinesAreMovedOnlyWithAnAction) {
  rate_months();
  EXPECT_TRUE(has(page(std::string(kNewMark) + "&jenis=batas"), words(Msg::MarkNoAction)));
  Form rebase{{"jenis", "batas"}, {"day", "2026-05"}, {"text", "Alur baru"}, {"action", ""}};
  EXPECT_EQ(post(kNewMark, rebase).status, 422);
  EXPECT_EQ(post(kNewMark, event("Loket kedua")).status, 303);
  rebase.back().second = "1";
  EXPECT_EQ(post(kNewMark, rebase).status, 303);
  const auto shown = page(kChart);
  EXPECT_TRUE(has(shown, "Batas baru sejak Mei 2026")) << shown;
  EXPECT_TRUE(has(shown, "baru 6 dari 12 bulan")) << shown;
  EXPECT_TRUE(has(shown, "data-chart=\"spc\"")) << "the chart stays";
  EXPECT_EQ(post("/hasil/kessan/tanda/1/hapus?tempat=melati&ukuran=rating", {{"reason", "x"}}).status, 409);
  EXPECT_EQ(post(kNewMark, {{"jenis", "dasar"}, {"day", "2026-01"}, {"to", "2026-03"}, {"text", "Tenang"}}).status, 422);
}

TEST_P(ChartPageTest, AnOfficerReadsNotesButLaysNoneDown) {
  EXPECT_EQ(get(kMarks, "petugas").status, 200);
  EXPECT_FALSE(has(page(kMarks, "petugas"), words(Msg::MarkAddEvent)));
  EXPECT_EQ(get(kNewMark, "petugas").status, 403);
  EXPECT_EQ(post(kNewMark, event("Loket kedua"), "petugas").status, 403);
  EXPECT_EQ(get("/hasil/kessan/tanda?tempat=mawar").status, 403) << "of another facility";
  EXPECT_EQ(get("/hasil/kessan/tanda?tempat=cabang", "bpjs").status, 422) << "no facility";
}

TEST_P(ChartPageTest, IndicatorsAreFilteredByTheirSignAndSorted) {
  const auto all = page("/indikator?tempat=melati&bulan=2026-10");
  EXPECT_TRUE(has(all, words(Msg::IndicatorNotJudged)));
  EXPECT_TRUE(has(all, "/tanda?tempat=melati"));
  EXPECT_TRUE(has(page("/indikator?tempat=melati&bulan=2026-10&perubahan=memburuk"), words(Msg::IndicatorNoneLeft)));
  EXPECT_TRUE(has(page("/indikator?tempat=melati&bulan=2026-10&target=konsisten"), words(Msg::IndicatorNoneLeft)));
  EXPECT_FALSE(has(page("/indikator?tempat=melati&bulan=2026-10&perubahan=belum&urut=tanda"), words(Msg::IndicatorNoneLeft)));
  EXPECT_FALSE(has(page("/indikator?tempat=melati&bulan=2026-10&perubahan=kue&urut=nama"), words(Msg::IndicatorNoneLeft)));
  EXPECT_TRUE(has(page("/indikator?tempat=melati&bulan=2026-10&cari=tidakadayangini"), words(Msg::IndicatorNoneLeft)));
  EXPECT_EQ(get("/indikator/data.csv?tempat=melati&bulan=2026-10&perubahan=memburuk").status, 200);
}

TEST_P(ChartPageTest, AnOfficeComparesItsFacilitiesWithoutARanking) {
  for (const char* good : {"mawar", "kenanga"}) {
    rate(good, 36, "5", 25);
    rate(good, 4, "2", 25);
  }
  rate("melati", 10, "5", 25);
  rate("melati", 20, "2", 25);
  const std::string address = "?tempat=cabang&bulan=2026-10&ukuran=kessan%2Frating";
  const auto shown = page("/wilayah/corong" + address, "bpjs");
  EXPECT_TRUE(has(shown, "data-chart=\"funnel\"")) << shown;
  EXPECT_TRUE(has(shown, "Di bawah batas wajar: Puskesmas melati."));
  EXPECT_TRUE(has(shown, words(Msg::FunnelLimits)));
  EXPECT_TRUE(has(shown, words(Msg::FunnelNoRank)));
  EXPECT_TRUE(has(page("/wilayah/corong" + address + "&sebar=tambah", "bpjs"), words(Msg::FunnelLimitsAdditive)));
  EXPECT_TRUE(has(page("/wilayah/corong/data.csv" + address, "bpjs"), "Puskesmas melati"));
  EXPECT_EQ(get("/wilayah/corong/data.xlsx" + address, "bpjs").status, 200);
  EXPECT_TRUE(has(page("/wilayah/corong?tempat=cabang&bulan=2026-08&ukuran=kessan%2Frating", "bpjs"), words(Msg::FunnelTooFew)));
  EXPECT_EQ(get("/wilayah/corong/data.csv?tempat=cabang&bulan=2026-08&ukuran=kessan%2Frating", "bpjs").status, 404);
  EXPECT_TRUE(has(page("/wilayah?tempat=cabang&bulan=2026-10", "bpjs"), "/wilayah/corong?tempat=cabang"));
  EXPECT_EQ(get("/wilayah/corong?tempat=melati").status, 422) << "a facility has nothing to compare";
  EXPECT_EQ(get("/wilayah/corong?tempat=cabang").status, 403);
}

}  // namespace pilar::chart_page_test
