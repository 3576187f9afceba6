#include "app/survey.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <future>
#include <regex>
#include <set>

#include "app/instrument.h"
#include "app/organisation.h"
#include "app/survey_link.h"
#include "i18n/messages.h"
#include "i18n/words/page.h"
#include "i18n/words/survey.h"
#include "store/instrument_store.h"
#include "support/shipped_store.h"
#include "web/assets.h"
#include "web/qr_sheet.h"
#include "web/site.h"

namespace pilar::survey_test {
std::vector<std::string> every(const std::string& page, const std::string& pattern) {
  std::vector<std::string> found;
  const std::regex wanted(pattern);
  for (auto it = std::sregex_iterator(page.begin(), page.end(), wanted); it != std::sregex_iterator(); ++it) found.push_back((*it)[1]);
  return found;
}

bool holds(const std::string& text, std::string_view part) { return text.find(part) != std::string::npos; }
std::string in(Lang lang, Message message) { return std::string(say(lang, message)); }

/// A health centre with two units and the shipped instruments, seen from outside.
class SurveyTest : public test::ShippedStoreTest {
 protected:
  SurveyTest() : context_{db(), clock_, reference_, SigningKey{{7}}, test::kQuickPasswords}, site_(context_) {
    clock_.set({1'795'000'000'000'000});  // 18 November 2026
    app::refresh_reference(context_);
    app::NewPlace place;
    place.name = "Puskesmas Melati";
    place.facility_type = "puskesmas";
    place.units = {"Poli Umum", "Farmasi"};
    facility_ = app::add_place(context_, administrator_, place).value();
    kessan_ = "/s/" + app::link_name(link("kessan", 1));
  }

  Scope team() const { return {Role::QualityLead, facility_, "account:1"}; }

  store::SurveyLink link(std::string_view instrument, int unit) {
    const auto links = app::read_links(context_, team(), facility_);
    for (const auto& one : links.value())
      if (one.instrument == context_.reference.get()->latest(instrument)->instrument && one.unit.value == unit) return one;
    throw std::runtime_error("no such link");
  }

  http::Reply ask(http::Method method, std::string_view target, std::string body = {}, http::Fields headers = {}) {
    auto parsed = http::parse_target(target);
    http::Request request;
    request.method = method;
    request.path = parsed->path;
    request.query = parsed->query;
    request.headers = std::move(headers);
    request.headers.emplace_back("host", "mutu.example.go.id");
    if (method == http::Method::Post) request.headers.emplace_back("content-type", "application/x-www-form-urlencoded");
    request.body = std::move(body);
    return send(std::move(request));
  }
  http::Reply send(http::Request request) {
    std::promise<http::Reply> answered;
    site_.handle(std::move(request), [&](http::Reply reply) { answered.set_value(std::move(reply)); });
    return answered.get_future().get();
  }
  http::Reply get(std::string_view target, http::Fields headers = {}) { return ask(http::Method::Get, target, {}, std::move(headers)); }
  http::Reply post(std::string_view target, const http::Fields& fields, http::Fields headers = {}) {
    std::string body;
    for (const auto& [name, value] : fields)
      body += (body.empty() ? "" : "&") + http::percent_encode(name) + "=" + http::percent_encode(value);
    return ask(http::Method::Post, target, body, std::move(headers));
  }

  static std::string token_in(const std::string& page) { return every(page, "name=\"_token\" value=\"([^\"]*)\"").at(0); }
  static std::string location(const http::Reply& reply) {
    for (const auto& [name, value] : reply.headers)
      if (name == "Location") return value;
    return {};
  }

  std::int64_t records() { return number("test.records", "SELECT COUNT(*) FROM record"); }
  std::int64_t revisions() { return number("test.revisions", "SELECT COUNT(*) FROM record_revision"); }

  /// Opens the form, fills in its first step and sends it; the address of the thanks.
  std::string send_first_step() { return location(post(kessan_, {{"_token", token_in(get(kessan_).body)}, {"nilai", "4"}})); }

  http::Fields signed_in(Role role = Role::QualityLead) {
    EXPECT_TRUE(app::create_account(context_, Scope(Role::Administrator, kEverywhere, "test"),
                                    {"sari", "Sari", "kata sandi panjang", role, facility_}));
    return {{"cookie", "pilar_sesi=" + app::sign_in(context_, "sari", "kata sandi panjang").value()}};
  }

  app::ReferenceHolder reference_;
  app::Context context_;
  Scope administrator_{Role::Administrator, {0}, "test"};
  web::Site site_;
  FacilityKey facility_;
  std::string kessan_;
};

void expect_a_sound_page(const std::string& page) {
  const auto ids = every(page, " id=\"([^\"]*)\"");
  const std::set<std::string> known(ids.begin(), ids.end());
  EXPECT_EQ(known.size(), ids.size()) << "an id occurs twice";
  for (const auto& id : every(page, " for=\"([^\"]*)\"")) EXPECT_TRUE(known.contains(id)) << id;
  for (const auto& id : every(page, " href=\"#([^\"]*)\"")) EXPECT_TRUE(known.contains(id)) << id;
  const auto labels = every(page, " for=\"([^\"]*)\"");
  const std::set<std::string> labelled(labels.begin(), labels.end());
  for (const auto& control : every(page, "<(?:input|select|textarea) ([^>]*)>")) {
    if (holds(control, "type=\"hidden\"")) continue;
    const auto id = every(control, "id=\"([^\"]*)\"");
    EXPECT_TRUE(!id.empty() && labelled.contains(id[0])) << control;
  }
  EXPECT_FALSE(std::regex_search(page, std::regex("<script|<style|<[^>]* (style|on[a-z]+)=|https?://")));
}

TEST_P(SurveyTest, AParticipantIsDoneInTwoPages) {
  for (const auto lang : {Lang::Id, Lang::En}) {
    const auto target = kessan_ + (lang == Lang::En ? "?bahasa=en" : "");
    const auto form = get(target);
    EXPECT_EQ(form.status, 200);
    expect_a_sound_page(form.body);
    EXPECT_TRUE(holds(form.body, "Puskesmas Melati"));
    EXPECT_TRUE(holds(form.body, "Poli Umum"));
    EXPECT_TRUE(holds(form.body, lang == Lang::Id ? "Bagaimana pelayanan hari ini?" : "How was the service today?"));
    EXPECT_TRUE(holds(form.body, lang == Lang::Id ? "susunan Pilar" : "Pilar&#39;s own wording"));
    EXPECT_TRUE(std::ranges::find(form.headers, std::pair<std::string, std::string>("Cache-Control", "no-store")) != form.headers.end());
    const auto sent = post(target, {{"_token", token_in(form.body)}, {"nilai", "4"}, {"penjamin", "jkn"}, {"janji_ramah", "ditepati"}});
    EXPECT_EQ(sent.status, 303);
    const auto thanks = get(location(sent));
    EXPECT_EQ(thanks.status, 200);
    expect_a_sound_page(thanks.body);
    EXPECT_TRUE(holds(thanks.body, in(lang, Msg::SurveyThanks)));
    EXPECT_TRUE(std::regex_search(thanks.body, std::regex("<b>[0-9A-Z]{4}-[0-9A-Z]{4}</b>")));
  }
  EXPECT_EQ(records(), 2);
}

TEST_P(SurveyTest, TheFirstLoadIsSmall) {
  http::Request style;
  style.path = web::asset_href("public.css");
  const auto css = style.path.empty() ? std::nullopt : web::serve_asset(style);
  const auto bytes = get(kessan_).body.size() + (css ? css->body.size() : 0);
  EXPECT_LT(bytes, 60'000U);
}

TEST_P(SurveyTest, ATouchTooMuchIsOneRecord) {
  const http::Fields fields{{"_token", token_in(get(kessan_).body)}, {"nilai", "5"}, {"pesan", "Terima kasih"}};
  const auto first = post(kessan_, fields), second = post(kessan_, fields);
  EXPECT_EQ(location(first), location(second));
  EXPECT_EQ(records(), 1);
}

TEST_P(SurveyTest, AMissingRatingKeepsTheRest) {
  const auto token = token_in(get(kessan_).body);
  const auto reply = post(kessan_, {{"_token", token}, {"janji_biaya", "tidak"}, {"pesan", "Antre <lama>"}});
  EXPECT_EQ(reply.status, 422);
  expect_a_sound_page(reply.body);
  EXPECT_TRUE(holds(reply.body, "<a href=\"#f-nilai\">Nilai pelayanan hari ini: Pilih satu jawaban.</a>"));
  EXPECT_TRUE(holds(reply.body, "id=\"f-nilai-m\""));
  EXPECT_TRUE(holds(reply.body, "Antre &lt;lama&gt;</textarea>"));
  EXPECT_TRUE(std::regex_search(reply.body, std::regex("name=\"janji_biaya\" value=\"tidak\" checked")));
  EXPECT_EQ(token_in(reply.body), token) << "the same form, so that it stays one record";
  EXPECT_EQ(records(), 0);
}

TEST_P(SurveyTest, AnInventedOptionShowsNoKeys) {
  const auto reply = post(kessan_, {{"_token", token_in(get(kessan_).body)}, {"nilai", "9"}});
  EXPECT_EQ(reply.status, 422);
  EXPECT_FALSE(holds(reply.body, "sangat_buruk,"));
}

TEST_P(SurveyTest, AForgedFormIsRefusedInWords) {
  auto token = token_in(get(kessan_).body);
  token.back() = token.back() == 'A' ? 'B' : 'A';
  for (const auto& wrong : {token, std::string(), std::string("x"), token_in(get("/s/" + app::link_name(link("kessan", 2))).body),
                            token_in(get("/s/" + app::link_name(link("skm", 1))).body)}) {
    const auto reply = post(kessan_, {{"_token", wrong}, {"nilai", "4"}});
    EXPECT_EQ(reply.status, 400);
    EXPECT_TRUE(holds(reply.body, in(Lang::Id, Msg::SurveyForged)));
  }
  EXPECT_EQ(records(), 0);
}

TEST_P(SurveyTest, AnExpiredFormKeepsItsAnswers) {
  const auto token = token_in(get(kessan_).body);
  clock_.set({clock_.now().micros + app::kFormTokenMicros + 1});
  const auto reply = post(kessan_, {{"_token", token}, {"nilai", "2"}, {"pesan", "Lama"}});
  EXPECT_EQ(reply.status, 422);
  EXPECT_TRUE(holds(reply.body, in(Lang::Id, Msg::SurveyExpired)));
  EXPECT_TRUE(holds(reply.body, "Lama</textarea>"));
  EXPECT_TRUE(std::regex_search(reply.body, std::regex("name=\"nilai\" value=\"2\" checked")));
  EXPECT_EQ(post(kessan_, {{"_token", token_in(reply.body)}, {"nilai", "2"}}).status, 303);
  EXPECT_EQ(records(), 1);
}

TEST_P(SurveyTest, TheLaterStepAddsToTheSameRecord) {
  const auto thanks = send_first_step();
  const auto before = get(thanks).body;
  EXPECT_TRUE(holds(before, in(Lang::Id, Msg::SurveyMore)));
  const http::Fields more{{"_token", token_in(before)}, {"sikap_ramah", "ya"}, {"sikap_sigap", "_not_observed"}, {"nilai", "1"}};
  EXPECT_EQ(location(post(kessan_ + "/lanjut", more)), thanks);
  EXPECT_EQ(location(post(kessan_ + "/lanjut", more)), thanks) << "sent twice";
  EXPECT_EQ(records(), 1);
  EXPECT_EQ(revisions(), 1);
  const auto after = get(thanks).body;
  EXPECT_TRUE(holds(after, in(Lang::Id, Msg::SurveyMoreThanks)));
  EXPECT_FALSE(holds(after, in(Lang::Id, Msg::SurveyMore)));
  db().read([&](store::Tx& tx) {
    const auto* version = context_.reference.get()->latest("kessan");
    store::each_facility_record(tx, facility_, [&](const store::StoredRecord& record) {
      const auto answers = from_canonical(record.answers);
      EXPECT_EQ(answers.at(*version->form.index_of("nilai")), Answer{Code{4}}) << "the first step stays";
      EXPECT_EQ(answers.at(*version->form.index_of("sikap_ramah")), Answer{Code{1}});
      EXPECT_EQ(answers.at(*version->form.index_of("sikap_sigap")), Answer{Empty::NotObserved});
      EXPECT_EQ(answers.at(*version->form.index_of("sikap_rapi")), Answer{Empty::Blank});
    });
  });
}

TEST_P(SurveyTest, WhatWasNotAskedIsNotBlank) {
  send_first_step();
  db().read([&](store::Tx& tx) {
    const auto* version = context_.reference.get()->latest("kessan");
    store::each_facility_record(tx, facility_, [&](const store::StoredRecord& record) {
      const auto answers = from_canonical(record.answers);
      EXPECT_EQ(answers.at(*version->form.index_of("sikap_ramah")), Answer{Empty::NotAsked}) << "the later step was not opened";
      EXPECT_EQ(answers.at(*version->form.index_of("janji_hari_rawat")), Answer{Empty::NotAsked}) << "only for inpatients";
      EXPECT_EQ(answers.at(*version->form.index_of("janji_ramah")), Answer{Empty::Blank});
    });
  });
}

TEST_P(SurveyTest, WhatHasNotHappenedIsRefusedInEitherStepAndABookingIsNot) {
  constexpr std::string_view kPack = R"(
instrument: waktu-layan
version: 1
title: {id: Waktu layan, en: Time of service}
purpose: {id: Untuk uji, en: For tests}
source: uji
pillar: peserta
public: yes
sections:
  - key: a
    title: {id: A, en: A}
    items:
      - {key: datang, type: instant, label: {id: Datang, en: Arrived}}
      - {key: janji, type: instant, future: yes, label: {id: Janji berikutnya, en: Next appointment}}
      - {key: banyak, type: number, label: {id: Banyak, en: Many}}
  - key: b
    title: {id: B, en: B}
    step: 2
    items:
      - {key: pulang, type: instant, label: {id: Pulang, en: Left}}
measures:
  - {key: banyak, type: sum, title: {id: Banyak, en: Many}, items: banyak}
)";
  const auto installed = app::install_instrument(context_, administrator_, kPack, "waktu-layan.yaml");
  ASSERT_TRUE(installed) << say(Lang::En, installed.error().front());
  ASSERT_TRUE(app::add_missing_links(context_, team(), facility_));
  const auto form = "/s/" + app::link_name(link("waktu-layan", 0));
  const auto now = clock_.now();
  const auto typed = [&](std::int64_t minutes) { return iso(Instant{now.micros + minutes * 60'000'000}, Zone::Wib).substr(0, 16); };
  const auto words = [](const http::Reply& reply) { return holds(reply.body, "Yang belum terjadi tidak bisa dicatat"); };
  const auto refused = post(form, {{"_token", token_in(get(form).body)}, {"datang", typed(60)}, {"janji", typed(60)}});
  EXPECT_EQ(refused.status, 422);
  EXPECT_TRUE(words(refused)) << refused.body;
  EXPECT_TRUE(holds(refused.body, typed(60))) << "what was typed is kept";
  EXPECT_EQ(records(), 0);
  const auto sent = post(form, {{"_token", token_in(refused.body)}, {"datang", typed(-60)}, {"janji", typed(60)}});
  ASSERT_EQ(sent.status, 303) << sent.body;
  const auto more = token_in(get(location(sent)).body);
  const auto later = post(form + "/lanjut", {{"_token", more}, {"pulang", typed(60)}});
  EXPECT_EQ(later.status, 422);
  EXPECT_TRUE(words(later)) << later.body;
  EXPECT_EQ(revisions(), 0);
  EXPECT_EQ(post(form + "/lanjut", {{"_token", more}, {"pulang", typed(0)}}).status, 303);
  EXPECT_EQ(revisions(), 1);
}

TEST_P(SurveyTest, QuestionsThatFollowAChoiceNeedNoScript) {
  const auto page = get(kessan_).body;
  EXPECT_TRUE(std::regex_search(page, std::regex("name=\"kunjungan\" value=\"rawat_inap\" data-shows=\"1\"")));
  EXPECT_TRUE(std::regex_search(page, std::regex("name=\"resep\" value=\"ya\" data-shows=\"2\"")));
  EXPECT_FALSE(std::regex_search(page, std::regex("value=\"rawat_jalan\" data-shows")));
  EXPECT_TRUE(std::regex_search(page, std::regex("data-part=\"1\">.*name=\"janji_hari_rawat\"")));
  EXPECT_TRUE(holds(page, "Isi kalau Anda memilih “Rawat inap”."));
}

TEST_P(SurveyTest, EveryPublicInstrumentCanBeDrawn) {
  for (const auto* version : context_.reference.get()->latest_of_all()) {
    if (!version->form.is_public) continue;
    const auto page = get("/s/" + app::link_name(link(version->form.key, 0)));
    EXPECT_EQ(page.status, 200);
    expect_a_sound_page(page.body);
    for (const auto& item : version->form.items)
      EXPECT_EQ(app::step_of(version->form, item) == 1, holds(page.body, " name=\"" + item.key + "\"")) << item.key;
  }
}

TEST_P(SurveyTest, AnUnknownOrClosedAddressSaysSo) {
  for (const char* unknown : {"/s/zzzzz-aaaaa", "/s/1-aaaaa", "/s/hello", "/s/-", "/s/1-", "/s/99999999999999-a"}) {
    const auto reply = get(unknown);
    EXPECT_EQ(reply.status, 404) << unknown;
    EXPECT_TRUE(holds(reply.body, in(Lang::Id, Msg::SurveyUnknown))) << unknown;
  }
  const auto token = token_in(get(kessan_).body);
  ASSERT_TRUE(app::open_link(context_, team(), facility_, link("kessan", 1).code, false));
  EXPECT_TRUE(holds(get(kessan_).body, in(Lang::Id, Msg::SurveyClosed)));
  EXPECT_TRUE(holds(post(kessan_, {{"_token", token}, {"nilai", "4"}}).body, in(Lang::Id, Msg::SurveyClosed)));
  EXPECT_EQ(records(), 0);
}

TEST_P(SurveyTest, OneFormCannotBeSentForever) {
  const auto token = token_in(get(kessan_).body);
  for (int i = 0; i < 30; ++i) post(kessan_, {{"_token", token}});
  EXPECT_EQ(post(kessan_, {{"_token", token}, {"nilai", "4"}}).status, 429);
  EXPECT_EQ(post(kessan_, {{"_token", token_in(get(kessan_).body)}, {"nilai", "4"}}).status, 303) << "the next person is not held up";
}

TEST_P(SurveyTest, DamagedFormsAreRefusedInWords) {
  const auto token = http::percent_encode(token_in(get(kessan_).body));
  const auto broken = ask(http::Method::Post, kessan_ + "?bahasa=en", "_token=" + token + "&pesan=%FF%FE");
  EXPECT_EQ(broken.status, 400);
  EXPECT_TRUE(holds(broken.body, in(Lang::En, Msg::PageBadForm)));
  const auto long_text = post(kessan_, {{"_token", token_in(get(kessan_).body)}, {"nilai", "4"}, {"pesan", std::string(2001, 'x')}});
  EXPECT_EQ(long_text.status, 422);
  EXPECT_TRUE(holds(long_text.body, std::string(2001, 'x') + "</textarea>"));
  const auto limit = site_.body_limit(http::Method::Post, kessan_);
  EXPECT_LE(limit.total, std::size_t{40} << 20) << "more is answered with 413 before it is read";
  http::Request large{.method = http::Method::Post, .path = kessan_, .query = {}};
  large.headers = {{"host", "mutu.example.go.id"}, {"content-type", "application/x-www-form-urlencoded"}};
  large.body_file = "what-is-larger-than-memory-may-hold";
  EXPECT_LT(limit.in_memory, std::size_t{10} << 20) << "ten megabytes of text come as a file, which is answered with 413";
  EXPECT_EQ(send(std::move(large)).status, 413);
  EXPECT_EQ(site_.refuse(413, "/s/x", "en").status, 413);
}

TEST_P(SurveyTest, AnotherLanguageLosesNothingThatWasTyped) {
  const auto form = get(kessan_).body;
  EXPECT_TRUE(holds(form, "form=\"isian\" formaction=\"" + kessan_ + "?bahasa=en\" formnovalidate name=\"_bahasa\""));
  const http::Fields typed{{"_token", token_in(form)}, {"nilai", "9"}, {"pesan", "Antre\r\n<lama>"}, {"_bahasa", "en"}};
  const auto english = post(kessan_ + "?bahasa=en", typed);
  EXPECT_EQ(english.status, 200);
  EXPECT_TRUE(holds(english.body, "<html lang=\"en\""));
  EXPECT_TRUE(holds(english.body, "Antre\n&lt;lama&gt;</textarea>"));
  EXPECT_FALSE(holds(english.body, "class=\"message\"")) << "nothing is judged yet";
  EXPECT_EQ(token_in(english.body), token_in(form));
  EXPECT_EQ(records(), 0);
  EXPECT_TRUE(holds(english.body, "formaction=\"" + kessan_ + "?bahasa=id\""));
  const auto thanks = send_first_step();
  const auto token = token_in(get(thanks).body);
  const auto later =
      post(kessan_ + "/lanjut?bahasa=en", {{"_token", token}, {"sikap_rapi", "ya"}, {"s_senyum", "_not_observed"}, {"_bahasa", "en"}});
  EXPECT_EQ(later.status, 200);
  EXPECT_TRUE(holds(later.body, "<details class=\"more\" open"));
  EXPECT_TRUE(holds(later.body, "name=\"sikap_rapi\" value=\"ya\" checked"));
  EXPECT_TRUE(holds(later.body, "name=\"s_senyum\" value=\"_not_observed\" checked"));
  EXPECT_EQ(revisions(), 0);
  expect_a_sound_page(later.body);
}

TEST_P(SurveyTest, EarlyRefusalsSpeakTheChosenLanguage) {
  const auto refused = [&](http::Fields headers, http::Fields query = {}) {
    const http::Request head{.path = "/s/x", .query = std::move(query), .headers = std::move(headers)};
    return site_.refuse(413, head.path, site_.language(head)).body;
  };
  const std::string english = "What was sent is too large: at most 40 MB.", indonesian = "Kiriman terlalu besar: paling besar 40 MB.";
  EXPECT_TRUE(holds(refused({{"cookie", "a=b; pilar_bahasa=en"}, {"accept-language", "id-ID"}}), english));
  EXPECT_TRUE(holds(refused({{"cookie", "pilar_bahasa=id"}, {"accept-language", "en-GB"}}), indonesian));
  EXPECT_TRUE(holds(refused({{"cookie", "pilar_bahasa=id"}}, {{"bahasa", "en"}}), english));
  EXPECT_TRUE(holds(refused({{"accept-language", "en-GB"}}), english));
  EXPECT_TRUE(holds(refused({}), indonesian));
}

TEST_P(SurveyTest, ThanksAreOnlyForWhatArrived) {
  const auto token = token_in(get(kessan_).body);
  EXPECT_TRUE(holds(get(kessan_ + "/terima-kasih?t=" + token).body, in(Lang::Id, Msg::SurveyNotSent)));
  EXPECT_TRUE(holds(get(kessan_ + "/terima-kasih").body, in(Lang::Id, Msg::SurveyForged)));
  const auto thanks = send_first_step();
  clock_.set({clock_.now().micros + app::kFormTokenMicros + 1});
  EXPECT_TRUE(holds(get(thanks).body, in(Lang::Id, Msg::SurveyOver)));
}

TEST_P(SurveyTest, StaffSeeAndCloseTheirSurveys) {
  const auto me = signed_in();
  const auto page = get("/survei", me);
  EXPECT_EQ(page.status, 200);
  EXPECT_TRUE(holds(page.body, "href=\"" + kessan_ + "\""));
  EXPECT_TRUE(holds(page.body, "/hasil/kessan?tempat=puskesmas-melati"));
  const auto csrf = every(page.body, "name=\"csrf\" value=\"([^\"]*)\"").at(0);
  const http::Fields close{{"tautan", link("kessan", 1).code}, {"ubah", "tutup"}};
  EXPECT_EQ(post("/survei/puskesmas-melati/tautan", close, me).status, 403) << "without the session's mark";
  auto marked = close;
  marked.emplace_back("csrf", csrf);
  EXPECT_EQ(location(post("/survei/puskesmas-melati/tautan", marked, me)), "/survei?tempat=puskesmas-melati&sudah=tutup");
  EXPECT_FALSE(link("kessan", 1).open);
  EXPECT_EQ(number("test.audit", "SELECT COUNT(*) FROM audit_line WHERE action = 'link.close'"), 1);
  EXPECT_EQ(get("/survei?tempat=F1", me).status, 403) << "another facility";
  EXPECT_EQ(get("/survei?tempat=tidak-ada", me).status, 404);
  EXPECT_EQ(get("/survei").status, 303);
}

TEST_P(SurveyTest, AReaderManagesNothing) {
  const auto me = signed_in(Role::Surveyor);
  const auto page = get("/survei", me).body;
  EXPECT_FALSE(holds(page, "name=\"ubah\""));
  EXPECT_EQ(get("/survei/puskesmas-melati/qr", me).status, 403);
}

TEST_P(SurveyTest, WhoLooksAfterManyFacilitiesChoosesOne) {
  app::NewPlace district;
  district.kind = NodeKind::District;
  district.name = "Kabupaten Contoh";
  const auto above = app::add_place(context_, administrator_, district).value();
  for (const char* name : {"Klinik Mawar", "Klinik Kenanga"}) {
    app::NewPlace clinic;
    clinic.parent = above;
    clinic.name = name;
    clinic.facility_type = "klinik_pratama";
    clinic.units = {"Poli"};
    ASSERT_TRUE(app::add_place(context_, Scope(Role::Administrator, above, "test"), clinic));
  }
  ASSERT_TRUE(app::create_account(context_, Scope(Role::Administrator, kEverywhere, "test"),
                                  {"budi", "Budi", "kata sandi panjang", Role::QualityLead, above}));
  const http::Fields me{{"cookie", "pilar_sesi=" + app::sign_in(context_, "budi", "kata sandi panjang").value()}};
  const auto all = get("/survei", me).body;
  EXPECT_TRUE(holds(all, "/survei?tempat=klinik-mawar"));
  EXPECT_TRUE(holds(all, "/survei?tempat=klinik-kenanga"));
  EXPECT_FALSE(holds(all, "Melati")) << "not below this place";
  const auto some = get("/survei?cari=mawar&halaman=99", me).body;
  EXPECT_TRUE(holds(some, "klinik-mawar"));
  EXPECT_FALSE(holds(some, "klinik-kenanga"));
  EXPECT_TRUE(holds(get("/survei?cari=tidak-ada", me).body, in(Lang::Id, Msg::SurveysNoneFound)));
  EXPECT_TRUE(holds(get("/survei?tempat=klinik-mawar", me).body, "/s/"));
  EXPECT_EQ(get("/survei?tempat=puskesmas-melati", me).status, 403);
}

TEST_P(SurveyTest, MissingAddressesAreMade) {
  const auto before = app::read_links(context_, team(), facility_)->size();
  db().shared([&](store::Tx& tx) {
    store::insert_unit(tx, {facility_, {}, "gigi", "Poli Gigi", {}, {}});
    store::advance_generation(tx);
  });
  app::refresh_reference(context_);
  EXPECT_EQ(app::add_missing_links(context_, team(), facility_), 3U);
  EXPECT_EQ(app::add_missing_links(context_, team(), facility_), 0U);
  EXPECT_EQ(app::read_links(context_, team(), facility_)->size(), before + 3);
}

TEST_P(SurveyTest, TheSheetHasACodeForEachOpenLink) {
  const auto me = signed_in();
  const auto page = get("/survei/puskesmas-melati/qr", me).body;
  EXPECT_EQ(every(page, "(<svg class=\"qr\")").size(), 9U) << "three instruments at the whole and at two units";
  EXPECT_TRUE(holds(page, "mutu.example.go.id" + kessan_));
  EXPECT_EQ(every(get("/survei/puskesmas-melati/qr?unit=1&instrumen=kessan", me).body, "(<svg class=\"qr\")").size(), 1U);
  EXPECT_TRUE(holds(get("/survei/puskesmas-melati/qr?unit=77", me).body, in(Lang::Id, Msg::SheetEmpty)));
}

PILAR_BOTH_ENGINES(SurveyTest);

TEST(SurveyLink, NamesAreReadBackAndNothingElseIs) {
  const store::SurveyLink link{{123456}, "k7m2q", {1}, {0}, true};
  EXPECT_EQ(app::link_name(link), "2n9c-k7m2q");
  const auto back = app::parse_link_name("2N9C-K7M2Q");
  ASSERT_TRUE(back);
  EXPECT_EQ(back->facility, link.facility);
  EXPECT_EQ(back->code, link.code);
  for (const char* wrong : {"", "-", "a", "a-", "-a", "0-a", "zzzzzzzzzz-a", "1_-a", " 1-a"})
    EXPECT_FALSE(app::parse_link_name(wrong)) << wrong;
}

TEST(SiteAddress, IsTakenOnlyFromAWellFormedHost) {
  http::Request request;
  EXPECT_EQ(web::site_address(request), "");
  request.headers = {{"host", "Mutu.Example.go.id:8443"}};
  EXPECT_EQ(web::site_address(request), "http://mutu.example.go.id:8443");
  request.secure = true;
  EXPECT_EQ(web::site_address(request), "https://mutu.example.go.id:8443");
  request.headers = {{"host", "a b"}};
  EXPECT_EQ(web::site_address(request), "");
  request.headers = {{"host", "evil/path"}};
  EXPECT_EQ(web::site_address(request), "");
}

}  // namespace pilar::survey_test
