#include <gtest/gtest.h>

#include <algorithm>
#include <future>
#include <map>

#include "app/account.h"
#include "app/draft.h"
#include "app/instrument.h"
#include "app/organisation.h"
#include "app/record.h"
#include "base/json.h"
#include "i18n/messages.h"
#include "i18n/words/entry.h"
#include "i18n/words/people.h"
#include "i18n/words/result.h"
#include "interchange/xlsx_reader.h"
#include "support/page_text.h"
#include "support/round_pack.h"
#include "support/shipped_store.h"
#include "web/site.h"

namespace pilar::entry_test {

using test::between;
using test::holds;

constexpr std::int64_t kDay = 86'400'000'000LL;
constexpr std::string_view kSecret = "kata sandi yang panjang";

using Form = std::vector<std::pair<std::string, std::string>>;

std::string location_of(const http::Reply& reply) { return test::header_of(reply, "Location"); }
std::string hidden(const std::string& page, std::string_view name) {
  return between(page, "name=\"" + std::string(name) + "\" value=\"", "\"");
}
std::string plain(const std::string& page) {
  std::string out;
  bool inside = false;
  for (const char c : page) {
    inside = inside || c == '<';
    if (!inside) out += c;
    if (c == '>') inside = false;
  }
  return out;
}

/// A facility with two units, staff with different roles, seen through the whole site without sockets.
class EntryTest : public test::ShippedStoreTest {
 protected:
  EntryTest() : context_{db(), clock_, reference_, SigningKey{{7}}, test::kQuickPasswords} {
    clock_.set({1'795'219'200'000'000});  // 21 November 2026, 07.00 WIB
    app::refresh_reference(context_);
    EXPECT_TRUE(app::install_instrument(context_, system_, test::kRoundPack, "ronde.yaml"));
    facility_ = app::add_place(context_, system_,
                               {.code = "melati",
                                .name = "Puskesmas Melati",
                                .facility_type = "puskesmas",
                                .valid_from = Day{10'000},
                                .units = {"Poli Umum", "Farmasi"}})
                    .value();
    lead_ = sign_in("sari", {Role::QualityLead, facility_});
    head_ = sign_in("budi", {Role::Head, facility_});
    officer_ = sign_in("niluh", {Role::Officer, facility_, UnitKey{2}});
    site_ = std::make_unique<web::Site>(context_);
  }

  std::string sign_in(const std::string& login, const Grant& grant) {
    app::NewAccount account{login, "Nama " + login, std::string(kSecret), grant.role, grant.place};
    account.unit = grant.unit;
    EXPECT_TRUE(app::create_account(context_, system_, account));
    return app::sign_in(context_, login, kSecret).value();
  }

  http::Reply ask(http::Method method, std::string_view target, const std::string& session, const Form& form = {}) {
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
  http::Reply get(std::string_view target) { return get(target, lead_); }
  http::Reply post(std::string_view target, const std::string& session, Form form) {
    form.emplace_back("csrf", app::csrf_token(context_, session));
    return ask(http::Method::Post, target, session, form);
  }

  /// A filled form of the round, with the id of a fresh page.
  Form filled(const std::string& session) {
    const auto page = get("/isi/ronde?tempat=melati", session).body;
    return {{"_id", hidden(page, "_id")},
            {"_tempat", "melati"},
            {"_versi", "1"},
            {"_turn", "0"},
            {"_unit", "farmasi"},
            {"_waktu", "2026-11-20T09:30"},
            {"profesi", "perawat"},
            {"patuh", "ya"},
            {"cara", "sabun"},
            {"cara", "alkohol"},
            {"lama", "90,5"},
            {"hari", "2026-11-20"},
            {"jam", "08:15"},
            {"saat", "2026-11-20T08:16"},
            {"catatan", "Rapi <b>"}};
  }
  static void set(Form& form, std::string_view name, std::string value) {
    const auto found = std::ranges::find(form, name, &Form::value_type::first);
    if (found == form.end())
      form.emplace_back(name, std::move(value));
    else
      found->second = std::move(value);
  }
  /// Saves one and returns the address of its page.
  std::string enter(const std::string& session, const Form& form) {
    const auto sent = post("/isi/ronde", session, form);
    EXPECT_EQ(sent.status, 303) << plain(sent.body);
    return "/catatan/ronde/" + form.front().second + "?tempat=melati";
  }
  std::int64_t records() { return number("test.records", "SELECT COUNT(*) FROM record"); }

  app::ReferenceHolder reference_;
  app::Context context_;
  Scope system_{Role::Administrator, kEverywhere, "test"};
  FacilityKey facility_;
  std::string lead_, head_, officer_;
  int notes_ = 0;
  std::unique_ptr<web::Site> site_;
};

TEST_P(EntryTest, TheListNamesWhatCanBeFilledInAndWhenItLastWas) {
  auto page = get("/isi").body;
  EXPECT_TRUE(holds(page, "/isi/ronde?tempat=melati")) << plain(page);
  EXPECT_TRUE(holds(page, "belum pernah"));
  enter(lead_, filled(lead_));
  page = get("/isi").body;
  EXPECT_TRUE(holds(page, "20 November 2026"));
  EXPECT_TRUE(holds(plain(get("/isi?cari=ronde").body), "Ronde harian"));
  EXPECT_FALSE(holds(plain(get("/isi?cari=ronde").body), "Kunjungan bulanan"));
  EXPECT_TRUE(holds(get("/isi?cari=zzz").body, "Tidak ada instrumen"));
  EXPECT_EQ(get("/isi?tempat=F1").status, 403) << "not this person's facility";
}

TEST_P(EntryTest, AFormIsMadeFromThePackAndSavesWhatWasTyped) {
  const auto page = get("/isi/ronde?tempat=melati").body;
  for (const auto* part :
       {"name=\"profesi\"", "type=\"checkbox\"", "_not_observed", "data-calculated=\"menit\"", "type=\"date\"", "type=\"time\"",
        "datetime-local", "<textarea", "data-press=\"1\"", "value=\"2026-11-21T07:00\"", "data-form", "novalidate"})
    EXPECT_TRUE(holds(page, part)) << part;
  const auto record = get(enter(lead_, filled(lead_))).body;
  const auto words = plain(record);
  for (const auto* part : {"Perawat", "Alkohol, Sabun", "90,5 detik", "1,51", "08.15", "Rapi &lt;b&gt;", "Farmasi",
                           "20 November 2026 09.30 WIB", "Nama sari", "Petugas", "20 November 2026 08.16 WIB"})
    EXPECT_TRUE(holds(words, part)) << part << " " << words;
}

TEST_P(EntryTest, TheSameSendTwiceIsOneRecordAndOtherContentUnderItsNumberIsRefused) {
  auto form = filled(lead_);
  enter(lead_, form);
  enter(lead_, form);
  EXPECT_EQ(records(), 1);
  set(form, "catatan", "lain");
  const auto refused = post("/isi/ronde", lead_, form);
  EXPECT_EQ(refused.status, 409);
  EXPECT_TRUE(holds(refused.body, "sudah tersimpan dengan jawaban lain"));
  EXPECT_TRUE(holds(refused.body, ">lain</textarea>")) << "what was typed is kept";
  EXPECT_EQ(records(), 1);
}

TEST_P(EntryTest, WhatIsWrongIsSaidBesideTheFieldAndOnTopAndNothingTypedIsLost) {
  auto form = filled(lead_);
  std::erase_if(form, [](const auto& field) { return field.first == "profesi" || field.first == "_unit"; });
  set(form, "lama", "0");
  set(form, "_waktu", "2027-01-01T00:00");
  const auto page = post("/isi/ronde", lead_, form);
  EXPECT_EQ(page.status, 422);
  for (const auto* part : {"href=\"#f-profesi\"", "href=\"#f-lama\"", "href=\"#f-_unit\"", "href=\"#f-_waktu\"", "Isi lebih dari 0 detik.",
                           "Pilih unit yang diisi.", "masa depan", "value=\"0\"", "Rapi &lt;b&gt;"})
    EXPECT_TRUE(holds(page.body, part)) << part;
  EXPECT_EQ(hidden(page.body, "_id"), form.front().second) << "it stays the same record";
  auto hidden_answer = filled(lead_);
  set(hidden_answer, "patuh", "tidak");
  EXPECT_TRUE(holds(post("/isi/ronde", lead_, hidden_answer).body, "tidak berlaku untuk jawaban lain"));
  auto not_yet = filled(lead_);
  set(not_yet, "saat", "2027-01-01T08:16");
  const auto future = post("/isi/ronde", lead_, not_yet).body;
  EXPECT_TRUE(holds(future, "href=\"#f-saat\"") && holds(future, "Yang belum terjadi tidak bisa dicatat")) << future;
  EXPECT_EQ(records(), 0);
}

TEST_P(EntryTest, AnAnswerMayBeLeftOutForAReason) {
  auto form = filled(lead_);
  std::erase_if(form, [](const auto& field) { return field.first == "cara"; });
  set(form, "patuh", "_not_observed");
  set(form, "lama", "_not_applicable");
  const auto page = plain(get(enter(lead_, form)).body);
  EXPECT_TRUE(holds(page, "Tidak teramati"));
  EXPECT_TRUE(holds(page, "Tidak berlaku"));
}

TEST_P(EntryTest, SavingAndFillingInAnotherKeepsUnitAndDay) {
  auto form = filled(lead_);
  form.emplace_back("_lagi", "1");
  const auto next = location_of(post("/isi/ronde", lead_, form));
  const auto page = get(next).body;
  EXPECT_TRUE(holds(page, "Tersimpan."));
  EXPECT_TRUE(holds(page, "/catatan/ronde/" + form.front().second));
  EXPECT_TRUE(holds(page, "<option value=\"farmasi\" selected>"));
  EXPECT_TRUE(holds(page, "value=\"2026-11-20T09:30\""));
  EXPECT_NE(hidden(page, "_id"), form.front().second);
}

TEST_P(EntryTest, AnOfficerFillsInForTheOwnUnitOnly) {
  auto form = filled(officer_);
  const auto page = get("/isi/ronde?tempat=melati", officer_).body;
  EXPECT_TRUE(holds(page, "farmasi"));
  EXPECT_FALSE(holds(page, "value=\"poli-umum\""));
  set(form, "_unit", "poli-umum");
  EXPECT_EQ(post("/isi/ronde", officer_, form).status, 403);
  set(form, "_unit", "-");
  EXPECT_EQ(post("/isi/ronde", officer_, form).status, 403);
  EXPECT_EQ(records(), 0);
  set(form, "_unit", "farmasi");
  const auto record = enter(officer_, form);
  EXPECT_EQ(get(record, officer_).status, 200);
  auto other = filled(lead_);
  set(other, "_unit", "poli-umum");
  EXPECT_EQ(get(enter(lead_, other), officer_).status, 403) << "a record of another unit";
}

TEST_P(EntryTest, ADraftIsKeptResumedThrownAwayAndTakenBack) {
  auto form = filled(lead_);
  set(form, "lama", "12,");  // half typed
  auto kept = post("/isi/ronde/draf", lead_, form);
  EXPECT_EQ(kept.status, 200) << kept.body;
  EXPECT_TRUE(holds(kept.body, "\"turn\":1"));
  EXPECT_EQ(post("/isi/ronde/draf", lead_, form).status, 200) << "a repeated send";
  set(form, "_turn", "1");
  set(form, "catatan", "lebih lanjut");
  EXPECT_TRUE(holds(post("/isi/ronde/draf", lead_, form).body, "\"turn\":2"));
  set(form, "catatan", "dari perangkat lain");
  const auto stale = post("/isi/ronde/draf", lead_, form);
  EXPECT_EQ(stale.status, 409);
  EXPECT_TRUE(holds(stale.body, "perangkat lain"));

  const auto& id = form.front().second;
  EXPECT_TRUE(holds(get("/isi").body, "&amp;draf=" + id));
  EXPECT_TRUE(holds(get("/beranda").body, "&amp;draf=" + id)) << "the home page leads to it";
  EXPECT_FALSE(holds(get("/beranda", head_).body, id));
  const auto resumed = get("/isi/ronde?tempat=melati&draf=" + id).body;
  for (const auto* part : {"value=\"12,\"", "lebih lanjut", "value=\"2026-11-20T09:30\"", "<option value=\"farmasi\" selected>"})
    EXPECT_TRUE(holds(resumed, part)) << part;
  EXPECT_EQ(hidden(resumed, "_turn"), "2");
  EXPECT_FALSE(holds(get("/isi", head_).body, id)) << "nobody else's";
  EXPECT_EQ(get("/isi/ronde?tempat=melati&draf=" + id, head_).status, 404);
  EXPECT_EQ(post("/isi/ronde/draf", head_, form).status, 409);

  const auto thrown = location_of(post("/isi/draf/hapus", lead_, {{"_id", id}, {"_tempat", "melati"}}));
  EXPECT_FALSE(holds(get("/isi").body, id));
  EXPECT_TRUE(holds(get(thrown).body, "Kembalikan"));
  EXPECT_EQ(post("/isi/draf/kembalikan", head_, {{"_id", id}, {"_tempat", "melati"}}).status, 404);
  post("/isi/draf/kembalikan", lead_, {{"_id", id}, {"_tempat", "melati"}});
  EXPECT_TRUE(holds(get("/isi").body, id));
}

TEST_P(EntryTest, ADraftThatIsSentIsGoneAndCannotComeBack) {
  const auto form = filled(lead_);
  EXPECT_EQ(post("/isi/ronde/draf", lead_, form).status, 200);
  enter(lead_, form);
  EXPECT_EQ(number("test.drafts", "SELECT COUNT(*) FROM draft"), 0);
  const auto late = post("/isi/ronde/draf", lead_, form);
  EXPECT_EQ(late.status, 409);
  EXPECT_TRUE(holds(late.body, "sudah tersimpan"));
}

TEST_P(EntryTest, OldDraftsExpire) {
  const auto first = filled(lead_), second = filled(lead_);
  post("/isi/ronde/draf", lead_, first);
  post("/isi/draf/hapus", lead_, {{"_id", first.front().second}, {"_tempat", "melati"}});
  clock_.set({clock_.now().micros + 2 * kDay});
  lead_ = app::sign_in(context_, "sari", kSecret).value();  // the session has ended meanwhile
  post("/isi/ronde/draf", lead_, second);
  EXPECT_EQ(app::expire_drafts(context_, 14), 1) << "thrown away two days ago";
  clock_.set({clock_.now().micros + 15 * kDay});
  const auto session = app::sign_in(context_, "sari", kSecret).value();
  EXPECT_FALSE(holds(get("/isi", session).body, second.front().second));
  EXPECT_EQ(app::expire_drafts(context_, 14), 1);
}

TEST_P(EntryTest, ACorrectionNeedsAReasonAndKeepsWhatWasThere) {
  const auto form = filled(lead_);
  const auto record = enter(lead_, form);
  const auto path = "/catatan/ronde/" + form.front().second + "/koreksi";
  const auto page = get(path + "?tempat=melati").body;
  EXPECT_TRUE(holds(page, "value=\"90,5\""));
  EXPECT_TRUE(holds(page, "value=\"2026-11-20T08:16\""));
  auto change = form;
  change.emplace_back("_revisi", hidden(page, "_revisi"));
  set(change, "lama", "30");
  EXPECT_EQ(post(path, lead_, change).status, 422) << "no reason";
  change.emplace_back("_alasan", "salah ketik");
  EXPECT_EQ(post(path, officer_, change).status, 403);
  const auto done = post(path, lead_, change);
  ASSERT_EQ(done.status, 303) << plain(done.body);
  const auto words = plain(get(record).body);
  for (const auto* part : {"30 detik", "Dikoreksi oleh Nama sari", "salah ketik", "90,5 detik", "1,51"})
    EXPECT_TRUE(holds(words, part)) << part;
  EXPECT_FALSE(holds(between(words, "Sesudah", "Data"), "Perawat")) << "only what changed is told";
}

TEST_P(EntryTest, TwoCorrectionsAtOnceAreShownSideBySide) {
  const auto form = filled(lead_);
  const auto record = enter(lead_, form);
  const auto path = "/catatan/ronde/" + form.front().second + "/koreksi";
  auto mine = form, theirs = form;
  for (auto* one : {&mine, &theirs}) {
    one->emplace_back("_revisi", "1");
    one->emplace_back("_alasan", "sebab");
  }
  set(theirs, "lama", "20");
  set(mine, "lama", "40");
  ASSERT_EQ(post(path, head_, theirs).status, 303);
  const auto conflict = post(path, lead_, mine);
  EXPECT_EQ(conflict.status, 409);
  EXPECT_TRUE(holds(conflict.body, "<strong>40 detik</strong>"));
  EXPECT_TRUE(holds(conflict.body, "<strong>20 detik</strong>"));
  set(mine, "_revisi", hidden(conflict.body, "_revisi"));
  EXPECT_EQ(post(path, lead_, mine).status, 303);
  EXPECT_TRUE(holds(plain(get(record).body), "40 detik"));
}

TEST_P(EntryTest, VoidingNeedsAReasonAndTakesTheRecordOutOfEverySum) {
  const auto form = filled(lead_);
  const auto record = enter(lead_, form);
  const auto path = "/catatan/ronde/" + form.front().second + "/batalkan";
  EXPECT_TRUE(holds(get(path + "?tempat=melati").body, "tidak lagi dihitung"));
  EXPECT_EQ(post(path, lead_, {{"_tempat", "melati"}, {"_revisi", "1"}, {"_alasan", " "}}).status, 422);
  EXPECT_EQ(post(path, officer_, {{"_tempat", "melati"}, {"_revisi", "1"}, {"_alasan", "ganda"}}).status, 403);
  EXPECT_EQ(post(path, lead_, {{"_tempat", "melati"}, {"_revisi", "9"}, {"_alasan", "ganda"}}).status, 409);
  EXPECT_EQ(post(path, lead_, {{"_tempat", "melati"}, {"_revisi", "1"}, {"_alasan", "ganda"}}).status, 303);
  const auto words = plain(get(record).body);
  EXPECT_TRUE(holds(words, "Dibatalkan oleh Nama sari"));
  EXPECT_TRUE(holds(words, "ganda"));
  EXPECT_EQ(number("test.cells", "SELECT COUNT(*) FROM cell WHERE n <> 0"), 0);
  EXPECT_EQ(get("/catatan/ronde/" + form.front().second + "/koreksi?tempat=melati").status, 409);
}

TEST_P(EntryTest, ASecondPersonCommentsAndChecks) {
  const auto form = filled(officer_);
  const auto record = enter(officer_, form);
  const auto path = "/catatan/ronde/" + form.front().second + "/komentar";
  const auto note = [&](const std::string& session, const std::string& text, bool checks = false) {
    Form fields{{"_tempat", "melati"}, {"_id", "01890a5d-ac96-774b-bcce-b302099a80" + std::to_string(10 + notes_++)}, {"text", text}};
    if (checks) fields.emplace_back("periksa", "1");
    return post(path, session, fields).status;
  };
  EXPECT_EQ(note(lead_, ""), 422);
  EXPECT_EQ(note(lead_, "Lihat lagi jamnya"), 303);
  EXPECT_EQ(note(lead_, "", true), 303);
  EXPECT_EQ(note(officer_, "sudah", true), 403) << "nobody checks the own record";
  const auto words = plain(get(record).body);
  EXPECT_TRUE(holds(words, "Lihat lagi jamnya"));
  EXPECT_TRUE(holds(words, "Diperiksa dan benar"));
  EXPECT_TRUE(holds(words, "Nama sari, 21 November 2026 07.00 WIB"));
}

TEST_P(EntryTest, OfAnInstrumentForParticipantsNobodySeesOnePersonsAnswers) {
  const auto* kessan = reference_.get()->latest("kessan");
  RawAnswers raw;
  for (const auto& item : kessan->form.items)
    if (item.required && !item.options.empty()) raw[item.key] = {{item.options.front().key}, {}};
  const auto answers = check_answers(kessan->form, raw, civil_day(clock_.now(), Zone::Wib), true);
  ASSERT_TRUE(answers);
  const app::NewRecord record{make_uuid(clock_.now()), facility_, UnitKey{1}, kessan->version, clock_.now(), Channel::Public, *answers};
  ASSERT_TRUE(app::save_record(context_, Scope(Role::Administrator, facility_, "public"), record));
  const auto path = "/catatan/kessan/" + text(record.id);
  const auto page = get(path + "?tempat=melati");
  EXPECT_EQ(page.status, 200);
  EXPECT_TRUE(holds(page.body, "tidak pernah ditampilkan per orang"));
  EXPECT_FALSE(holds(plain(page.body), kessan->form.items.front().options.front().label.id));
  EXPECT_FALSE(holds(plain(page.body), "07.00"));
  EXPECT_EQ(get(path + "/koreksi?tempat=melati").status, 403);
  EXPECT_EQ(post(path + "/komentar", lead_, {{"_tempat", "melati"}, {"_id", text(record.id)}, {"text", "halo"}}).status, 403);
  EXPECT_EQ(post(path + "/batalkan", lead_, {{"_tempat", "melati"}, {"_revisi", "1"}, {"_alasan", "isian main-main"}}).status, 303);
}

TEST_P(EntryTest, DamagedAddressesAndFormsAreRefusedInWords) {
  EXPECT_EQ(get("/isi/tidak-ada?tempat=melati").status, 404);
  EXPECT_EQ(get("/isi/ronde?tempat=tidak-ada").status, 403);
  EXPECT_EQ(get("/isi/ronde?tempat=melati&draf=x").status, 404);
  EXPECT_EQ(get("/catatan/ronde/x?tempat=melati").status, 404);
  EXPECT_EQ(get("/catatan/kessan/01890a5d-ac96-774b-bcce-b302099a8057?tempat=melati").status, 404);
  auto form = filled(lead_);
  set(form, "_id", "bukan");
  EXPECT_EQ(post("/isi/ronde", lead_, form).status, 422);
  EXPECT_EQ(post("/isi/ronde/draf", lead_, form).status, 422);
  form = filled(lead_);
  set(form, "_waktu", "kemarin");
  const auto page = post("/isi/ronde", lead_, form);
  EXPECT_EQ(page.status, 422);
  EXPECT_TRUE(holds(page.body, "Waktu ini tidak lengkap"));
}

TEST_P(EntryTest, ATableSavesTheRightRowsAndKeepsTheWrongOnes) {
  const auto page = get("/isi/ronde/banyak?tempat=melati").body;
  EXPECT_TRUE(holds(page, "name=\"c.9.lama\""));
  EXPECT_TRUE(holds(page, "<datalist id=\"l-profesi\">"));
  Form form{{"_tempat", "melati"}, {"_versi", "1"}, {"_unit", "farmasi"}, {"_waktu", "2026-11-20T09:30"}};
  const auto row = [&](int number, const Form& cells) {
    form.emplace_back("c." + std::to_string(number) + "._id", hidden(page, "c." + std::to_string(number) + "._id"));
    for (const auto& [key, value] : cells) form.emplace_back("c." + std::to_string(number) + "." + key, value);
  };
  row(0, {{"profesi", "Nurse"}, {"patuh", "ya"}, {"cara", "Sabun; alkohol"}, {"lama", "1.234,5"}});
  row(1, {{"profesi", "DOKTER"}, {"lama", "90,5"}, {"hari", "19/11/2026"}, {"jam", "8.15"}, {"saat", "19 Nov 2026 08:16"}});
  row(2, {});
  row(3, {{"profesi", "2"}, {"patuh", "tidak teramati"}, {"_unit", "Poli Umum"}, {"_waktu", "18/11/2026"}});
  row(4, {{"profesi", "bidan"}, {"_unit", "Gudang"}});
  auto strict = form;
  strict.emplace_back("_semua", "1");
  const auto refused = post("/isi/ronde/banyak", lead_, strict);
  EXPECT_EQ(refused.status, 422);
  EXPECT_EQ(records(), 0) << "all or nothing was asked for";
  EXPECT_TRUE(holds(refused.body, "Nurse"));

  const auto left = post("/isi/ronde/banyak", lead_, form);
  EXPECT_EQ(left.status, 422);
  EXPECT_EQ(records(), 2);
  EXPECT_TRUE(holds(left.body, "2 catatan tersimpan."));
  for (const auto* part : {"href=\"#f-c.0.lama\"", "Paling besar 300", "bidan", "Pilih unit yang diisi.", "Pilih satu jawaban."})
    EXPECT_TRUE(holds(left.body, part)) << part;
  EXPECT_FALSE(holds(left.body, "DOKTER"));
  EXPECT_EQ(number("test.units", "SELECT COUNT(*) FROM record WHERE unit = 1"), 1) << "the row's own unit";
  EXPECT_EQ(post("/isi/ronde/banyak", lead_, form).status, 422) << "sent again";
  EXPECT_EQ(records(), 2);

  auto more = form;
  more.emplace_back("_tambah", "1");
  EXPECT_TRUE(holds(post("/isi/ronde/banyak", lead_, more).body, "name=\"c.14.lama\""));
}

TEST_P(EntryTest, TheListIsFilteredSortedAndSearchedByItsAddress) {
  const auto add = [&](const std::string& session, const char* profession, const char* seconds, const char* note, const char* unit) {
    auto form = filled(session);
    set(form, "profesi", profession);
    set(form, "lama", seconds);
    set(form, "catatan", note);
    set(form, "_unit", unit);
    enter(session, form);
  };
  add(lead_, "perawat", "10", "Wastafel rusak", "farmasi");
  add(lead_, "dokter", "200", "Sabun habis", "poli-umum");
  add(officer_, "dokter", "30", "wastafel baik", "farmasi");
  const auto rows = [&](const std::string& filter, const std::string& session = {}) {
    const auto page = get("/catatan/ronde?tempat=melati&bulan=2026-11" + filter, session.empty() ? lead_ : session);
    EXPECT_EQ(page.status, 200) << filter;
    std::string found;
    for (const auto* one : {"10 detik", "200 detik", "30 detik"})
      if (holds(page.body, std::string(">") + one))
        found += std::string(found.empty() ? "" : ",") + std::string(one, std::string_view(one).find(' '));
    return found;
  };
  EXPECT_EQ(rows(""), "10,200,30");
  EXPECT_EQ(rows("&butir=profesi&jawaban=dokter"), "200,30");
  EXPECT_EQ(rows("&butir=cara&jawaban=sabun"), "10,200,30");
  EXPECT_EQ(rows("&butir=lama&min=10,5&maks=100"), "30");
  EXPECT_EQ(rows("&kata=WASTAFEL"), "10,30");
  EXPECT_EQ(rows("&kata=wastafel+rusak"), "10");
  EXPECT_EQ(rows("&unit=farmasi"), "10,30");
  EXPECT_EQ(rows("&oleh=niluh"), "30");
  EXPECT_EQ(rows("&lewat=berkas"), "");
  EXPECT_EQ(rows("&keadaan=dibatalkan"), "");
  EXPECT_EQ(rows("", officer_), "10,30") << "records of the own unit only";
  EXPECT_EQ(get("/catatan/ronde?tempat=melati&oleh=siapa").status, 404);
  EXPECT_EQ(get("/catatan/ronde?tempat=melati&butir=lama&min=x").status, 422);
  const auto up = get("/catatan/ronde?tempat=melati&bulan=2026-11&urut=lama&kolom=lama&kolom=profesi").body;
  EXPECT_LT(up.find(">10 detik"), up.find(">30 detik"));
  EXPECT_LT(up.find(">30 detik"), up.find(">200 detik"));
  EXPECT_FALSE(holds(up, "Wastafel rusak<")) << "a column that was not chosen";
  EXPECT_TRUE(holds(up, "3 catatan."));
  EXPECT_TRUE(holds(up, "aria-sort"));
}

TEST_P(EntryTest, AFileHasExactlyTheRowsAndColumnsOfTheList) {
  auto form = filled(lead_);
  enter(lead_, form);
  form = filled(lead_);
  set(form, "profesi", "dokter");
  set(form, "catatan", "=1+1");
  enter(lead_, form);
  const std::string address = "?tempat=melati&bulan=2026-11&butir=profesi&jawaban=dokter&kolom=profesi&kolom=lama&kolom=catatan";
  const auto csv = get("/catatan/ronde/data.csv" + address).body;
  EXPECT_TRUE(holds(csv, "Dokter"));
  EXPECT_FALSE(holds(csv, "Perawat"));
  EXPECT_TRUE(holds(csv, "90.5")) << "a number as such";
  EXPECT_FALSE(holds(csv, ",=1+1")) << "no formula";
  EXPECT_FALSE(holds(csv, "Menit"));
  const auto workbook = get("/catatan/ronde/data.xlsx" + address + "&keadaan=dihitung");
  EXPECT_EQ(workbook.status, 200);
  const auto book = XlsxBook::of_bytes(workbook.body);
  ASSERT_TRUE(book);
  const auto rows = book->rows(0);
  ASSERT_TRUE(rows);
  std::map<std::string, std::string, std::less<>> notes;
  while ((*rows)->next() == TableReader::Step::Row)
    if (const auto fields = (*rows)->fields(); fields.size() > 1) notes.emplace(fields[0], fields[1]);
  const auto note = [&](Message name) { return notes[std::string(say(Lang::Id, name))]; };
  EXPECT_EQ(note(Msg::RecordListAnswer), "Dokter") << "what was filtered by stands in the file";
  EXPECT_EQ(note(Msg::RecordListState), say(Lang::Id, Msg::RecordListValid));
  EXPECT_EQ(note(Msg::RecordListRows), "1");
  EXPECT_NE(note(Msg::RecordListAsOf), "");
  const auto list = get("/catatan/ronde" + address + "&kolom=saat").body;
  EXPECT_TRUE(holds(list, "data-action=\"print\""));
  EXPECT_TRUE(holds(list, ">08.16 WIB<")) << "the day stands in front of the line";
  const auto on_paper = list.find("<p class=\"on-paper\">");
  ASSERT_NE(on_paper, std::string::npos);
  EXPECT_NE(list.substr(on_paper, 300).find(std::string(say(Lang::Id, Msg::RecordListAnswer)) + ": Dokter."), std::string::npos)
      << "and on paper, where the filters themselves are not shown";
}

TEST_P(EntryTest, ManyAreVoidedAndCommentedOnAfterAsking) {
  std::vector<std::string> ids;
  for (int i = 0; i < 3; ++i) {
    const auto form = filled(lead_);
    enter(lead_, form);
    ids.push_back(form.front().second);
  }
  const std::string list = "/catatan/ronde?tempat=melati&bulan=2026-11";
  const std::string target = "/catatan/ronde/batalkan?tempat=melati&bulan=2026-11";
  EXPECT_TRUE(holds(get(list).body, "value=\"" + ids[0] + ".1\""));
  Form chosen{{"pilih", ids[0] + ".1"}, {"pilih", ids[1] + ".1"}, {"pilih", ids[2] + ".7"}, {"kembali", list}};
  EXPECT_EQ(post(target, lead_, {{"kembali", list}}).status, 422) << "none selected";
  EXPECT_EQ(post(target, officer_, chosen).status, 403);
  EXPECT_TRUE(holds(post(target, lead_, chosen).body, "Batalkan 3 catatan?"));
  chosen.emplace_back("yakin", "1");
  EXPECT_EQ(post(target, lead_, chosen).status, 422) << "no reason";
  chosen.emplace_back("_alasan", "ganda");
  const auto done = location_of(post(target, lead_, chosen));
  EXPECT_TRUE(done.starts_with(list)) << done;
  EXPECT_TRUE(holds(get(done).body, "2 catatan dibatalkan, 1 dilewati"));
  EXPECT_EQ(number("test.voided", "SELECT COUNT(*) FROM record WHERE state = 2"), 2);
  const Form note{{"pilih", ids[2] + ".1"}, {"kembali", "https://evil.test/?"}, {"yakin", "1"}, {"_alasan", "Cek lagi"}};
  const auto noted = location_of(post("/catatan/ronde/komentari?tempat=melati&bulan=2026-11", lead_, note));
  EXPECT_TRUE(noted.starts_with("/catatan/ronde")) << noted;
  EXPECT_TRUE(holds(plain(get("/catatan/ronde/" + ids[2] + "?tempat=melati").body), "Cek lagi"));
  const auto about = "perihal=record%3A" + ids[0];
  EXPECT_TRUE(holds(get("/catatan/ronde/" + ids[0] + "?tempat=melati").body, about)) << "who reads the trail is led to it";
  auto trail = get("/jejak.csv?tempat=melati&" + about);
  auto lines = trail.body;
  for (std::string piece; trail.next_chunk && !(piece = trail.next_chunk()).empty();) lines += piece;
  EXPECT_TRUE(holds(lines, "Jumlah baris,2\r\n")) << lines;
  EXPECT_TRUE(holds(lines, say(Lang::Id, Msg::AuditRecordAdd)) && holds(lines, say(Lang::Id, Msg::AuditRecordVoid))) << lines;
}

TEST_P(EntryTest, JunkOfParticipantsIsVoidedFromTheListWithoutSeeingMore) {
  const auto* kessan = reference_.get()->latest("kessan");
  const auto send = [&](const std::string& message) {
    RawAnswers raw{{"nilai", {{"1"}, {}}}, {"pesan", {{message}, {}}}};
    const auto answers = check_answers(kessan->form, raw, civil_day(clock_.now(), Zone::Wib), true);
    ASSERT_TRUE(answers);
    const Instant at{clock_.now().micros - 9 * kDay};
    const app::NewRecord record{make_uuid(at), facility_, UnitKey{1}, kessan->version, at, Channel::Public, *answers};
    ASSERT_TRUE(app::save_record(context_, Scope(Role::Administrator, facility_, "public"), record));
  };
  send("asdf asdf");
  send("Petugas ramah");
  const std::string list = "/catatan/kessan?tempat=melati&bulan=2026-11&butir=pesan";
  EXPECT_FALSE(holds(get(list + "&kata=asdf").body, "Petugas ramah"));
  const auto page = get(list).body;
  const auto names = [&](const std::string& of) {
    std::vector<std::string> all;
    for (auto at = of.find("name=\"pilih\" value=\""); at != std::string::npos; at = of.find("name=\"pilih\" value=\"", at + 1))
      all.push_back(of.substr(at + 20, of.find('"', at + 20) - at - 20));
    return all;
  };
  const auto comments = names(page), ratings = names(get("/catatan/kessan?tempat=melati&bulan=2026-11&butir=nilai").body);
  ASSERT_EQ(comments.size(), 2U);
  for (const auto& one : comments) EXPECT_EQ(std::ranges::count(ratings, one), 0) << "no name joins two answers of one person";
  EXPECT_EQ(names(get("/catatan/kessan?tempat=melati&bulan=2026-11").body).size(), 0U);
  const auto junk = between(page, "asdf asdf", "aria-label");
  const auto name = between(junk, "value=\"", "\"");
  ASSERT_FALSE(name.empty()) << junk;
  const auto target = "/catatan/kessan/batalkan?tempat=melati&bulan=2026-11&butir=pesan";
  const auto done = location_of(post(target, lead_, {{"pilih", name}, {"kembali", list}, {"yakin", "1"}, {"_alasan", "bukan pendapat"}}));
  const auto after = get(done).body;
  EXPECT_TRUE(holds(after, "1 catatan dibatalkan") && holds(after, "Petugas ramah") && !holds(after, "asdf asdf")) << after;
}

PILAR_BOTH_ENGINES(EntryTest);

}  // namespace pilar::entry_test
