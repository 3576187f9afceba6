// What a device needs to keep forms and to send them later, and the tally, on both engines.
#include <gtest/gtest.h>

#include <algorithm>

#include "app/organisation.h"
#include "app/sign_in.h"
#include "base/hash.h"
#include "base/json.h"
#include "support/site_fixture.h"
#include "web/assets.h"

namespace pilar::offline_page_test {
std::string said(const http::Reply& reply, std::string_view name) {
  const auto parsed = json::parse(reply.body);
  const auto* value = std::get_if<json::Value>(&parsed);
  const auto* found = value == nullptr ? nullptr : value->find(name);
  return found != nullptr && found->is_string() ? found->string() : std::string();
}

/// A facility with two units; its quality lead, and an officer of one unit.
class OfflinePageTest : public test::SiteTest {
 protected:
  OfflinePageTest() : SiteTest("sari") {
    const auto facility = app::add_place(context_, operator_,
                                         {.code = "melati",
                                          .name = "Puskesmas Melati",
                                          .facility_type = "puskesmas",
                                          .valid_from = Day{10'000},
                                          .units = {"Poli Umum", "Farmasi"}})
                              .value();
    add_person("sari", Role::QualityLead, facility);
    add_person("niluh", Role::Officer, facility, UnitKey{2});
  }

  /// An opportunity as a browser keeps it, under a number of its own.
  Form opportunity() const {
    return {{"_id", text(make_uuid(clock_.now()))},
            {"_tempat", "melati"},
            {"_versi", "1"},
            {"_unit", "farmasi"},
            {"_waktu", "2026-11-20T09:30"},
            {"profesi", "perawat"},
            {"saat", "sebelum_pasien"},
            {"tindakan", "sabun"}};
  }
  static void set(Form& form, std::string_view name, const std::string& value) {
    std::ranges::find(form, name, &Form::value_type::first)->second = value;
  }
  std::int64_t records() { return number("test.offline.records", "SELECT COUNT(*) FROM record"); }
};

TEST_P(OfflinePageTest, AFormThatWaitedIsOneRecordHoweverOftenItIsSent) {
  const auto form = opportunity();
  const auto first = post("/isi/kebersihan-tangan/kirim", form);
  EXPECT_EQ(first.status, 201) << first.body;
  EXPECT_EQ(said(first, "id"), form.front().second);
  EXPECT_EQ(said(first, "at"), "21 November 2026 07.00 WIB");
  EXPECT_EQ(said(first, "href"), "/catatan/kebersihan-tangan/" + form.front().second + "?tempat=melati");
  EXPECT_EQ(get(said(first, "href")).status, 200);
  EXPECT_EQ(post("/isi/kebersihan-tangan/kirim", form).status, 200) << "the answer got lost";
  EXPECT_EQ(post("/isi/kebersihan-tangan", form).status, 303) << "the page sends the same record";
  EXPECT_EQ(records(), 1);
  auto other = form;
  set(other, "tindakan", "tidak");
  const auto refused = post("/isi/kebersihan-tangan/kirim", other);
  EXPECT_EQ(refused.status, 409);
  EXPECT_TRUE(has(refused.body, "sudah tersimpan dengan jawaban lain"));
  EXPECT_EQ(records(), 1);
}

TEST_P(OfflinePageTest, WhatIsWrongIsToldFieldByFieldAsOnTheForm) {
  auto form = opportunity();
  std::erase_if(form, [](const auto& field) { return field.first == "profesi" || field.first == "_unit"; });
  set(form, "_waktu", "2027-01-01T00:00");
  const auto reply = post("/isi/kebersihan-tangan/kirim", form);
  EXPECT_EQ(reply.status, 422);
  for (const auto* part : {R"("field":"_unit")", R"("label":"Unit")", R"("field":"_waktu")", R"("field":"profesi")",
                           R"("label":"Profesi yang diamati")", "Pilih satu jawaban.", "masa depan"})
    EXPECT_TRUE(has(reply.body, part)) << part << " " << reply.body;
  const auto page = post("/isi/kebersihan-tangan", form);
  EXPECT_EQ(page.status, 422);
  EXPECT_TRUE(has(page.body, "Pilih satu jawaban.") && has(page.body, "masa depan")) << "the page says the same";
  auto elsewhere = opportunity();
  set(elsewhere, "_unit", "poli-umum");
  EXPECT_EQ(post("/isi/kebersihan-tangan/kirim", elsewhere, "niluh").status, 403) << "an officer fills in for the own unit";
  set(elsewhere, "_tempat", "F1");
  EXPECT_EQ(post("/isi/kebersihan-tangan/kirim", elsewhere).status, 403);
  EXPECT_EQ(post("/isi/tidak-ada/kirim", opportunity()).status, 404);
  auto unnamed = opportunity();
  set(unnamed, "_id", "x");
  EXPECT_EQ(post("/isi/kebersihan-tangan/kirim", unnamed).status, 422);
  EXPECT_EQ(records(), 0);
}

TEST_P(OfflinePageTest, ASessionTellsItsMarkAndAKeyThatIsItsPersonsAlone) {
  const auto lead = get("/antrean/sesi"), officer = get("/antrean/sesi", "niluh");
  EXPECT_EQ(lead.status, 200);
  EXPECT_EQ(header_of(lead, "Cache-Control"), "no-store");
  EXPECT_EQ(said(lead, "csrf"), csrf());
  EXPECT_EQ(decode_base64url(said(lead, "key")).size(), 32U);
  EXPECT_NE(said(lead, "key"), said(officer, "key"));
  EXPECT_NE(said(lead, "account"), said(officer, "account"));
  auto again = request(http::Method::Get, "/antrean/sesi");
  again.headers.emplace_back("cookie", "pilar_sesi=" + app::sign_in(context_, "sari", kPassword).value());
  EXPECT_EQ(said(ask(again), "key"), said(lead, "key")) << "another session opens what this one sealed";
  EXPECT_EQ(ask(request(http::Method::Get, "/antrean/sesi")).status, 303);
  auto forged = opportunity();
  forged.emplace_back("csrf", said(officer, "csrf"));
  const auto sent = request(http::Method::Post, "/isi/kebersihan-tangan/kirim", forged);
  EXPECT_EQ(send(sent).status, 403);
  EXPECT_EQ(ask(sent).status, 303) << "signed out";
  EXPECT_EQ(records(), 0);
}

TEST_P(OfflinePageTest, PagesSayWhoseFormsWaitAndWhichFormsAreEmpty) {
  const auto account = said(get("/antrean/sesi"), "account");
  const auto queue = get("/antrean").body;
  for (const auto& part : {"data-queue=\"" + account + "\"", "data-antrean=\"" + account + "\"", std::string("data-words")})
    EXPECT_TRUE(has(queue, part)) << part;
  EXPECT_TRUE(has(get("/beranda").body, "data-queue=\"" + account + "\"")) << "every page of staff tells what waits";
  EXPECT_FALSE(has(ask(request(http::Method::Get, "/masuk")).body, "data-queue"));
  const auto form = get("/isi/kebersihan-tangan?tempat=melati").body;
  EXPECT_TRUE(has(form, " data-fresh"));
  EXPECT_TRUE(has(form, "\"required\":true"));
  EXPECT_FALSE(has(post("/isi/kebersihan-tangan", {{"_id", opportunity().front().second}, {"_tempat", "melati"}}).body, " data-fresh"));
  EXPECT_TRUE(has(get("/isi").body,
                  "data-keep=\"/isi/kebersihan-tangan?tempat=melati\" "
                  "data-keep-too=\"/isi/kebersihan-tangan/hitung?tempat=melati\""));
}

TEST_P(OfflinePageTest, TheWorkerIsAskedForAnewEachTime) {
  const auto worker = ask(request(http::Method::Get, "/pekerja.js"));
  if (web::asset_href("worker.js").empty()) {
    EXPECT_EQ(worker.status, 404) << "built without the frontend";
    return;
  }
  EXPECT_EQ(worker.status, 200);
  EXPECT_EQ(worker.content_type, "text/javascript; charset=utf-8");
  EXPECT_EQ(header_of(worker, "Cache-Control"), "no-cache");
  EXPECT_TRUE(has(header_of(worker, "Content-Security-Policy"), "worker-src 'self'"));
  EXPECT_FALSE(worker.body.empty());
}

TEST_P(OfflinePageTest, TwoButtonsCountOpportunitiesWithoutAnyScript) {
  auto page = get("/isi/kebersihan-tangan/hitung?tempat=melati").body;
  for (const auto* part : {"value=\"ya\"", "value=\"tidak\"", "name=\"profesi\"", "name=\"saat\"", "value=\"sabun\"", "Belum ada peluang"})
    EXPECT_TRUE(has(page, part)) << part;
  EXPECT_FALSE(has(page, "name=\"tindakan\" value=\"tidak\"")) << "not doing it has a button of its own";
  EXPECT_FALSE(has(page, "name=\"langkah_benar\"")) << "what may be left out is left out";
  auto form = opportunity();
  form.emplace_back("_hasil", "ya");
  auto done = post("/isi/kebersihan-tangan/hitung", form);
  ASSERT_EQ(done.status, 303) << done.body;
  page = get(header_of(done, "Location")).body;
  EXPECT_TRUE(has(page, "1 dari 1 peluang dilakukan: 100,0%.")) << page;
  EXPECT_TRUE(has(page, "Baru sedikit"));
  EXPECT_TRUE(has(page, "value=\"perawat\" checked")) << "who is observed stays chosen";
  EXPECT_FALSE(has(page, "value=\"sebelum_pasien\" checked")) << "which moment it is does not";
  form = opportunity();
  std::erase_if(form, [](const auto& field) { return field.first == "tindakan"; });
  form.emplace_back("_n", "1");
  form.emplace_back("_ya", "1");
  form.emplace_back("_hasil", "tidak");
  done = post("/isi/kebersihan-tangan/hitung", form);
  ASSERT_EQ(done.status, 303) << done.body;
  EXPECT_TRUE(has(get(header_of(done, "Location")).body, "1 dari 2 peluang dilakukan: 50,0%."));
  EXPECT_EQ(records(), 2);
}

TEST_P(OfflinePageTest, ATallyRefusesWhatTheFormRefuses) {
  auto form = opportunity();
  std::erase_if(form, [](const auto& field) { return field.first == "tindakan" || field.first == "saat"; });
  form.emplace_back("_hasil", "ya");
  const auto refused = post("/isi/kebersihan-tangan/hitung", form);
  EXPECT_EQ(refused.status, 422);
  EXPECT_TRUE(has(refused.body, "href=\"#f-tindakan\"") && has(refused.body, "href=\"#f-saat\"")) << "how, and at which moment";
  EXPECT_TRUE(has(refused.body, "value=\"perawat\" checked")) << "nothing chosen is lost";
  form.back().second = "mungkin";
  EXPECT_EQ(post("/isi/kebersihan-tangan/hitung", form).status, 422);
  EXPECT_EQ(get("/isi/kessan/hitung?tempat=melati").status, 404) << "a survey is not counted by two buttons";
  EXPECT_EQ(get("/isi/kebersihan-tangan/hitung?tempat=F1").status, 403);
  EXPECT_EQ(records(), 0);
}

PILAR_BOTH_ENGINES(OfflinePageTest);

}  // namespace pilar::offline_page_test
