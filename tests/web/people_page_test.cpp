#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <future>
#include <regex>
#include <set>

#include "app/account.h"
#include "app/api_token.h"
#include "app/people.h"
#include "app/place.h"
#include "app/second_factor.h"
#include "base/one_time_code.h"
#include "i18n/format.h"
#include "i18n/messages.h"
#include "i18n/words/access.h"
#include "i18n/words/entry.h"
#include "i18n/words/people.h"
#include "store/audit_store.h"
#include "store/draft_store.h"
#include "support/page_text.h"
#include "support/test_store.h"
#include "web/audit_words.h"
#include "web/device_words.h"
#include "web/site.h"

namespace pilar::people_page_test {

using test::between;
using test::header_of;

constexpr std::string_view kSecret = "kata sandi yang panjang";
using Form = std::vector<std::pair<std::string, std::string>>;

std::string cookie_of(const http::Reply& reply) {
  for (const auto& [name, value] : reply.headers)
    if (name == "Set-Cookie" && value.starts_with("pilar_sesi=")) return value.substr(11, value.find(';') - 11);
  return {};
}
std::string body_of(http::Reply reply) {
  for (auto chunk = reply.next_chunk ? reply.next_chunk() : ""; !chunk.empty(); chunk = reply.next_chunk()) reply.body += chunk;
  return reply.body;
}

/// People, their pages and their sessions, through the whole site.
class PeoplePageTest : public test::StoreTest {
 protected:
  PeoplePageTest() : context_{db(), clock_, reference_, SigningKey{{7}}, test::kQuickPasswords}, site_(context_) {
    clock_.set({1'795'219'200'000'000});
    app::refresh_reference(context_);
    add("admin", Role::Administrator);
    add("sari", Role::Officer);
  }
  void add(const std::string& login, Role role, FacilityKey place = test::kFirst) {
    ASSERT_TRUE(app::create_account(context_, operator_, {login, "Nama " + login, std::string(kSecret), role, place}));
  }
  std::string session(const std::string& login) { return app::sign_in(context_, login, kSecret, "Firefox, Linux").value(); }
  http::Reply ask(http::Method method, std::string_view target, const std::string& token = {}, Form form = {}) {
    auto parsed = http::parse_target(target).value();
    http::Request request{.method = method, .path = parsed.path, .query = parsed.query};
    request.headers = {{"host", "mutu.test"}, {"content-type", "application/x-www-form-urlencoded"}};
    if (!token.empty()) request.headers.emplace_back("cookie", "pilar_sesi=" + token);
    for (const auto& [name, value] : form)
      request.body += (request.body.empty() ? "" : "&") + http::percent_encode(name) + "=" + http::percent_encode(value);
    std::promise<http::Reply> answer;
    site_.handle(std::move(request), [&](http::Reply reply) { answer.set_value(std::move(reply)); });
    return answer.get_future().get();
  }
  http::Reply get(std::string_view target, const std::string& token = {}) { return ask(http::Method::Get, target, token); }
  http::Reply post(std::string_view target, const std::string& token, Form form) {
    if (!token.empty()) form.emplace_back("csrf", app::csrf_token(context_, token));
    return ask(http::Method::Post, target, token, std::move(form));
  }
  http::Reply try_password(std::string_view password) {
    return post("/masuk", "", {{"login", "sari"}, {"password", std::string(password)}});
  }
  std::string code(const std::string& key) { return one_time_code(decode_base32(key), code_step(clock_.now())); }
  std::string name_of(FacilityKey place) { return reference_.get()->organisation.find(place)->name; }
  std::string version(const std::string& login) { return std::to_string(app::load_person(context_, operator_, login)->account.version); }

  app::ReferenceHolder reference_;
  app::Context context_;
  web::Site site_;
  Scope operator_{Role::Administrator, kEverywhere, "cli"};
};

TEST_P(PeoplePageTest, ASessionThatSomebodyPlantedIsNotUsed) {
  const std::string planted = "sesi-yang-ditanam";
  const auto reply = ask(http::Method::Post, "/masuk", planted, {{"login", "sari"}, {"password", std::string(kSecret)}});
  ASSERT_EQ(reply.status, 303);
  EXPECT_FALSE(cookie_of(reply).empty());
  EXPECT_NE(cookie_of(reply), planted);
  EXPECT_EQ(get("/akun", planted).status, 303) << "the planted one is still nobody's";
  EXPECT_EQ(get("/akun", cookie_of(reply)).status, 200);
}

TEST_P(PeoplePageTest, AnotherPersonsSessionAndMarkDoNothing) {
  const auto sari = session("sari"), admin = session("admin");
  const auto admins = app::list_sessions(context_, *app::find_person(context_, admin), admin).front().id;
  EXPECT_EQ(post("/akun/sesi", sari, {{"sesi", admins}}).status, 404);
  EXPECT_EQ(ask(http::Method::Post, "/akun/sesi", sari, {{"sesi", "lain"}, {"csrf", app::csrf_token(context_, admin)}}).status, 403);
  EXPECT_EQ(get("/akun", admin).status, 200);
}

TEST_P(PeoplePageTest, AnotherSiteSignsNobodyIn) {
  const auto send = [&](const char* site) {
    http::Request request{.method = http::Method::Post, .path = "/masuk"};
    request.headers = {{"host", "mutu.test"}, {"content-type", "application/x-www-form-urlencoded"}, {"sec-fetch-site", site}};
    request.body = "login=sari&password=" + http::percent_encode(kSecret);
    std::promise<http::Reply> answer;
    site_.handle(std::move(request), [&](http::Reply reply) { answer.set_value(std::move(reply)); });
    return answer.get_future().get();
  };
  const auto forged = send("cross-site");
  EXPECT_EQ(forged.status, 403);
  EXPECT_TRUE(cookie_of(forged).empty());
  for (const char* ours : {"same-origin", "none"}) EXPECT_EQ(send(ours).status, 303) << ours;
}

TEST_P(PeoplePageTest, FiveWrongPasswordsOrCodesCloseTheNameAndTheTrailTellsIt) {
  const auto token = session("sari");
  const auto key = app::new_factor_key();
  ASSERT_TRUE(app::switch_on_second_factor(context_, *app::find_person(context_, token), key, code(key)));
  clock_.set({clock_.now().micros + 60'000'000});
  for (int i = 0; i < 2; ++i) EXPECT_EQ(try_password("salah salah salah").status, 403);
  const auto page = try_password(kSecret);
  ASSERT_EQ(page.status, 200) << "the second page";
  EXPECT_TRUE(cookie_of(page).empty());
  const auto half = between(page.body, "name=\"tengah\" value=\"", "\"");
  for (int i = 0; i < 3; ++i) EXPECT_EQ(post("/masuk/kode", "", {{"tengah", half}, {"code", "000000"}}).status, 403);
  const Form right{{"tengah", half}, {"code", code(key)}};
  const auto closed = post("/masuk/kode", "", right);
  EXPECT_EQ(closed.status, 429);
  EXPECT_NE(closed.body.find(say(Lang::Id, Msg::SignInWait, {"15"})), std::string::npos);
  EXPECT_EQ(try_password(kSecret).status, 429);
  clock_.set({clock_.now().micros + 16 * 60'000'000});
  const auto again = between(try_password(kSecret).body, "name=\"tengah\" value=\"", "\"");
  const auto opened = post("/masuk/kode", "", {{"tengah", again}, {"code", code(key)}});
  EXPECT_EQ(opened.status, 303);
  EXPECT_EQ(get("/akun", cookie_of(opened)).status, 200);
  std::vector<store::AuditLine> locks;
  db().read([&](store::Tx& tx) {
    for (const auto& stored : store::load_audit(tx, test::kFirst, 0, 100))
      if (stored.line.action == "account.lock") locks.push_back(stored.line);
  });
  ASSERT_EQ(locks.size(), 1U);
  EXPECT_EQ(locks.front().detail, R"({"failed":5})");
}

TEST_P(PeoplePageTest, ARoleThatEndedYesterdayOpensNothing) {
  const auto admin = session("admin");
  ASSERT_EQ(get("/orang", admin).status, 200);
  const auto today = civil_day(clock_.now(), Zone::Wib);
  add("lama", Role::Officer);
  ASSERT_TRUE(app::give_role(context_, operator_, "lama", {Role::Head, test::kFirst, {}, Day{today.value - 9}, today}));
  const auto former = session("lama");
  const auto reply = get("/orang", former);
  EXPECT_EQ(reply.status, 403);
  EXPECT_EQ(get("/beranda", former).body.find("href=\"/orang\""), std::string::npos) << "nor does the bar offer it";
  EXPECT_NE(get("/akun", admin).body.find("href=\"/orang\""), std::string::npos);
}

TEST_P(PeoplePageTest, APageSaysWhichRoleOpensItHere) {
  const auto first = Role::Head, second = Role::Administrator;
  add("dua-tempat", first, test::kFirst);
  const auto today = civil_day(clock_.now(), Zone::Wib);
  ASSERT_TRUE(app::give_role(context_, operator_, "dua-tempat", {second, test::kSecond, {}, {}, Day{today.value + 10}}));
  const auto both = session("dua-tempat");
  const auto why = [&](Role role, const std::string& place) {
    return say(Lang::Id, Msg::AccessRoleAt, {std::string(say(Lang::Id, title(role))), place});
  };
  const auto here = say(Lang::Id, Msg::AccessWhy, {why(first, name_of(test::kFirst))});
  EXPECT_NE(get("/orang", both).body.find(here), std::string::npos);
  EXPECT_NE(get("/orang?tempat=F1", both).body.find(here), std::string::npos);
  const auto there =
      say(Lang::Id, Msg::AccessWhyUntil, {why(second, name_of(test::kSecond)), format::short_date(Lang::Id, Day{today.value + 9})});
  EXPECT_NE(get("/orang?tempat=F2", both).body.find(there), std::string::npos) << there;
  EXPECT_NE(get("/akun", both).body.find(say(Lang::Id, Msg::AccessWhyOpen)), std::string::npos);
}

TEST_P(PeoplePageTest, ARefusalSaysWithWhichRolesItWasAsked) {
  const auto admin = session("admin");
  const auto roles = say(Lang::Id, Msg::AccessRoleAt, {std::string(say(Lang::Id, title(Role::Administrator))), name_of(test::kFirst)});
  const auto refused = get("/jejak?tempat=F2", admin);
  EXPECT_EQ(refused.status, 403);
  EXPECT_NE(refused.body.find(say(Lang::Id, Msg::AccessYourRoles, {roles})), std::string::npos) << refused.body;
}

TEST_P(PeoplePageTest, APasswordOfSomebodyElseIsChangedFirst) {
  ASSERT_TRUE(app::change_password(context_, operator_, "sari", kSecret));
  const auto sari = session("sari");
  EXPECT_EQ(header_of(get("/akun", sari), "Location"), "/akun/sandi");
  EXPECT_EQ(get("/akun/sandi", sari).status, 200);
  EXPECT_EQ(post("/akun/sandi", sari, {{"present", "bukan ini sandinya"}, {"password", "sandi milik sendiri"}}).status, 403);
  EXPECT_EQ(post("/akun/sandi", sari, {{"present", std::string(kSecret)}, {"password", "sandi milik sendiri"}}).status, 303);
  EXPECT_EQ(get("/akun", sari).status, 200);
}

TEST_P(PeoplePageTest, AnInvitationIsShownOnceAndWorksOnce) {
  const auto admin = session("admin");
  const auto shown =
      post("/undang", admin, {{"tempat", "F1"}, {"name", "Ni Luh"}, {"login", "niluh"}, {"role", "petugas"}, {"to", "2027-01-31"}});
  ASSERT_EQ(shown.status, 200);
  const auto link = "/undangan/" + between(shown.body, "http://mutu.test/undangan/", "<");
  EXPECT_NE(get(link).body.find("Ni Luh"), std::string::npos);
  EXPECT_EQ(post(link, "", {{"password", "pendek"}}).status, 422);
  EXPECT_EQ(post(link, "", {{"password", std::string(kSecret)}}).status, 303);
  EXPECT_EQ(get(link).status, 404);
  EXPECT_EQ(post(link, "", {{"password", std::string(kSecret)}}).status, 404);
  EXPECT_EQ(get("/akun", session("niluh")).status, 200);
  EXPECT_NE(get("/orang/niluh", admin).body.find("31 Jan 2027"), std::string::npos);
  EXPECT_EQ(post("/undang", admin, {{"tempat", "F2"}, {"name", "X"}, {"login", "xx"}, {"role", "petugas"}}).status, 404) << "not theirs";
  EXPECT_EQ(post("/undang", admin, {{"tempat", "F1"}, {"name", ""}, {"login", "X y"}, {"role", "raja"}, {"from", "kemarin"}}).status, 422);
}

TEST_P(PeoplePageTest, AChangeUnderneathShowsBothVersions) {
  const auto admin = session("admin");
  const auto seen = version("sari");
  ASSERT_TRUE(app::rename_account(context_, operator_, "sari", "Sari Dewi"));
  const auto conflict = post("/orang/sari", admin, {{"name", "Sari D. <b>"}, {"version", seen}});
  EXPECT_EQ(conflict.status, 409);
  EXPECT_NE(conflict.body.find("Sari D. &lt;b&gt;"), std::string::npos);
  EXPECT_NE(conflict.body.find("Sari Dewi"), std::string::npos);
  const auto newer = between(conflict.body, "name=\"version\" value=\"", "\"");
  EXPECT_EQ(post("/orang/sari", admin, {{"name", "Sari D."}, {"version", newer}}).status, 303);
  EXPECT_EQ(post("/orang/sari", admin, {{"name", "Tanpa versi"}}).status, 409);
  EXPECT_EQ(post("/orang/sari/ubah", admin, {{"apa", "tutup"}, {"reason", "pindah tugas"}, {"version", seen}}).status, 409);
  EXPECT_EQ(post("/orang/sari/ubah", admin, {{"apa", "tutup"}, {"reason", "pindah tugas"}, {"version", version("sari")}}).status, 303);
  EXPECT_EQ(post("/orang/sari/ubah", admin, {{"apa", "sandi"}, {"reason", "pindah tugas"}, {"version", version("sari")}}).status, 409)
      << "it is closed";
  EXPECT_EQ(post("/orang/sari/ubah", admin, {{"apa", "buka"}, {"version", version("sari")}}).status, 303);
  EXPECT_EQ(post("/orang/sari/ubah", admin, {{"apa", "lain"}, {"version", version("sari")}}).status, 404);
}

TEST_P(PeoplePageTest, RolesAreGivenAndEndedAndTheTrailTellsByName) {
  const auto admin = session("admin");
  ASSERT_EQ(post("/orang/sari/peran", admin, {{"tempat", "F1"}, {"role", "auditor_internal"}, {"version", version("sari")}}).status, 303);
  EXPECT_EQ(post("/orang/sari/peran", admin, {{"tempat", "F1"}, {"role", "kepala_fktp"}, {"version", "1"}}).status, 409);
  const auto role = app::load_person(context_, operator_, "sari")->grants.front().key.value;
  const auto query = "apa=peran&peran=" + std::to_string(role);
  EXPECT_EQ(get("/orang/sari/ubah?" + query, admin).status, 200);
  EXPECT_EQ(post("/orang/sari/ubah", admin,
                 {{"apa", "peran"}, {"reason", "pindah tugas"}, {"peran", std::to_string(role)}, {"version", version("sari")}})
                .status,
            303);
  EXPECT_EQ(post("/orang/sari/ubah", admin, {{"apa", "peran"}, {"reason", "pindah tugas"}, {"peran", "999"}, {"version", version("sari")}})
                .status,
            404);
  const auto page = get("/orang/sari", admin).body;
  EXPECT_NE(page.find(say(Lang::Id, Msg::AuditRoleGive)), std::string::npos);
  EXPECT_NE(page.find("Nama admin"), std::string::npos);
  EXPECT_EQ(page.find("role.give"), std::string::npos) << "no codes";
}

TEST_P(PeoplePageTest, TheTrailSaysOfARoleWhereAndHowLong) {
  Unit unit;
  unit.name = "Poli Gigi";
  const auto key = app::save_unit(context_, operator_, {test::kFirst, reference_.get()->organisation.find(test::kFirst)->version}, unit);
  ASSERT_TRUE(key);
  const auto today = civil_day(clock_.now(), Zone::Wib);
  ASSERT_TRUE(app::give_role(context_, operator_, "sari", {Role::UnitLead, test::kFirst, *key, today, Day{today.value + 10}}));
  const auto trail = get("/jejak?orang=sari", session("admin")).body;
  const auto until = say(Lang::Id, Msg::AuditUntil, {format::short_date(Lang::Id, Day{today.value + 9})});
  EXPECT_NE(trail.find("F1, Poli Gigi, " + format::short_date(Lang::Id, today) + ", " + until), std::string::npos) << trail;
}

TEST_P(PeoplePageTest, TakingAwayNeedsAReasonThatTheTrailKeeps) {
  const auto admin = session("admin");
  const auto change = [&](const char* what, const std::string& reason) {
    return post("/orang/sari/ubah", admin, {{"apa", what}, {"reason", reason}, {"version", version("sari")}});
  };
  EXPECT_NE(get("/orang/sari/ubah?apa=tutup", admin).body.find("name=\"reason\""), std::string::npos);
  const auto silent = change("tutup", "  ");
  EXPECT_EQ(silent.status, 422);
  EXPECT_NE(silent.body.find(say(Lang::Id, Msg::RecordPageWhyMissing)), std::string::npos);
  EXPECT_EQ(change("sandi", "").status, 422);
  EXPECT_EQ(change("tutup", std::string(501, 'a')).status, 422);
  EXPECT_EQ(change("tutup", "pindah \"tugas\" <b>").status, 303);
  EXPECT_EQ(change("buka", "").status, 303) << "giving back needs none";
  EXPECT_EQ(post("/orang/sari/peran", admin,
                 {{"tempat", "F1"}, {"role", "auditor_internal"}, {"reason", "audit semester"}, {"version", version("sari")}})
                .status,
            303);
  const auto page = get("/orang/sari", admin).body;
  EXPECT_NE(page.find("alasan: pindah &quot;tugas&quot; &lt;b&gt;"), std::string::npos) << page;
  EXPECT_NE(page.find("alasan: audit semester"), std::string::npos);
}

TEST_P(PeoplePageTest, OpenDutiesAreNamedBeforeAnAccountIsClosed) {
  const auto admin = session("admin");
  db().write(test::kFirst, [&](store::Write& write) {
    const auto key = store::find_account(write.tx(), "sari")->key;
    const auto now = clock_.now();
    EXPECT_TRUE(store::save_draft(write.tx(), {test::kFirst, make_uuid(now), key, {1}, "nilai=4", 1, now, now}));
  });
  Form form{{"apa", "tutup"}, {"reason", "pindah tugas"}, {"version", version("sari")}};
  const auto asked = post("/orang/sari/ubah", admin, form);
  EXPECT_EQ(asked.status, 409);
  EXPECT_NE(asked.body.find(say(Lang::Id, Msg::AccessOpenDuties, {"Nama sari", "1", "0"})), std::string::npos) << asked.body;
  EXPECT_NE(asked.body.find(say(Lang::Id, Msg::PersonCloseAnyway)), std::string::npos);
  EXPECT_NE(asked.body.find("value=\"pindah tugas\""), std::string::npos) << "nothing typed is lost";
  form.emplace_back("tinggalkan", "ya");
  EXPECT_EQ(post("/orang/sari/ubah", admin, form).status, 303);
}

TEST_P(PeoplePageTest, TheListFindsAndWritesCsv) {
  const auto admin = session("admin");
  add("jauh", Role::Officer, test::kSecond);
  const auto page = get("/orang?cari=SARI&peran=petugas", admin).body;
  EXPECT_NE(page.find("Nama sari"), std::string::npos);
  EXPECT_EQ(page.find("Nama jauh"), std::string::npos);
  EXPECT_EQ(get("/orang?tempat=F2", admin).status, 404);
  EXPECT_EQ(get("/orang/jauh", admin).status, 404);
  EXPECT_EQ(get("/orang?halaman=99999999999&urut=x&peran=x", admin).status, 200);
  const auto csv = body_of(get("/orang.csv", admin));
  EXPECT_NE(csv.find("Nama sari,sari,\"Petugas, "), std::string::npos) << csv;
  EXPECT_EQ(csv.find("jauh"), std::string::npos);
  const auto some = body_of(get("/orang.csv?cari=SARI&peran=petugas", admin));
  EXPECT_NE(some.find("Peran,Petugas\r\n"), std::string::npos) << some;
  EXPECT_NE(some.find("Jumlah baris,1\r\nData per,"), std::string::npos) << some;
  EXPECT_EQ(some.find("Nama admin"), std::string::npos);
  EXPECT_TRUE(body_of(get("/orang.xlsx?cari=SARI", admin)).starts_with("PK"));
  EXPECT_EQ(get("/orang.xlsx?tempat=F2", admin).status, 404);
}

TEST_P(PeoplePageTest, TokensAreShownOnceAndRevoked) {
  const auto admin = session("admin");
  const auto made = post("/token", admin, {{"tempat", "F1"}, {"name", "SIMPUS"}, {"role", "mesin"}, {"days", "30"}});
  ASSERT_EQ(made.status, 200);
  const auto token = "pilar_" + between(made.body, "pilar_", "<");
  EXPECT_TRUE(app::find_token_scope(context_, token));
  EXPECT_EQ(get("/token", admin).body.find(token), std::string::npos);
  EXPECT_EQ(post("/token", admin, {{"tempat", "F1"}, {"name", "X"}, {"role", "mesin"}, {"days", "0"}}).status, 422);
  const auto key = std::to_string(app::list_tokens(context_, operator_).front().key.value);
  EXPECT_EQ(get("/token/" + key + "/cabut", admin).status, 200);
  EXPECT_EQ(post("/token/" + key + "/cabut", admin, {}).status, 303);
  EXPECT_FALSE(app::find_token_scope(context_, token));
  EXPECT_EQ(get("/token/x/cabut", admin).status, 404);
}

TEST_P(PeoplePageTest, TheTrailIsFilteredPagedAndExported) {
  const auto admin = session("admin");
  for (int i = 0; i < 60; ++i) ASSERT_TRUE(app::rename_account(context_, operator_, "sari", "Sari " + std::to_string(i)));
  const auto page = get("/jejak?tindakan=account.name", admin);
  ASSERT_EQ(page.status, 200);
  const auto older = between(page.body, "href=\"/jejak?tempat=F1&amp;tindakan=account.name&amp;sebelum=", "\"");
  ASSERT_FALSE(older.empty());
  const auto last = get("/jejak?tindakan=account.name&sebelum=" + older, admin).body;
  EXPECT_NE(last.find("account.name"), std::string::npos);
  EXPECT_EQ(last.find("href=\"/jejak?tempat=F1&amp;tindakan=account.name&amp;sebelum="), std::string::npos) << "the last ten";
  const auto tomorrow = iso(Day{civil_day(clock_.now(), Zone::Wib).value + 1});
  EXPECT_NE(get("/jejak?dari=" + tomorrow, admin).body.find(say(Lang::Id, Msg::AuditNone)), std::string::npos);
  EXPECT_NE(get("/jejak?orang=admin", admin).body.find(say(Lang::Id, Msg::AuditAccountSignIn)), std::string::npos);
  EXPECT_EQ(get("/jejak?dari=kemarin", admin).status, 422);
  EXPECT_EQ(get("/jejak?orang=tidak-ada", admin).status, 404);
  EXPECT_EQ(get("/jejak?tempat=F2", admin).status, 403);
  EXPECT_EQ(get("/jejak.csv?tempat=F2", admin).status, 403);
  const auto lines = body_of(get("/jejak.jsonl", admin));
  EXPECT_TRUE(lines.starts_with(R"({"facility":1,"seq":1,"at":)")) << lines.substr(0, 80);
  EXPECT_NE(lines.find(R"({"head":"pilar-audit-1","facility":1,"seq":)"), std::string::npos);
  const auto whole = body_of(get("/jejak.csv", admin));
  EXPECT_NE(whole.find("Jumlah baris," + std::to_string(std::ranges::count(lines, '\n') - 1) + "\r\n"), std::string::npos)
      << whole.substr(0, 300);
  const auto names = body_of(get("/jejak.csv?tindakan=account.name", admin));
  EXPECT_NE(names.find("Jumlah baris,60\r\n"), std::string::npos) << names.substr(0, 300);
  EXPECT_NE(names.find("Operator server,mengganti nama akun,"), std::string::npos) << names.substr(0, 600);
  EXPECT_EQ(names.find("masuk\r\n"), std::string::npos);
  EXPECT_TRUE(body_of(get("/jejak.xlsx?tindakan=account.name", admin)).starts_with("PK"));
  EXPECT_EQ(get("/jejak.xlsx?tempat=F2", admin).status, 403);
  EXPECT_EQ(get("/jejak.csv?dari=kemarin", admin).status, 422);
}

PILAR_BOTH_ENGINES(PeoplePageTest);

TEST(AuditWords, EveryActionThatIsWrittenHasWords) {
  std::set<std::string, std::less<>> known, written;
  for (const auto& action : web::audit_actions()) known.emplace(action.name);
  const std::regex literal("\"([a-z_]+\\.[a-z_]+)\"");
  for (const auto& entry : std::filesystem::directory_iterator(PILAR_SOURCE "/src/app")) {
    std::ifstream in(entry.path());
    const std::string text{std::istreambuf_iterator<char>(in), {}};
    const auto writes = [&](const char* call) { return text.contains(call); };
    if (!writes("audit(") && !writes("append_line(") && !writes("change_account(") && !writes("run_change(")) continue;
    for (auto at = std::sregex_iterator(text.begin(), text.end(), literal); at != std::sregex_iterator(); ++at) written.insert((*at)[1]);
  }
  EXPECT_GE(written.size(), 15U);
  for (const auto& action : written) EXPECT_TRUE(known.contains(action)) << action << " has no words in web/audit_words.cpp";
  for (const auto& action : known) EXPECT_TRUE(written.contains(action)) << action << " is written by nobody";
  EXPECT_EQ(web::action_words(Lang::En, "what.ever"), say(Lang::En, Msg::AuditOther));
}

TEST(DeviceWords, NameTheProgramAndTheDevice) {
  const std::pair<std::string_view, std::string_view> rows[] = {
      {"Mozilla/5.0 (Android 14; Mobile; rv:132.0) Gecko/132.0 Firefox/132.0", "Firefox, Android"},
      {"Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0.0.0 Mobile Safari/537.36",
       "Chrome, Android"},
      {"Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 Version/17.5 Mobile/15E148 Safari/604.1",
       "Safari, iPhone"},
      {"Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/130.0.0.0 Safari/537.36 Edg/130.0.0.0", "Edge, Windows"},
      {"curl/7.88.1", "curl"},
      {"Mozilla/5.0 (X11; Linux x86_64)", "Linux"},
      {"", ""},
      {"\xFF\xFE<script>", ""}};
  for (const auto& [agent, words] : rows) EXPECT_EQ(web::device_of(agent), words);
}

}  // namespace pilar::people_page_test
