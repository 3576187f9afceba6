#include <gtest/gtest.h>

#include <future>
#include <regex>

#include "app/account.h"
#include "app/api_token.h"
#include "app/organisation.h"
#include "app/photo.h"
#include "app/record_list.h"
#include "app/survey_link.h"
#include "i18n/messages.h"
#include "i18n/words/entry.h"
#include "i18n/words/photo.h"
#include "i18n/words/survey.h"
#include "support/page_text.h"
#include "support/picture_bytes.h"
#include "support/shipped_store.h"
#include "web/site.h"

namespace pilar::photo_page_test {

using test::header_of;
using test::holds;

constexpr std::int64_t kDay = 86'400'000'000LL;
std::string found(const std::string& page, const std::string& pattern) {
  std::smatch match;
  return std::regex_search(page, match, std::regex(pattern)) ? match[1].str() : std::string();
}

struct Posted {
  std::string name, content;
  bool file = false;
  std::string file_name = "IMG_1.jpg";  ///< empty: nothing was chosen
};

/// A participant reports a dirty toilet with a photo; the whole site without sockets.
class PhotoPageTest : public test::ShippedStoreTest {
 protected:
  PhotoPageTest() : context_{db(), clock_, reference_, SigningKey{{7}}, test::kQuickPasswords}, site_(context_) {
    clock_.set({1'795'219'200'000'000});  // 21 November 2026
    app::refresh_reference(context_);
    app::NewPlace place;
    place.name = "Puskesmas Melati";
    place.facility_type = "puskesmas";
    place.units = {"Poli Umum"};
    facility_ = app::add_place(context_, system_, place).value();
    EXPECT_TRUE(app::create_account(context_, Scope(Role::Administrator, kEverywhere, "test"),
                                    {"sari", "Sari", "kata sandi panjang", Role::QualityLead, facility_}));
    session_ = app::sign_in(context_, "sari", "kata sandi panjang").value();
    const auto links = app::read_links(context_, Scope(Role::QualityLead, facility_, "test"), facility_).value();
    for (const auto& link : links)
      if (link.instrument == reference_.get()->latest("lapor")->instrument && link.unit.value == 0) form_ = "/s/" + app::link_name(link);
  }

  http::Reply ask(http::Method method, std::string_view target, std::string body = {}, http::Fields headers = {}) {
    const auto parsed = http::parse_target(target);
    http::Request request{.method = method, .path = parsed->path, .query = parsed->query};
    request.headers = std::move(headers);
    request.body = std::move(body);
    std::promise<http::Reply> answer;
    site_.handle(std::move(request), [&](http::Reply reply) { answer.set_value(std::move(reply)); });
    return answer.get_future().get();
  }
  http::Reply get(std::string_view target, bool signed_in = true) {
    http::Fields headers;
    if (signed_in) headers.emplace_back("cookie", "pilar_sesi=" + session_);
    return ask(http::Method::Get, target, {}, std::move(headers));
  }
  http::Reply post(std::string_view target, const std::vector<Posted>& parts, bool signed_in = false) {
    std::string body;
    for (const auto& [name, content, file, file_name] : parts)
      body += "--batas\r\nContent-Disposition: form-data; name=\"" + name + "\"" + (file ? "; filename=\"" + file_name + "\"" : "") +
              "\r\n\r\n" + content + "\r\n";
    http::Fields headers{{"content-type", "multipart/form-data; boundary=batas"}};
    if (signed_in) headers.emplace_back("cookie", "pilar_sesi=" + session_);
    return ask(http::Method::Post, target, body + "--batas--\r\n", std::move(headers));
  }
  /// What a form for staff sends besides the answers.
  std::vector<Posted> by_hand(const Uuid& id, std::vector<Posted> answers) {
    std::vector<Posted> parts{{"csrf", app::csrf_token(context_, session_)},
                              {"_id", text(id)},
                              {"_tempat", "puskesmas-melati"},
                              {"_unit", "-"},
                              {"_waktu", "2026-11-20T08:15"}};
    std::ranges::move(answers, std::back_inserter(parts));
    return parts;
  }
  std::string token() { return found(get(form_, false).body, "name=\"_token\" value=\"([^\"]*)\""); }
  static std::string picture() {
    return test::with_metadata(test::as_jpeg(test::png_bytes(60, 40, [](int x, int) { return static_cast<std::uint32_t>(x * 5); })), 6);
  }
  std::int64_t records() { return number("test.records", "SELECT COUNT(*) FROM record"); }
  std::int64_t photos() { return number("test.photos", "SELECT COUNT(*) FROM photo"); }

  app::ReferenceHolder reference_;
  app::Context context_;
  Scope system_{Role::Administrator, {0}, "test"};
  web::Site site_;
  FacilityKey facility_;
  std::string session_, form_;
};
PILAR_BOTH_ENGINES(PhotoPageTest);

TEST_P(PhotoPageTest, AParticipantSendsAPhotoWithoutScript) {
  const auto form = get(form_, false);
  ASSERT_EQ(form.status, 200);
  EXPECT_TRUE(holds(form.body, "enctype=\"multipart/form-data\""));
  EXPECT_TRUE(holds(form.body, "accept=\"image/jpeg,image/png,image/webp\""));
  const auto sealed = token();
  const std::vector<Posted> filled{{"_token", sealed}, {"keadaan", "kotor"}, {"foto", picture(), true}};
  const auto sent = post(form_, filled);
  ASSERT_EQ(sent.status, 303) << sent.body;
  EXPECT_TRUE(holds(get(header_of(sent, "Location"), false).body, say(Lang::Id, Msg::SurveyReceipt)));
  EXPECT_EQ(post(form_, filled).status, 303) << "a double tap";
  EXPECT_EQ(records(), 1);
  EXPECT_EQ(photos(), 1);
  EXPECT_EQ(number("test.flagged", "SELECT COUNT(*) FROM record WHERE state <> 1"), 0);
}

TEST_P(PhotoPageTest, APhotoNeedNotBeChosenAgain) {
  const auto sealed = token();
  const auto lacking = post(form_, {{"_token", sealed}, {"cerita", "Licin"}, {"foto", picture(), true}});
  ASSERT_EQ(lacking.status, 422);
  EXPECT_TRUE(holds(lacking.body, say(Lang::Id, Msg::PhotoKept)));
  EXPECT_TRUE(holds(lacking.body, "Licin"));
  const auto hash = found(lacking.body, "name=\"foto\" value=\"([0-9a-f]{64})\"");
  ASSERT_FALSE(hash.empty());
  const auto english =
      post(form_ + "?bahasa=en", {{"_token", sealed}, {"_bahasa", "en"}, {"foto", hash}, {"foto", "", true, ""}, {"cerita", "Licin"}});
  ASSERT_EQ(english.status, 200) << english.body.substr(0, 300);
  EXPECT_TRUE(holds(english.body, hash));
  EXPECT_TRUE(holds(english.body, say(Lang::En, Msg::PhotoKept)));
  const auto dropped = post(form_, {{"_token", sealed}, {"keadaan", ""}, {"cerita", "x"}, {"foto", hash}, {"_drop_foto", "1"}});
  EXPECT_FALSE(holds(dropped.body, hash));
  ASSERT_EQ(post(form_, {{"_token", sealed}, {"keadaan", "kotor"}, {"foto", hash}}).status, 303);
  EXPECT_EQ(records(), 1);
  EXPECT_EQ(number("test.used", "SELECT COUNT(*) FROM photo WHERE opens IS NOT NULL"), 1);
}

TEST_P(PhotoPageTest, ChangingTheLanguageKeepsAChosenPhoto) {
  const auto shown = post(form_ + "?bahasa=en", {{"_token", token()}, {"_bahasa", "en"}, {"keadaan", "rusak"}, {"foto", picture(), true}});
  EXPECT_EQ(shown.status, 200);
  EXPECT_TRUE(holds(shown.body, say(Lang::En, Msg::PhotoKept)));
  EXPECT_EQ(records(), 0);
}

TEST_P(PhotoPageTest, WhatIsNoPhotoIsRefusedInWordsAndTheRestStays) {
  const std::pair<std::string, Message> bad[] = {{"GIF89a....", Msg::PhotoOtherType},
                                                 {picture().substr(0, 400), Msg::PhotoDamaged},
                                                 {"", Msg::PhotoEmpty},
                                                 {test::png_claiming(30'000, 30'000), Msg::PhotoTooManyPixels}};
  for (const auto& [bytes, message] : bad) {
    const auto reply = post(form_, {{"_token", token()}, {"keadaan", "kotor"}, {"cerita", "Dekat pintu"}, {"foto", bytes, true}});
    EXPECT_EQ(reply.status, 422);
    EXPECT_TRUE(holds(reply.body, say(Lang::Id, message).substr(0, 14))) << say(Lang::Id, message);
    EXPECT_TRUE(holds(reply.body, "Dekat pintu"));
  }
  const auto gone = post(form_, {{"_token", token()}, {"keadaan", "kotor"}, {"foto", std::string(64, 'c')}});
  EXPECT_EQ(gone.status, 422);
  EXPECT_TRUE(holds(gone.body, say(Lang::Id, Msg::PhotoChooseAgain)));
  EXPECT_EQ(records(), 0);
  EXPECT_EQ(photos(), 0);
}

TEST_P(PhotoPageTest, AnOldFormSaysThatThePhotoMustBeChosenAgain) {
  const auto sealed = token();
  clock_.set({clock_.now().micros + 2 * kDay});
  const auto reply = post(form_, {{"_token", sealed}, {"keadaan", "kotor"}, {"foto", picture(), true}});
  EXPECT_EQ(reply.status, 422);
  EXPECT_TRUE(holds(reply.body, say(Lang::Id, Msg::PhotoChooseAgain)));
  EXPECT_TRUE(holds(reply.body, say(Lang::Id, Msg::SurveyExpired)));
  EXPECT_EQ(photos(), 0);
}

TEST_P(PhotoPageTest, ADamagedOrTooLargeBodyIsRefused) {
  EXPECT_EQ(ask(http::Method::Post, form_, "--batas\r\nbroken", {{"content-type", "multipart/form-data; boundary=batas"}}).status, 400);
  const auto limit = site_.body_limit(http::Method::Post, form_);
  EXPECT_EQ(limit.total, std::size_t{40} << 20U);
  EXPECT_EQ(limit.in_memory, std::size_t{64} << 10U);
  EXPECT_TRUE(holds(site_.refuse(413, form_, "id").body, "Kiriman terlalu besar: paling besar 40 MB."));
  EXPECT_TRUE(holds(site_.refuse(413, "/masuk", "en").body, "What was sent is too large: at most 64 KB."));
  EXPECT_TRUE(holds(site_.refuse(431, "/masuk", "id").body, "Kiriman terlalu besar."));
  EXPECT_EQ(header_of(site_.refuse(503, form_, "id"), "Retry-After"), "2");
  EXPECT_EQ(header_of(site_.refuse(413, form_, "id"), "Retry-After"), "");
}

TEST_P(PhotoPageTest, StaffSeeItInTheListWhenItIsOpenAndNobodyElseEver) {
  ASSERT_EQ(post(form_, {{"_token", token()}, {"keadaan", "kotor"}, {"foto", picture(), true}}).status, 303);
  const std::string list = "/catatan/lapor?tempat=puskesmas-melati&bulan=2026-11&butir=foto";
  EXPECT_FALSE(holds(get(list).body, "<img"));
  clock_.set({clock_.now().micros + app::kCommentDays * kDay});
  session_ = app::sign_in(context_, "sari", "kata sandi panjang").value();
  const auto shown = get(list).body;
  const auto href = found(shown, "href=\"(/foto/puskesmas-melati/[0-9a-f]{64})\"");
  ASSERT_FALSE(href.empty()) << shown;
  EXPECT_TRUE(holds(shown, "src=\"" + href + "?ukuran=kecil\""));
  EXPECT_EQ(get("/hasil/lapor?bulan=2026-11").status, 200) << "an instrument without a measure has its page";
  const auto photo = get(href);
  EXPECT_EQ(photo.status, 200);
  EXPECT_EQ(photo.content_type, "image/jpeg");
  EXPECT_TRUE(photo.body.starts_with("\xFF\xD8\xFF"));
  EXPECT_FALSE(holds(photo.body, "KameraUji"));
  EXPECT_EQ(header_of(photo, "X-Content-Type-Options"), "nosniff");
  EXPECT_TRUE(header_of(photo, "Content-Disposition").starts_with("inline; filename=\"foto-"));
  EXPECT_EQ(header_of(photo, "Cache-Control"), "no-store");
  EXPECT_LT(get(href + "?ukuran=kecil").body.size(), photo.body.size() + 1);
  EXPECT_EQ(get(href, false).status, 303) << "asks to sign in";
  EXPECT_EQ(get("/foto/puskesmas-melati/" + std::string(64, 'd')).status, 404);
  EXPECT_EQ(get("/foto/tidak-ada/" + std::string(64, 'd')).status, 404);
}

TEST_P(PhotoPageTest, StaffAddAndReplaceAPhotoByHand) {
  const auto form = get("/isi/lapor?tempat=puskesmas-melati").body;
  EXPECT_TRUE(holds(form, "enctype=\"multipart/form-data\""));
  EXPECT_TRUE(holds(form, "data-photos=\"/isi/lapor/foto\""));
  EXPECT_TRUE(holds(get("/isi/lapor/banyak?tempat=puskesmas-melati").body, say(Lang::Id, Msg::GridNoPhotos)));
  const auto id = make_uuid(clock_.now());
  const auto wrong = post("/isi/lapor", by_hand(id, {{"keadaan", "kotor"}, {"cerita", "Dekat pintu"}, {"foto", "GIF89a", true}}), true);
  EXPECT_EQ(wrong.status, 422);
  EXPECT_TRUE(holds(wrong.body, say(Lang::Id, Msg::PhotoOtherType)));
  EXPECT_TRUE(holds(wrong.body, "Dekat pintu"));
  const auto lacking = post("/isi/lapor", by_hand(id, {{"foto", picture(), true}}), true);
  EXPECT_EQ(lacking.status, 422);
  const auto kept = found(lacking.body, "name=\"foto\" value=\"([0-9a-f]{64})\"");
  ASSERT_FALSE(kept.empty()) << "it need not be chosen again";
  EXPECT_TRUE(holds(lacking.body, "src=\"/foto/puskesmas-melati/" + kept + "?ukuran=kecil\""));
  ASSERT_EQ(post("/isi/lapor", by_hand(id, {{"keadaan", "kotor"}, {"foto", kept}}), true).status, 303);
  EXPECT_EQ(records(), 1);
  EXPECT_EQ(number("test.used", "SELECT COUNT(*) FROM photo WHERE opens IS NOT NULL"), 1);
}

TEST_P(PhotoPageTest, APictureChosenInAFormIsKeptBeforeItIsSent) {
  const auto csrf = app::csrf_token(context_, session_);
  const auto choose = [&](const std::vector<Posted>& parts) {
    std::vector<Posted> all{{"csrf", csrf}, {"_tempat", "puskesmas-melati"}, {"_versi", "1"}};
    std::ranges::copy(parts, std::back_inserter(all));
    return post("/isi/lapor/foto", all, true);
  };
  const auto sent = choose({{"foto", picture(), true}});
  ASSERT_EQ(sent.status, 200) << sent.body;
  EXPECT_TRUE(sent.body.starts_with("<div class=\"field\">")) << sent.body;
  const auto hash = found(sent.body, "name=\"foto\" value=\"([0-9a-f]{64})\"");
  ASSERT_FALSE(hash.empty());
  EXPECT_EQ(get("/foto/puskesmas-melati/" + hash + "?ukuran=kecil").status, 200);
  EXPECT_EQ(get("/foto/puskesmas-melati/" + hash, false).status, 303) << "asks to sign in";
  const auto bad = choose({{"foto", picture().substr(0, 300), true}});
  EXPECT_EQ(bad.status, 422);
  EXPECT_TRUE(holds(bad.body, say(Lang::Id, Msg::PhotoDamaged)));
  EXPECT_EQ(choose({}).status, 422) << "no picture";
  EXPECT_EQ(choose({{"cerita", picture(), true}}).status, 422) << "not a question for a picture";
  EXPECT_EQ(post("/isi/lapor/foto", {{"_tempat", "puskesmas-melati"}, {"foto", picture(), true}}, true).status, 403) << "forged";
  EXPECT_EQ(records(), 0);
}

TEST_P(PhotoPageTest, AProgramSendsThePhotoFirstAndThenTheRecord) {
  const auto bearer = app::create_token(context_, system_, {"alat", Role::Machine, facility_, 30}).value().token;
  const http::Fields headers{{"authorization", "Bearer " + bearer}, {"content-type", "image/jpeg"}};
  const auto saved = ask(http::Method::Post, "/api/v1/photos?facility=puskesmas-melati", picture(), headers);
  ASSERT_EQ(saved.status, 201) << saved.body;
  const auto hash = found(saved.body, "\"photo\": ?\"([0-9a-f]{64})\"");
  ASSERT_FALSE(hash.empty()) << saved.body;
  EXPECT_TRUE(holds(saved.body, "\"height\""));
  EXPECT_EQ(ask(http::Method::Post, "/api/v1/photos?facility=puskesmas-melati", picture(), headers).status, 200);
  EXPECT_EQ(ask(http::Method::Post, "/api/v1/photos", picture(), headers).status, 422);
  EXPECT_EQ(ask(http::Method::Post, "/api/v1/photos?facility=x", picture(), headers).status, 422);
  const auto other = ask(http::Method::Post, "/api/v1/photos?facility=puskesmas-melati", "%PDF", headers);
  EXPECT_EQ(other.status, 422);
  EXPECT_TRUE(holds(other.body, "photo_other_type") || holds(other.body, "JPEG")) << other.body;
  const auto record = [&](const std::string& named) {
    return ask(http::Method::Post, "/api/v1/records",
               R"({"instrument":"lapor","facility":"puskesmas-melati","answers":{"keadaan":"kotor","foto":")" + named + R"("}})",
               {{"authorization", "Bearer " + bearer}, {"content-type", "application/json"}})
        .status;
  };
  EXPECT_EQ(record(hash), 201);
  EXPECT_EQ(record(std::string(64, 'e')), 422);
  EXPECT_EQ(records(), 1);
}

}  // namespace pilar::photo_page_test
