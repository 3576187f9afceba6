// What a device needs to keep forms and to send them later, and the tally, on both engines.
#include <gtest/gtest.h>

#include <algorithm>
#include <future>

#include "app/account.h"
#include "app/instrument.h"
#include "app/organisation.h"
#include "app/sign_in.h"
#include "base/hash.h"
#include "base/json.h"
#include "support/test_store.h"
#include "web/assets.h"
#include "web/site.h"

using namespace pilar;

namespace {

constexpr std::string_view kLongSecret = "kata sandi yang panjang";
using Fields = std::vector<std::pair<std::string, std::string>>;

bool has(const std::string& text, std::string_view part) { return text.find(part) != std::string::npos; }
std::string header_of(const http::Reply& reply, std::string_view wanted) {
  for (const auto& [name, value] : reply.headers)
    if (name == wanted) return value;
  return {};
}
std::string said(const http::Reply& reply, std::string_view name) {
  const auto parsed = json::parse(reply.body);
  const auto* value = std::get_if<json::Value>(&parsed);
  const auto* found = value == nullptr ? nullptr : value->find(name);
  return found != nullptr && found->is_string() ? found->string() : std::string();
}

/// A facility with two units; its quality lead, and an officer of one unit.
class OfflinePageTest : public test::StoreTest {
 protected:
  OfflinePageTest() : context_{db(), clock_, reference_, SigningKey{{7}}, test::kQuickPasswords} {
    clock_.set({1'795'219'200'000'000});  // 21 November 2026, 07.00 WIB
    app::refresh_reference(context_);
    app::install_shipped_instruments(context_, system_);
    const auto facility = app::add_place(context_, system_,
                                         {.code = "melati",
                                          .name = "Puskesmas Melati",
                                          .facility_type = "puskesmas",
                                          .valid_from = Day{10'000},
                                          .units = {"Poli Umum", "Farmasi"}})
                              .value();
    lead_ = sign_in("sari", {Role::QualityLead, facility});
    officer_ = sign_in("niluh", {Role::Officer, facility, UnitKey{2}});
    site_ = std::make_unique<web::Site>(context_);
  }

  std::string sign_in(const std::string& login, const Grant& grant) {
    app::NewAccount account{login, "Nama " + login, std::string(kLongSecret), grant.role, grant.place};
    account.unit = grant.unit;
    EXPECT_TRUE(app::create_account(context_, system_, account));
    return app::sign_in(context_, login, kLongSecret).value();
  }

  http::Reply ask(http::Method method, std::string_view target, const std::string& session, const Fields& form = {}) {
    auto parsed = http::parse_target(target).value();
    http::Request request{.method = method, .path = parsed.path, .query = parsed.query};
    request.headers = {{"content-type", "application/x-www-form-urlencoded"}, {"cookie", "pilar_sesi=" + session}};
    for (const auto& [name, value] : form)
      request.body += (request.body.empty() ? "" : "&") + http::percent_encode(name) + "=" + http::percent_encode(value);
    std::promise<http::Reply> answer;
    site_->handle(std::move(request), [&](http::Reply reply) { answer.set_value(std::move(reply)); });
    return answer.get_future().get();
  }
  http::Reply get(std::string_view target, const std::string& session) { return ask(http::Method::Get, target, session); }
  http::Reply post(std::string_view target, const std::string& session, Fields form) {
    form.emplace_back("csrf", said(get("/antrean/sesi", session), "csrf"));
    return ask(http::Method::Post, target, session, form);
  }

  /// An opportunity as a browser keeps it, under a number of its own.
  Fields opportunity() const {
    return {{"_id", text(make_uuid(clock_.now()))},
            {"_tempat", "melati"},
            {"_versi", "1"},
            {"_unit", "farmasi"},
            {"_waktu", "2026-11-20T09:30"},
            {"profesi", "perawat"},
            {"saat", "sebelum_pasien"},
            {"tindakan", "sabun"}};
  }
  static void set(Fields& form, std::string_view name, const std::string& value) {
    std::ranges::find(form, name, &Fields::value_type::first)->second = value;
  }
  std::int64_t records() { return number("test.offline.records", "SELECT COUNT(*) FROM record"); }

  app::ReferenceHolder reference_;
  app::Context context_;
  Scope system_{Role::Administrator, kEverywhere, "test"};
  std::string lead_, officer_;
  std::unique_ptr<web::Site> site_;
};

}  // namespace

TEST_P(OfflinePageTest, AFormThatWaitedIsOneRecordHoweverOftenItIsSent) {
  const auto form = opportunity();
  const auto first = post("/isi/kebersihan-tangan/kirim", lead_, form);
  EXPECT_EQ(first.status, 201) << first.body;
  EXPECT_EQ(said(first, "id"), form.front().second);
  EXPECT_EQ(said(first, "at"), "21 November 2026 07.00 WIB");
  EXPECT_EQ(said(first, "href"), "/catatan/kebersihan-tangan/" + form.front().second + "?tempat=melati");
  EXPECT_EQ(get(said(first, "href"), lead_).status, 200);
  EXPECT_EQ(post("/isi/kebersihan-tangan/kirim", lead_, form).status, 200) << "the answer got lost";
  EXPECT_EQ(post("/isi/kebersihan-tangan", lead_, form).status, 303) << "the page sends the same record";
  EXPECT_EQ(records(), 1);
  auto other = form;
  set(other, "tindakan", "tidak");
  const auto refused = post("/isi/kebersihan-tangan/kirim", lead_, other);
  EXPECT_EQ(refused.status, 409);
  EXPECT_TRUE(has(refused.body, "sudah tersimpan dengan jawaban lain"));
  EXPECT_EQ(records(), 1);
}

TEST_P(OfflinePageTest, WhatIsWrongIsToldFieldByFieldAsOnTheForm) {
  auto form = opportunity();
  std::erase_if(form, [](const auto& field) { return field.first == "profesi" || field.first == "_unit"; });
  set(form, "_waktu", "2027-01-01T00:00");
  const auto reply = post("/isi/kebersihan-tangan/kirim", lead_, form);
  EXPECT_EQ(reply.status, 422);
  for (const auto* part : {R"("field":"_unit")", R"("label":"Unit")", R"("field":"_waktu")", R"("field":"profesi")",
                           R"("label":"Profesi yang diamati")", "Pilih satu jawaban.", "masa depan"})
    EXPECT_TRUE(has(reply.body, part)) << part << " " << reply.body;
  const auto page = post("/isi/kebersihan-tangan", lead_, form);
  EXPECT_EQ(page.status, 422);
  EXPECT_TRUE(has(page.body, "Pilih satu jawaban.") && has(page.body, "masa depan")) << "the page says the same";
  auto elsewhere = opportunity();
  set(elsewhere, "_unit", "poli-umum");
  EXPECT_EQ(post("/isi/kebersihan-tangan/kirim", officer_, elsewhere).status, 403) << "an officer fills in for the own unit";
  set(elsewhere, "_tempat", "F1");
  EXPECT_EQ(post("/isi/kebersihan-tangan/kirim", lead_, elsewhere).status, 403);
  EXPECT_EQ(post("/isi/tidak-ada/kirim", lead_, opportunity()).status, 404);
  auto unnamed = opportunity();
  set(unnamed, "_id", "x");
  EXPECT_EQ(post("/isi/kebersihan-tangan/kirim", lead_, unnamed).status, 422);
  EXPECT_EQ(records(), 0);
}

TEST_P(OfflinePageTest, ASessionTellsItsMarkAndAKeyThatIsItsPersonsAlone) {
  const auto lead = get("/antrean/sesi", lead_), officer = get("/antrean/sesi", officer_);
  EXPECT_EQ(lead.status, 200);
  EXPECT_EQ(header_of(lead, "Cache-Control"), "no-store");
  EXPECT_EQ(said(lead, "csrf"), app::csrf_token(context_, lead_));
  EXPECT_EQ(decode_base64url(said(lead, "key")).size(), 32U);
  EXPECT_NE(said(lead, "key"), said(officer, "key"));
  EXPECT_NE(said(lead, "account"), said(officer, "account"));
  const auto again = app::sign_in(context_, "sari", kLongSecret).value();
  EXPECT_EQ(said(get("/antrean/sesi", again), "key"), said(lead, "key")) << "another session opens what this one sealed";
  EXPECT_EQ(get("/antrean/sesi", "").status, 303);
  auto forged = opportunity();
  forged.emplace_back("csrf", said(officer, "csrf"));
  EXPECT_EQ(ask(http::Method::Post, "/isi/kebersihan-tangan/kirim", lead_, forged).status, 403);
  EXPECT_EQ(ask(http::Method::Post, "/isi/kebersihan-tangan/kirim", "", forged).status, 303) << "signed out";
  EXPECT_EQ(records(), 0);
}

TEST_P(OfflinePageTest, PagesSayWhoseFormsWaitAndWhichFormsAreEmpty) {
  const auto account = said(get("/antrean/sesi", lead_), "account");
  const auto queue = get("/antrean", lead_).body;
  for (const auto& part : {"data-queue=\"" + account + "\"", "data-antrean=\"" + account + "\"", std::string("data-words")})
    EXPECT_TRUE(has(queue, part)) << part;
  EXPECT_TRUE(has(get("/beranda", lead_).body, "data-queue=\"" + account + "\"")) << "every page of staff tells what waits";
  EXPECT_FALSE(has(get("/masuk", "").body, "data-queue"));
  const auto form = get("/isi/kebersihan-tangan?tempat=melati", lead_).body;
  EXPECT_TRUE(has(form, " data-fresh"));
  EXPECT_TRUE(has(form, "\"required\":true"));
  EXPECT_FALSE(
      has(post("/isi/kebersihan-tangan", lead_, {{"_id", opportunity().front().second}, {"_tempat", "melati"}}).body, " data-fresh"));
  EXPECT_TRUE(has(get("/isi", lead_).body,
                  "data-keep=\"/isi/kebersihan-tangan?tempat=melati\" "
                  "data-keep-too=\"/isi/kebersihan-tangan/hitung?tempat=melati\""));
}

TEST_P(OfflinePageTest, TheWorkerIsAskedForAnewEachTime) {
  const auto worker = ask(http::Method::Get, "/pekerja.js", "");
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
  auto page = get("/isi/kebersihan-tangan/hitung?tempat=melati", lead_).body;
  for (const auto* part : {"value=\"ya\"", "value=\"tidak\"", "name=\"profesi\"", "name=\"saat\"", "value=\"sabun\"", "Belum ada peluang"})
    EXPECT_TRUE(has(page, part)) << part;
  EXPECT_FALSE(has(page, "name=\"tindakan\" value=\"tidak\"")) << "not doing it has a button of its own";
  EXPECT_FALSE(has(page, "name=\"langkah_benar\"")) << "what may be left out is left out";
  auto form = opportunity();
  form.emplace_back("_hasil", "ya");
  auto done = post("/isi/kebersihan-tangan/hitung", lead_, form);
  ASSERT_EQ(done.status, 303) << done.body;
  page = get(header_of(done, "Location"), lead_).body;
  EXPECT_TRUE(has(page, "1 dari 1 peluang dilakukan: 100,0%.")) << page;
  EXPECT_TRUE(has(page, "Baru sedikit"));
  EXPECT_TRUE(has(page, "value=\"perawat\" checked")) << "who is observed stays chosen";
  EXPECT_FALSE(has(page, "value=\"sebelum_pasien\" checked")) << "which moment it is does not";
  form = opportunity();
  std::erase_if(form, [](const auto& field) { return field.first == "tindakan"; });
  form.emplace_back("_n", "1");
  form.emplace_back("_ya", "1");
  form.emplace_back("_hasil", "tidak");
  done = post("/isi/kebersihan-tangan/hitung", lead_, form);
  ASSERT_EQ(done.status, 303) << done.body;
  EXPECT_TRUE(has(get(header_of(done, "Location"), lead_).body, "1 dari 2 peluang dilakukan: 50,0%."));
  EXPECT_EQ(records(), 2);
}

TEST_P(OfflinePageTest, ATallyRefusesWhatTheFormRefuses) {
  auto form = opportunity();
  std::erase_if(form, [](const auto& field) { return field.first == "tindakan" || field.first == "saat"; });
  form.emplace_back("_hasil", "ya");
  const auto refused = post("/isi/kebersihan-tangan/hitung", lead_, form);
  EXPECT_EQ(refused.status, 422);
  EXPECT_TRUE(has(refused.body, "href=\"#f-tindakan\"") && has(refused.body, "href=\"#f-saat\"")) << "how, and at which moment";
  EXPECT_TRUE(has(refused.body, "value=\"perawat\" checked")) << "nothing chosen is lost";
  form.back().second = "mungkin";
  EXPECT_EQ(post("/isi/kebersihan-tangan/hitung", lead_, form).status, 422);
  EXPECT_EQ(get("/isi/kessan/hitung?tempat=melati", lead_).status, 404) << "a survey is not counted by two buttons";
  EXPECT_EQ(get("/isi/kebersihan-tangan/hitung?tempat=F1", lead_).status, 403);
  EXPECT_EQ(records(), 0);
}

PILAR_BOTH_ENGINES(OfflinePageTest);
