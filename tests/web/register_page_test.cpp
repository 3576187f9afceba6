#include <gtest/gtest.h>

#include <future>

#include "app/account.h"
#include "app/organisation.h"
#include "app/record.h"
#include "app/record_source.h"
#include "i18n/messages.h"
#include "i18n/words/people.h"
#include "i18n/words/result.h"
#include "support/page_text.h"
#include "support/shipped_store.h"
#include "web/site.h"

namespace pilar::register_page_test {

using test::holds;

constexpr std::int64_t kDay = 86'400'000'000LL;

/// A facility with two units and the shipped registers, seen through the whole site without sockets.
class RegisterPageTest : public test::ShippedStoreTest {
 protected:
  RegisterPageTest() : context_{db(), clock_, reference_, SigningKey{{7}}, test::kQuickPasswords, {}, SigningKey{{8}}} {
    clock_.set({1'795'219'200'000'000});  // 21 November 2026, 07.00 WIB
    app::refresh_reference(context_);
    app::NewPlace place;
    place.name = "Puskesmas Melati";
    place.facility_type = "puskesmas";
    place.valid_from = Day{10'000};
    place.units = {"Poli Umum", "Farmasi"};
    facility_ = app::add_place(context_, Scope(Role::Administrator, {0}, "test"), place).value();
    const std::string password = "kata sandi yang panjang";
    EXPECT_TRUE(app::create_account(context_, Scope(Role::Administrator, {0}, "test"),
                                    {"sari", "dr. Sari", password, Role::QualityLead, facility_}));
    session_ = app::sign_in(context_, "sari", password).value();
    site_ = std::make_unique<web::Site>(context_);
  }

  std::string page(std::string_view target) {
    auto parsed = http::parse_target(target);
    http::Request request{.method = http::Method::Get, .path = parsed->path, .query = parsed->query};
    request.headers.emplace_back("cookie", "pilar_sesi=" + session_);
    std::promise<http::Reply> answer;
    site_->handle(std::move(request), [&](http::Reply reply) { answer.set_value(std::move(reply)); });
    const auto reply = answer.get_future().get();
    EXPECT_EQ(reply.status, 200) << target << " " << reply.body;
    return reply.body;
  }

  Result<Answers> judge(std::string_view instrument, const std::map<std::string, std::string>& values) const {
    RawAnswers raw;
    for (const auto& [key, value] : values) raw[key] = {{value}, {}};
    return check_answers(reference_.get()->latest(instrument)->form, raw, civil_day(clock_.now(), Zone::Wib), false);
  }
  void enter(std::string_view instrument, const std::map<std::string, std::string>& values, int days_ago = 0, int unit = 1) {
    const auto answers = judge(instrument, values);
    ASSERT_TRUE(answers) << say(Lang::En, answers.error().front()) << " " << answers.error().front().field;
    const Instant at{clock_.now().micros - days_ago * kDay};
    const app::NewRecord record{make_uuid(at),  facility_, {unit}, reference_.get()->latest(instrument)->version, at,
                                Channel::Staff, *answers};
    ASSERT_TRUE(app::save_record(context_, Scope(Role::QualityLead, facility_, "test"), record));
  }
  /// A visit that waited so many minutes for the clinic.
  void visit(int minutes, const std::string& patient, int unit = 1) {
    const auto at = [](int minute) {
      return "2026-11-20T" + std::string(minute < 120 ? "0" : "") + std::to_string(8 + minute / 60) + ":" + (minute % 60 < 10 ? "0" : "") +
             std::to_string(minute % 60) + ":00+07:00";
    };
    enter("kunjungan",
          {{"pasien", patient},
           {"penjamin", "jkn"},
           {"jenis", "rawat_jalan"},
           {"mulai_tunggu_admisi", at(0)},
           {"mulai_layan_admisi", at(2)},
           {"selesai_admisi", at(4)},
           {"mulai_layan_poli", at(minutes)},
           {"selesai_poli", at(minutes + 8)}},
          1, unit);
  }

  app::ReferenceHolder reference_;
  app::Context context_;
  FacilityKey facility_;
  std::string session_;
  std::unique_ptr<web::Site> site_;
};
PILAR_BOTH_ENGINES(RegisterPageTest);

TEST_P(RegisterPageTest, WaitingTimesAreAShareWithMedianAndPercentile) {
  for (const int minutes : {10, 20, 30, 40, 61}) visit(minutes, "32730101" + std::to_string(minutes % 2), minutes == 61 ? 2 : 1);
  const auto shown = page("/hasil/kunjungan?tempat=puskesmas-melati&bulan=2026-11");
  EXPECT_TRUE(holds(shown, "80,0%"));
  EXPECT_TRUE(holds(shown, "4 dari 5"));
  EXPECT_TRUE(holds(shown, "dalam 60 menit"));
  EXPECT_TRUE(holds(shown, "Separuh selesai dalam"));
  EXPECT_TRUE(holds(shown, "9 dari 10 dalam"));
  EXPECT_TRUE(holds(shown, "Antarunit"));
  EXPECT_TRUE(holds(shown, "Orang yang dilayani"));
  const auto english = page("/hasil/kunjungan?tempat=puskesmas-melati&bulan=2026-11&bahasa=en");
  EXPECT_TRUE(holds(english, "Half are done within"));
  const auto why = page("/hasil/kunjungan/mengapa?tempat=puskesmas-melati&bulan=2026-11");
  EXPECT_TRUE(holds(why, "1,1%"));
  EXPECT_TRUE(holds(why, "Rata-rata"));
  const auto by = std::string(say(Lang::Id, Msg::AuditBySystem));
  EXPECT_TRUE(holds(why, say(Lang::Id, Msg::ResultEnteredBy)) && holds(why, by + ": 5 isian, terakhir ")) << why;
  EXPECT_TRUE(holds(page("/hasil/kunjungan/mengapa?tempat=puskesmas-melati&bulan=2026-11&unit=farmasi"), by + ": 1 isian, terakhir "));
  EXPECT_FALSE(holds(page("/hasil/kessan/mengapa?tempat=puskesmas-melati&bulan=2026-11"), say(Lang::Id, Msg::ResultEnteredBy)))
      << "never of answers of participants";
  const auto view = app::read_result(context_, Scope(Role::QualityLead, facility_, "test"),
                                     {.instrument = "kunjungan", .place = facility_, .period = period_of(parse_month("2026-11").value())});
  ASSERT_TRUE(view);
  const auto sources = app::read_record_sources(context_, Scope(Role::QualityLead, facility_, "test"), *view);
  ASSERT_TRUE(sources);
  ASSERT_EQ(sources->size(), 1U);
  EXPECT_EQ(sources->front().actor, "test");
  EXPECT_EQ(sources->front().records, 5);
  EXPECT_EQ(sources->front().latest, clock_.now());
  EXPECT_FALSE(app::read_record_sources(context_, Scope(Role::Surveyor, facility_, "test"), *view)) << "who may not read records";
  const Scope clerk({Grant{Role::Officer, facility_, {1}}}, "test");
  EXPECT_FALSE(app::read_record_sources(context_, clerk, *view)) << "of more than the own unit";
  const auto persons = page("/hasil/kunjungan/mengapa?tempat=puskesmas-melati&bulan=2026-11&ukuran=orang");
  EXPECT_TRUE(holds(persons, "dihitung sekali sebulan"));
  const auto csv = page("/hasil/kunjungan/data.csv?tempat=puskesmas-melati&bulan=2026-11");
  EXPECT_TRUE(holds(csv, ",dalam 60 menit,4,5,80,%,")) << csv;
  EXPECT_TRUE(holds(csv, ",Median,,,")) << csv;
  EXPECT_TRUE(holds(csv, ",Persentil ke-90,,,")) << csv;
  const auto records = page("/catatan/kunjungan?tempat=puskesmas-melati&bulan=2026-11");
  EXPECT_TRUE(holds(records, ">ada<"));
  EXPECT_FALSE(holds(records, "32730101"));
}

TEST_P(RegisterPageTest, WhatCannotBeIsRefusedInWords) {
  const auto early = judge("kunjungan", {{"penjamin", "jkn"},
                                         {"jenis", "rawat_jalan"},
                                         {"selesai_admisi", "2026-11-20T09:00:00+07:00"},
                                         {"mulai_layan_poli", "2026-11-20T08:50:00+07:00"}});
  ASSERT_FALSE(early);
  EXPECT_EQ(early.error().front().field, "mulai_layan_poli");
  EXPECT_TRUE(holds(say(Lang::Id, early.error().front(), reference_.get()->latest("kunjungan")->form), "mendahului langkah sebelumnya"));
  EXPECT_FALSE(judge("kunjungan", {{"penjamin", "jkn"},
                                   {"jenis", "rawat_jalan"},
                                   {"mulai_tunggu_admisi", "2026-11-18T09:00:00+07:00"},
                                   {"mulai_layan_poli", "2026-11-20T08:50:00+07:00"}}))
      << "two days in a queue, also where steps between are missing";
  EXPECT_FALSE(
      judge("laboratorium", {{"jenis", "darah"}, {"diterima", "2026-11-20T09:00:00+07:00"}, {"dilaporkan", "2026-11-20T08:00:00+07:00"}}));
  EXPECT_FALSE(
      judge("resep", {{"racikan", "tidak"}, {"diterima", "2026-11-20T09:00:00+07:00"}, {"diserahkan", "2026-11-20T08:00:00+07:00"}}));
  EXPECT_FALSE(judge("kunjungan", {{"penjamin", "jkn"}, {"jenis", "rawat_inap"}, {"pasien", "Siti"}})) << "a name is no number";
}

TEST_P(RegisterPageTest, WhatHasNotHappenedIsRefusedAndABookingIsNot) {
  const auto now = clock_.now();
  const auto future = [&](const std::string& form, const std::map<std::string, std::string>& typed) {
    const auto answers = judge(form, typed);
    EXPECT_TRUE(answers) << form;
    std::string items;
    for (const auto& problem : app::check_moments(reference_.get()->latest(form)->form, answers.value_or(Answers{}), now, Zone::Wib))
      items += problem.field + " ";
    return items;
  };
  const auto in_an_hour = iso(Instant{now.micros + 3'600'000'000}, Zone::Wib),
             a_minute_ago = iso(Instant{now.micros - 60'000'000}, Zone::Wib);
  EXPECT_EQ(future("laboratorium", {{"jenis", "darah"}, {"diterima", in_an_hour}, {"dilaporkan", in_an_hour}}), "diterima dilaporkan ");
  EXPECT_EQ(future("laboratorium", {{"jenis", "darah"}, {"diterima", a_minute_ago}}), "");
  EXPECT_EQ(future("resep", {{"racikan", "ya"}, {"diterima", a_minute_ago}, {"diserahkan", in_an_hour}}), "diserahkan ");
  EXPECT_EQ(future("kunjungan", {{"penjamin", "jkn"}, {"jenis", "rawat_jalan"}, {"daftar", "online"}, {"jam_pesan", in_an_hour}}), "");
}

TEST_P(RegisterPageTest, ExcludedVisitsStandOutsideTheWaitingTime) {
  const auto waited = [&](std::map<std::string, std::string> more) {
    more.insert({{"penjamin", "jkn"},
                 {"jenis", "rawat_jalan"},
                 {"mulai_tunggu_admisi", "2026-11-20T08:00:00+07:00"},
                 {"mulai_layan_poli", "2026-11-20T08:30:00+07:00"}});
    const auto answers = judge("kunjungan", more);
    EXPECT_TRUE(answers);
    return answers &&
           std::holds_alternative<Decimal>(answers->at(*reference_.get()->latest("kunjungan")->form.index_of("tunggu_rawat_jalan")));
  };
  EXPECT_TRUE(waited({}));
  EXPECT_FALSE(waited({{"pengecualian", "mcu"}}));
  EXPECT_TRUE(waited({{"daftar", "online"}, {"jam_pesan", "2026-11-20T08:50:00+07:00"}}));
  EXPECT_FALSE(waited({{"daftar", "online"}, {"jam_pesan", "2026-11-20T09:30:00+07:00"}})) << "more than an hour early";
}

TEST_P(RegisterPageTest, LaboratoryAndPrescriptionsKeepTheirLimits) {
  for (const auto& [reported, unit] : {std::pair("10:59", 1), std::pair("11:01", 2)})
    enter("laboratorium",
          {{"jenis", "darah"},
           {"diterima", "2026-11-20T09:00:00+07:00"},
           {"hasil_keluar", "2026-11-20T10:30:00+07:00"},
           {"dilaporkan", "2026-11-20T" + std::string(reported) + ":00+07:00"},
           {"kritis", "ya"}},
          1, unit);
  const auto blood = page("/hasil/laboratorium?tempat=puskesmas-melati&bulan=2026-11");
  EXPECT_TRUE(holds(blood, "1 dari 2"));
  EXPECT_TRUE(holds(blood, "dalam 120 menit"));
  EXPECT_TRUE(holds(page("/hasil/laboratorium?tempat=puskesmas-melati&bulan=2026-11&ukuran=lama_kritis"), "dalam 30 menit"));
  EXPECT_TRUE(holds(page("/hasil/laboratorium?tempat=puskesmas-melati&bulan=2026-11&ukuran=lama"), "median"));
  enter("resep", {{"racikan", "tidak"},
                  {"diterima", "2026-11-20T09:00:00+07:00"},
                  {"diserahkan", "2026-11-20T09:20:00+07:00"},
                  {"terlayani", "sebagian"},
                  {"salah", "tidak"}});
  EXPECT_TRUE(holds(page("/hasil/resep?tempat=puskesmas-melati&bulan=2026-11"), "100,0%"));
}

TEST_P(RegisterPageTest, MembersHoldUntilTheyAreReportedAgain) {
  enter("peserta-terdaftar", {{"pbi", "5000"}, {"bukan_pbi", "2500"}}, 60);
  const auto shown = page("/hasil/peserta-terdaftar?tempat=puskesmas-melati&bulan=2026-11");
  EXPECT_TRUE(holds(shown, "7.500"));
  EXPECT_TRUE(holds(shown, "menurut laporan terakhir dari 1 unit"));
  EXPECT_TRUE(holds(page("/hasil/peserta-terdaftar/mengapa?tempat=puskesmas-melati&bulan=2026-11"), "Bulan tidak dijumlahkan"));
  EXPECT_TRUE(holds(page("/hasil/peserta-terdaftar?tempat=puskesmas-melati&bulan=2026-08"), "Belum ada isian"));
}

TEST_P(RegisterPageTest, CoverageAccumulatesOverTheYear) {
  enter("cakupan-anc", {{"isi", "sasaran"}, {"sasaran", "200"}, {"sumber_sasaran", "Proyeksi Dinas"}}, 30);
  enter("cakupan-anc", {{"isi", "capaian"}, {"capaian", "30"}}, 60);
  enter("cakupan-anc", {{"isi", "capaian"}, {"capaian", "20"}}, 1);
  const auto shown = page("/hasil/cakupan-anc?tempat=puskesmas-melati&bulan=2026-11");
  EXPECT_TRUE(holds(shown, "25,0%"));
  EXPECT_TRUE(holds(shown, "50 dari 200"));
  EXPECT_TRUE(holds(page("/hasil/cakupan-anc/mengapa?tempat=puskesmas-melati&bulan=2026-11"), "sejak 1 Januari"));
}

TEST_P(RegisterPageTest, EveryShippedFormIsReadInBothLanguages) {
  for (const auto* version : reference_.get()->latest_of_all())
    for (const char* language : {"id", "en"}) {
      const auto form = page("/instrumen/" + version->form.key + "?bahasa=" + language);
      EXPECT_TRUE(holds(form, version->form.title.in(language == std::string_view("id") ? Lang::Id : Lang::En))) << version->form.key;
      (void)page("/hasil/" + version->form.key + "?tempat=puskesmas-melati&bahasa=" + language);
    }
}

}  // namespace pilar::register_page_test
