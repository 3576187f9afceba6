#include <gtest/gtest.h>

#include "app/indicator.h"
#include "app/month_report.h"
#include "app/month_sending.h"
#include "app/organisation.h"
#include "app/place.h"
#include "app/record.h"
#include "app/validation.h"
#include "base/hash.h"
#include "i18n/messages.h"
#include "i18n/words/indicator.h"
#include "i18n/words/people.h"
#include "i18n/words/period.h"
#include "i18n/words/validation.h"
#include "store/indicator_store.h"
#include "store/instrument_store.h"
#include "store/organisation_store.h"
#include "support/site_fixture.h"

namespace pilar::month_page_test {
constexpr std::string_view kMonthPageKamus = R"(kamus: uji
indicators:
  - key: hasil-darah
    version: 1
    title: {id: Hasil darah tepat waktu, en: Blood results on time}
    source: uji
    aim: {id: Cepat, en: Quick}
    definition: {id: Hasil dalam 120 menit, en: Within 120 minutes}
    type: proses
    area: ukp
    level: unit
    formula: laboratorium/lama_darah
    numerator: {id: Cepat, en: Quick}
    target: 50
    responsible: {id: Kepala lab, en: Head of laboratory}
    efforts:
      - {what: {id: Pantau tiap minggu, en: Watch every week}, who: {id: Analis, en: Analyst}}
)";

/// The pages of locked months, validations and reports that send themselves; it is 21 November 2026.
class MonthPageTest : public test::SiteTest {
 protected:
  MonthPageTest() : SiteTest("ketua") {
    EXPECT_TRUE(app::install_kamus(context_, operator_, kMonthPageKamus, "uji.yaml"));
    district_ = add(NodeKind::District, "kab", "Dinas Kab", {});
    melati_ = add(NodeKind::Facility, "melati", "Puskesmas Melati", district_);
    context_.db.shared([&](store::Tx& tx) {
      lab_ = store::insert_unit(tx, {melati_, {}, "lab", "Laboratorium", Day{10'000}});
      store::advance_generation(tx);
    });
    app::refresh_reference(context_);
    add_person("kepala", Role::Head, melati_);
    add_person("ketua", Role::QualityLead, melati_);
    add_person("petugas", Role::Officer, melati_);
    add_person("dinas", Role::DistrictOffice, district_);
    indicator_ = reference_.get()->indicators.front().id;
    db().shared([&](store::Tx& tx) { store::put_use(tx, melati_, {indicator_, Day{20'000}, {}, ""}); });
  }

  /// A blood test in October whose result took so many minutes.
  void examine(int minutes) {
    const auto& lab = *reference_.get()->latest("laboratorium");
    const Instant at{clock_.now().micros - 30 * 86'400'000'000 + ++examined_ * 60'000'000LL};
    RawAnswers raw;
    raw["jenis"].values = {"darah"};
    raw["diterima"].values = {iso(at, Zone::Wib)};
    raw["dilaporkan"].values = {iso({at.micros + minutes * 60'000'000LL}, Zone::Wib)};
    const auto answers = check_answers(lab.form, raw, civil_day(clock_.now(), Zone::Wib), false);
    ASSERT_TRUE(answers);
    ASSERT_TRUE(app::save_record(context_, operator_, {make_uuid(at), melati_, lab_, lab.version, at, Channel::Staff, *answers}));
  }

  FacilityKey district_, melati_;
  UnitKey lab_;
  IndicatorKey indicator_;
  int examined_ = 0;
};
PILAR_BOTH_ENGINES(MonthPageTest);

TEST_P(MonthPageTest, TheHeadLocksMonthsAndFormsSaySo) {
  const std::string page = "/indikator/kunci";
  EXPECT_TRUE(has(get(page, "kepala"), words(Msg::PeriodNone)));
  EXPECT_FALSE(has(get(page), words(Msg::PeriodLockUpTo))) << "the quality team only reads";
  const Form lock{{"tempat", "melati"}, {"apa", "kunci"}, {"month", "2026-10"}, {"reason", "Laporan triwulan"}};
  EXPECT_EQ(post(page, lock).status, 403);
  EXPECT_EQ(post(page, {{"tempat", "melati"}, {"apa", "kunci"}, {"month", "2026-10"}}, "kepala").status, 422) << "without a reason";
  EXPECT_EQ(post(page, {{"tempat", "melati"}, {"apa", "lain"}}, "kepala").status, 404);
  EXPECT_EQ(post(page, lock, "kepala").status, 303);
  EXPECT_TRUE(has(get(page), "Laporan triwulan"));
  EXPECT_TRUE(has(get("/indikator/laporan"), "Terkunci sampai Oktober 2026"));
  EXPECT_TRUE(has(get("/indikator/laporan/2026-10"), "Terkunci sampai Oktober 2026"));
  EXPECT_EQ(post(page, lock, "kepala").status, 409) << "locked already";

  const Form entry{{"_id", text(make_uuid(clock_.now()))}, {"_tempat", "melati"}, {"_unit", "lab"},
                   {"_waktu", "2026-10-20T08:00"},         {"jenis", "darah"},    {"diterima", "2026-10-20T08:00"},
                   {"dilaporkan", "2026-10-20T09:00"}};
  const auto refused = post("/isi/laboratorium", entry, "petugas");
  EXPECT_EQ(refused.status, 409);
  EXPECT_TRUE(has(refused, "Catatan Oktober 2026 dikunci oleh kepala Puskesmas Melati: Laporan triwulan")) << refused.body;
  EXPECT_TRUE(has(refused, "2026-10-20T08:00")) << "what was typed is still there";
  const Form open{{"tempat", "melati"}, {"apa", "buka"}, {"month", "2026-10"}, {"days", "2"}, {"reason", "Data susulan"}};
  EXPECT_EQ(post(page, {{"tempat", "melati"}, {"apa", "buka"}, {"month", "2026-10"}, {"days", "99"}, {"reason", "x"}}, "kepala").status,
            422);
  EXPECT_EQ(post(page, open, "kepala").status, 303);
  EXPECT_EQ(post("/isi/laboratorium", entry, "petugas").status, 303);
  EXPECT_EQ(post(page, {{"tempat", "melati"}, {"apa", "tutup"}}, "kepala").status, 303);
  EXPECT_EQ(post(page, {{"tempat", "melati"}, {"apa", "tutup"}}, "kepala").status, 409);
  EXPECT_TRUE(has(get("/indikator/kunci?tempat=melati", "dinas"), "Data susulan")) << "the office sees what was done";
  const auto history = get("/indikator/kunci/data.csv?tempat=melati", "dinas");
  for (const char* part : {"Laporan triwulan", "Data susulan", "2026-10", "Nama kepala"}) EXPECT_TRUE(has(history, part)) << part;
  for (const auto message : {Msg::AuditPeriodLock, Msg::AuditPeriodOpen, Msg::AuditPeriodClose})
    EXPECT_TRUE(has(history, words(message))) << history.body;
  EXPECT_EQ(get("/indikator/kunci/data.xlsx").status, 200);
  EXPECT_EQ(get("/indikator/kunci/data.csv?tempat=tidakada").status, 404);
}

TEST_P(MonthPageTest, TheOfficeIsToldWhatChangedAfterItAccepted) {
  const auto october = parse_month("2026-10").value();
  const Scope team(Role::QualityLead, melati_, "account:2"), office(Role::DistrictOffice, district_, "account:3");
  const auto told = say(Lang::Id, Msg::MonthTodoChanged, {"1"});
  examine(60);
  ASSERT_TRUE(app::send_month(context_, team, melati_, october));
  examine(90);
  EXPECT_FALSE(has(get("/beranda", "dinas"), told)) << "nobody accepted it yet";
  ASSERT_TRUE(app::decide_month(context_, office, melati_, october, app::MonthStep::Accept, ""));
  EXPECT_TRUE(has(get("/beranda", "dinas"), told)) << "what was accepted is what was sent, which is not what the data say";
  EXPECT_TRUE(has(get("/beranda", "dinas"), "/indikator/laporan/2026-10?tempat=melati"));
  EXPECT_FALSE(has(get("/beranda"), told)) << "the facility is told on its own card";
  ASSERT_TRUE(app::decide_month(context_, office, melati_, october, app::MonthStep::Return, "Kirim ulang"));
  EXPECT_FALSE(has(get("/beranda", "dinas"), told)) << "it is with the facility again";
}

TEST_P(MonthPageTest, AValidationGoesFromTheDrawToItsResult) {
  for (int i = 0; i < 8; ++i) examine(60);
  const std::string list = "/indikator/validasi?bulan=2026-10";
  EXPECT_TRUE(has(get(list), words(Msg::ValidationNone)));
  EXPECT_FALSE(has(get(list, "petugas"), words(Msg::ValidationBegin))) << "the quality team begins one";
  const auto id = std::to_string(indicator_.value);
  const auto plan = get("/indikator/validasi/mulai?bulan=2026-10&indikator=" + id);
  EXPECT_TRUE(has(plan, "5 dari 8 catatan Oktober 2026")) << plan.body;
  EXPECT_TRUE(has(plan, "perlu dikonfirmasi"));
  EXPECT_EQ(get("/indikator/validasi/mulai?bulan=2026-10&indikator=9999").status, 404);
  const auto begun = post("/indikator/validasi/mulai", {{"tempat", "melati"}, {"bulan", "2026-10"}, {"indikator", id}});
  ASSERT_EQ(begun.status, 303);
  const auto kamus = app::read_kamus_of(context_, operator_, melati_);
  const auto october = parse_month("2026-10").value();
  const auto views = app::list_validations(context_, operator_, *kamus, october, {october.value + 1});
  ASSERT_TRUE(views);
  ASSERT_EQ(views->size(), 1U);
  const auto& drawn = views->front();
  const auto page = "/indikator/validasi/" + text(drawn.row.id);
  EXPECT_TRUE(has(get(page), words(Msg::ValidationWaiting)));
  const auto blank = get(page + "/isi/1", "petugas");
  EXPECT_EQ(blank.status, 200);
  EXPECT_TRUE(has(blank, words(Msg::ValidationFillNote)));
  EXPECT_FALSE(has(blank, " checked")) << "the form is blank";
  EXPECT_EQ(get(page + "/isi/9", "petugas").status, 404);
  EXPECT_EQ(get(page + "/data.csv").status, 404) << "nothing is told before it is closed";

  for (const auto& one : drawn.records) {
    const auto at = std::to_string(one.place);
    const auto fill = page + "/isi/" + at;
    if (one.place == 2) {
      EXPECT_EQ(post(page + "/tanpa/2", {{"tempat", "melati"}}, "petugas").status, 422) << "without a reason";
      EXPECT_EQ(post(page + "/tanpa/2", {{"tempat", "melati"}, {"reason", "Buku hilang"}}, "petugas").status, 303);
      continue;
    }
    EXPECT_EQ(post(fill, {{"tempat", "melati"}}, "petugas").status, 422) << "an empty form is no answer";
    const auto received = iso(one.at, Zone::Wib).substr(0, 16);
    const auto reported = iso({one.at.micros + 61 * 60'000'000LL}, Zone::Wib).substr(0, 16);
    EXPECT_EQ(post(fill, {{"tempat", "melati"}, {"jenis", "darah"}, {"diterima", received}, {"dilaporkan", reported}}, "petugas").status,
              303);
    EXPECT_EQ(get(fill, "petugas").status, 409) << "once";
  }
  const auto result = get(page);
  EXPECT_TRUE(has(result, "8 dari 12 jawaban sama")) << result.body;
  EXPECT_TRUE(has(result, words(Msg::ValidationPoor)));
  EXPECT_TRUE(has(result, words(Msg::ValidationKappaConstant))) << "all were on time, whoever looked";
  EXPECT_TRUE(has(result, "/koreksi")) << "each difference leads to its record";
  EXPECT_TRUE(has(result, "Buku hilang"));
  EXPECT_TRUE(has(get(page + "/data.csv"), "Hasil dilaporkan"));
  EXPECT_EQ(get(page + "/data.xlsx").status, 200);
  EXPECT_TRUE(has(get("/indikator/validasi/data.csv?bulan=2026-10"), drawn.row.seed));
  EXPECT_TRUE(has(get("/indikator/laporan/2026-10"), "divalidasi: 66,7% sama"));
  EXPECT_TRUE(has(get("/indikator/laporan/2026-10/data.csv"), "divalidasi: 66,7% sama"));
  EXPECT_TRUE(has(get("/kamus/hasil-darah"), words(Msg::ValidationLast)));
  EXPECT_EQ(get("/indikator/validasi/" + text(Uuid{}) + "?tempat=melati").status, 404);
}

TEST_P(MonthPageTest, AValidationIsEndedEarlyAndTheRuleIsContent) {
  for (int i = 0; i < 8; ++i) examine(60);
  const std::string rule = "/indikator/validasi/aturan";
  EXPECT_TRUE(has(get(rule), "SNARS"));
  EXPECT_EQ(get(rule, "petugas").status, 403);
  Form form{{"tempat", "melati"}, {"percent", "0"}, {"least", "2"}, {"threshold", "95"}, {"source", "Pedoman Melati"}};
  const auto refused = post(rule, form);
  EXPECT_EQ(refused.status, 422);
  EXPECT_TRUE(has(refused, "Pedoman Melati")) << "what was typed is still there";
  form[1].second = "25";
  EXPECT_EQ(post(rule, form).status, 303);
  auto late = form;
  late[1].second = "40";
  EXPECT_EQ(post(rule, late).status, 409) << "a form that does not say what it was typed over";
  late.emplace_back("terlihat", "1");
  const auto both = post(rule, late);
  EXPECT_EQ(both.status, 409) << "somebody set it meanwhile";
  EXPECT_TRUE(has(both, words(Msg::DecisionConflict)) && has(both, "<strong>40</strong>") && has(both, "<strong>25</strong>")) << both.body;
  const auto id = std::to_string(indicator_.value);
  const auto plan = get("/indikator/validasi/mulai?bulan=2026-10&indikator=" + id);
  EXPECT_TRUE(has(plan, "2 dari 8 catatan"));
  EXPECT_TRUE(has(plan, "Pedoman Melati"));
  const Form begin{{"tempat", "melati"}, {"bulan", "2026-10"}, {"indikator", id}};
  EXPECT_EQ(post("/indikator/validasi/mulai", begin).status, 303);
  EXPECT_EQ(post("/indikator/validasi/mulai", begin).status, 409) << "one is going on";
  const auto kamus = app::read_kamus_of(context_, operator_, melati_);
  const auto october = parse_month("2026-10").value();
  const auto views = app::list_validations(context_, operator_, *kamus, october, {october.value + 1});
  const auto page = "/indikator/validasi/" + text(views->front().row.id);
  EXPECT_TRUE(has(get(page + "/akhiri"), "2 catatan belum diisi ulang"));
  EXPECT_EQ(post(page + "/akhiri", {{"tempat", "melati"}}).status, 303);
  EXPECT_TRUE(has(get(page), words(Msg::ValidationNothing)));
}

TEST_P(MonthPageTest, AReportThatWentByItselfIsToldAtHome) {
  examine(60);
  const std::string setting = "/indikator/laporan/otomatis";
  const auto wrong = post(setting, {{"tempat", "melati"}, {"on", "ya"}, {"day", "30"}, {"hour", "8"}});
  EXPECT_EQ(wrong.status, 422);
  EXPECT_TRUE(has(wrong, words(Msg::MonthAutoDayWrong)));
  EXPECT_EQ(post(setting, {{"tempat", "melati"}, {"on", "ya"}, {"day", "3"}, {"hour", "8"}}).status, 303);
  const auto both = post(setting, {{"tempat", "melati"}, {"on", "tidak"}, {"day", "9"}, {"hour", "8"}});
  EXPECT_EQ(both.status, 409) << "a form that does not say what it was typed over";
  EXPECT_TRUE(has(both, words(Msg::DecisionConflict)) && has(both, "<strong>9</strong>") && has(both, "<strong>3</strong>")) << both.body;
  const auto stands = app::read_month_sending(context_, operator_, melati_).value().at.value().micros;
  EXPECT_TRUE(has(get("/indikator/laporan"), "name=\"terlihat\" value=\"" + std::to_string(stands) + "\""));
  EXPECT_EQ(post(setting, {{"tempat", "melati"}, {"terlihat", std::to_string(stands)}, {"on", "ya"}, {"day", "2"}, {"hour", "8"}}).status,
            303);
  EXPECT_EQ(app::send_due_months(context_, 10), 1U);
  EXPECT_TRUE(has(get("/beranda"), "Laporan indikator Oktober 2026 terkirim otomatis")) << get("/beranda").body;
  EXPECT_TRUE(has(get("/indikator/laporan/2026-10"), words(Msg::AuditByItself)));
  examine(90);
  const auto changed = get("/indikator/laporan/2026-10");
  EXPECT_TRUE(has(changed, "Kirim revisi 2"));
  EXPECT_TRUE(has(changed, words(Msg::MonthEffects)));
  EXPECT_EQ(post("/indikator/laporan/2026-10/ubah", {{"tempat", "melati"}, {"apa", "terima"}}, "dinas").status, 303);
  EXPECT_TRUE(has(get("/indikator/laporan/2026-10?tempat=melati", "dinas"), "berubah setelah diterima: 1 indikator"));
  EXPECT_EQ(post("/indikator/laporan/2026-10/ubah", {{"tempat", "melati"}, {"apa", "kirim"}}).status, 303);
  EXPECT_TRUE(has(get("/indikator/laporan/2026-10"), "revisi 2"));
}

TEST_P(MonthPageTest, HomeTellsWhichMonthLacksFormsUntilTheyAreFilledIn) {
  const auto lacks = say(Lang::Id, Msg::MonthTodoGaps, {"Oktober 2026"});
  const auto home = get("/beranda");
  EXPECT_TRUE(has(home, lacks)) << home.body;
  EXPECT_TRUE(has(home, "0 dari 1 indikator terisi"));
  EXPECT_TRUE(has(home, "/indikator/laporan/2026-10?tempat=melati")) << "one click from its cure";
  EXPECT_FALSE(has(get("/beranda", "petugas"), lacks)) << "not the work of who does not send it";
  examine(60);
  EXPECT_FALSE(has(get("/beranda"), lacks));
  EXPECT_TRUE(has(get("/beranda"), say(Lang::Id, Msg::MonthTodoComplete, {"Oktober 2026"})));
}

TEST_P(MonthPageTest, UnitsHaveCardsOfTheirOwn) {
  EXPECT_TRUE(has(get("/indikator/laporan/2026-10"), "Belum pernah diisi unit mana pun: Hasil darah tepat waktu"));
  examine(60);
  EXPECT_TRUE(has(get("/indikator/laporan/2026-10"), words(Msg::MonthUnitsNote)));
  const auto unit = get("/indikator/laporan?unit=lab");
  EXPECT_TRUE(has(unit, "Puskesmas Melati · Laboratorium"));
  EXPECT_TRUE(has(unit, "1 dari 1 indikator terisi"));
  const auto english = post("/indikator/laporan/2026-11/ubah?bahasa=en", {{"tempat", "melati"}, {"apa", "kirim"}});
  EXPECT_EQ(english.status, 422);
  EXPECT_TRUE(has(english, "1 December 2026")) << "the month is not over, said in the reader's language";
}

}  // namespace pilar::month_page_test
