// What machines and administrators ask a server about itself, and the limits on tries, on both engines.
#include <gtest/gtest.h>

#include <filesystem>
#include <future>

#include "app/account.h"
#include "app/api_token.h"
#include "app/job.h"
#include "app/organisation.h"
#include "app/settings.h"
#include "app/sign_in.h"
#include "i18n/messages.h"
#include "i18n/words/ops.h"
#include "store/job_store.h"
#include "support/page_text.h"
#include "support/shipped_store.h"
#include "web/doorway.h"
#include "web/site.h"

namespace pilar::ops_page_test {

using test::header_of;
using test::holds;

class OpsPageTest : public test::ShippedStoreTest {
 protected:
  OpsPageTest() : context_{db(), clock_, reference_, SigningKey{{7}}, test::kQuickPasswords} {
    clock_.set({1'795'219'200'000'000});
    app::refresh_reference(context_);
    top_ = app::add_place(context_, system_, {.kind = NodeKind::Payer, .code = "penjamin", .name = "Penjamin"}).value();
    start({});
  }

  void start(const std::map<std::string, std::string>& changed) {
    app::Settings settings;
    settings.set("data", std::filesystem::temp_directory_path().string(), app::Origin::Flag, "--data");
    settings.set("database", "postgresql://mutu:rahasia@db/pilar", app::Origin::File, "pilar.yaml:1");
    for (const auto& [name, value] : changed) settings.set(name, value, app::Origin::Flag, "--" + name);
    site_ = std::make_unique<web::Site>(context_, settings);
  }

  http::Reply ask(http::Request request) {
    std::promise<http::Reply> answer;
    site_->handle(std::move(request), [&](http::Reply reply) { answer.set_value(std::move(reply)); });
    return answer.get_future().get();
  }
  http::Reply get(std::string_view target, http::Fields headers = {}, std::string peer = "203.0.113.9", bool secure = false) {
    auto parsed = http::parse_target(target);
    http::Request request{.method = http::Method::Get, .path = parsed->path, .query = parsed->query};
    request.headers = std::move(headers);
    request.peer = std::move(peer);
    request.secure = secure;
    return ask(std::move(request));
  }
  http::Reply sign_in_as(const std::string& login, const std::string& peer, http::Fields headers = {}) {
    http::Request request{.method = http::Method::Post, .path = "/masuk"};
    request.headers = std::move(headers);
    request.headers.emplace_back("content-type", "application/x-www-form-urlencoded");
    request.body = "login=" + login + "&password=keliru+sekali";
    request.peer = peer;
    return ask(std::move(request));
  }

  std::string session(Role role, const std::string& login) {
    const std::string password = "kata sandi yang panjang";
    app::NewAccount account;
    account.login = account.name = login;
    account.password = password;
    account.role = role;
    account.organisation = place_of(role);
    EXPECT_TRUE(app::create_account(context_, system_, account));
    return "pilar_sesi=" + app::sign_in(context_, login, password).value();
  }
  http::Fields token(Role role) {
    const auto issued = app::create_token(context_, system_, {"prometheus", role, place_of(role), 1});
    return {{"authorization", "Bearer " + issued.value().token}};
  }

  /// The program is administered from the top.
  FacilityKey place_of(Role role) const { return role == Role::Administrator ? top_ : test::kFirst; }

  FacilityKey top_{};
  const Scope system_{Role::Administrator, kEverywhere, "test"};
  app::ReferenceHolder reference_;
  app::Context context_;
  std::unique_ptr<web::Site> site_;
};

TEST_P(OpsPageTest, AliveAndReadyAreTwoQuestions) {
  EXPECT_EQ(get("/sehat").status, 200);
  EXPECT_EQ(get("/siap").body, R"({"status":"ok","store":true,"disk":true})");
  start({{"disk-megabytes", "1000000"}});
  EXPECT_TRUE(get("/siap").status == 503 || std::filesystem::space("/tmp").available > 1'000'000'000'000U);
  start({{"data", "/no/such/folder"}});
  const auto reply = get("/siap");
  EXPECT_EQ(reply.status, 503);
  EXPECT_EQ(reply.body, R"({"status":"not ready","store":true,"disk":false})");
  EXPECT_EQ(header_of(reply, "Retry-After"), "5");
  EXPECT_EQ(get("/sehat").status, 200) << "alive all the same";
}

TEST_P(OpsPageTest, FiguresAreForAdministratorsOrForThisMachine) {
  EXPECT_EQ(get("/metrics").status, 401);
  EXPECT_EQ(get("/metrics", {{"authorization", "Bearer nonsense"}}).status, 401);
  EXPECT_EQ(get("/metrics", token(Role::Machine)).status, 401);
  const auto administrator = token(Role::Administrator);
  const auto reply = get("/metrics", administrator);
  ASSERT_EQ(reply.status, 200) << reply.body;
  EXPECT_EQ(reply.content_type, "text/plain; version=0.0.4; charset=utf-8");
  EXPECT_TRUE(holds(reply.body, "\npilar_http_requests_total{method=\"GET\",route=\"/metrics\",status=\"401\"} 3\n")) << reply.body;
  EXPECT_TRUE(holds(reply.body, "\npilar_http_requests_in_flight 1\n"));
  EXPECT_TRUE(holds(reply.body, "pilar_store_statements_total{statement=\"tx.begin_read\"}"));
  EXPECT_FALSE(holds(reply.body, "rahasia"));
  EXPECT_EQ(get("/metrics", {}, "127.0.0.1").status, 401);
  start({{"metrics", "loopback"}});
  EXPECT_EQ(get("/metrics", {}, "127.0.0.1").status, 200);
  EXPECT_EQ(get("/metrics", {}, "::1").status, 200);
  EXPECT_EQ(get("/metrics").status, 401);
  EXPECT_EQ(get("/metrics", {{"x-forwarded-for", "203.0.113.9"}}, "127.0.0.1").status, 401) << "a proxy asks for somebody else";
  EXPECT_EQ(get("/metrics", administrator).status, 200);
  start({{"metrics", "off"}});
  EXPECT_EQ(get("/metrics", {}, "127.0.0.1").status, 404);
  EXPECT_EQ(get("/metrics", administrator).status, 404);
}

TEST_P(OpsPageTest, EveryPartOfAPageCanBeLookedAt) {
  const auto officer = session(Role::QualityLead, "sari"), administrator = session(Role::Administrator, "admin");
  EXPECT_TRUE(holds(get("/debug", {{"cookie", administrator}}).body, "href=\"/gaya\""));
  EXPECT_EQ(get("/gaya", {{"cookie", officer}}).status, 403);
  for (const std::string target : {"/gaya", "/gaya?bahasa=en", "/gaya/umum", "/gaya/umum?bahasa=en"}) {
    const auto reply = get(target, {{"cookie", administrator}});
    ASSERT_EQ(reply.status, 200) << reply.body;
    EXPECT_TRUE(holds(reply.body, target.ends_with("en") ? "<html lang=\"en\">" : "<html lang=\"id\">")) << target;
  }
}

TEST_P(OpsPageTest, TheStateOfTheServerIsForAdministrators) {
  const auto officer = session(Role::QualityLead, "sari"), administrator = session(Role::Administrator, "admin");
  EXPECT_EQ(get("/debug").status, 303);
  EXPECT_EQ(get("/debug", {{"cookie", officer}}).status, 403);
  for (const std::string target : {"/debug", "/debug?bahasa=en"}) {
    const auto reply = get(target, {{"cookie", administrator}});
    ASSERT_EQ(reply.status, 200) << reply.body;
    for (const auto& route : web::all_routes()) EXPECT_TRUE(holds(reply.body, route.pattern)) << route.pattern;
    for (const auto& setting : app::kSettings) EXPECT_TRUE(holds(reply.body, setting.name)) << setting.name;
    EXPECT_TRUE(holds(reply.body, "tx.begin_read"));
    EXPECT_TRUE(holds(reply.body, "postgresql://mutu:***@db/pilar"));
    EXPECT_FALSE(holds(reply.body, "rahasia"));
    EXPECT_FALSE(holds(reply.body, "NaN"));
  }
}

TEST_P(OpsPageTest, WorkBehindThePagesIsTold) {
  const auto administrator = session(Role::Administrator, "admin");
  EXPECT_TRUE(holds(get("/debug", {{"cookie", administrator}}).body, say(Lang::Id, Msg::DebugNoJobs)));
  const auto job = app::new_job(context_, system_, {top_, "import_check", "kunjungan <b>.csv", {}, {}});
  db().write(top_, [&](store::Write& write) { store::insert_job(write.tx(), job); });
  const auto page = get("/debug", {{"cookie", administrator}}).body;
  EXPECT_TRUE(holds(page, "kunjungan &lt;b&gt;.csv") && holds(page, say(Lang::Id, title(JobState::Waiting)))) << page;
  EXPECT_FALSE(holds(page, say(Lang::Id, Msg::DebugNoJobs)));
}

TEST_P(OpsPageTest, AnIncidentStandsInTheBooksWithWhatThePageDidNotSay) {
  const auto administrator = session(Role::Administrator, "admin");
  auto& watch = site_->watch();
  http::Reply failed = web::fault_reply(std::make_exception_ptr(Fault("record.insert", "disk I/O error")), "/s/x", Lang::Id);
  EXPECT_FALSE(holds(failed.body, "disk I/O"));
  EXPECT_TRUE(holds(failed.body, failed.incident));
  for (std::size_t i = 0; i < web::Watch::kMostIncidents + 3; ++i)
    watch.remember({"c" + std::to_string(i), clock_.now(), "/s/x", failed.fault});
  watch.upkeep(clock_.now(), "connect to PostgreSQL: refused");
  EXPECT_EQ(watch.incidents().size(), web::Watch::kMostIncidents);
  EXPECT_EQ(watch.incidents().front().id, "c102");
  const auto page = get("/debug", {{"cookie", administrator}}).body;
  EXPECT_TRUE(holds(page, "c102") && holds(page, "disk I/O error") && holds(page, "connect to PostgreSQL: refused"));
  EXPECT_TRUE(holds(get("/metrics", token(Role::Administrator)).body, "\npilar_incidents_total 103\n"));
}

TEST_P(OpsPageTest, EveryAnswerIsProtected) {
  for (const char* target : {"/masuk", "/sehat", "/nowhere", "/assets/none.css", "/metrics"}) {
    const auto plain = get(target);
    EXPECT_TRUE(holds(header_of(plain, "Content-Security-Policy"), "default-src 'none'")) << target;
    EXPECT_EQ(header_of(plain, "X-Content-Type-Options"), "nosniff") << target;
    EXPECT_EQ(header_of(plain, "X-Frame-Options"), "DENY") << target;
    EXPECT_FALSE(header_of(plain, "Permissions-Policy").empty()) << target;
    EXPECT_EQ(header_of(plain, "Strict-Transport-Security"), "") << target;
    EXPECT_EQ(header_of(get(target, {}, "203.0.113.9", true), "Strict-Transport-Security"), "max-age=2592000") << target;
  }
  start({{"hsts-days", "0"}});
  EXPECT_EQ(header_of(get("/masuk", {}, "203.0.113.9", true), "Strict-Transport-Security"), "");
}

TEST_P(OpsPageTest, GuessingIsLimitedByNameAndByAddress) {
  session(Role::QualityLead, "sari");
  start({{"sign-in-tries", "2"}, {"sign-in-address-tries", "4"}, {"trusted-proxies", "10.0.0.1"}});
  EXPECT_EQ(sign_in_as("sari", "203.0.113.1").status, 403);
  EXPECT_EQ(sign_in_as("sari", "203.0.113.2").status, 403);
  const auto waits = sign_in_as("sari", "203.0.113.3");
  EXPECT_EQ(waits.status, 429) << "the name waits, whatever the address";
  EXPECT_EQ(header_of(waits, "Retry-After"), "900");
  for (int i = 0; i < 4; ++i) EXPECT_EQ(sign_in_as("x" + std::to_string(i), "203.0.113.4").status, 403);
  EXPECT_EQ(sign_in_as("x9", "203.0.113.4").status, 429) << "the address waits, whatever the name";
  EXPECT_EQ(sign_in_as("x9", "203.0.113.4", {{"x-forwarded-for", "198.51.100.7"}}).status, 429) << "nobody believes a stranger";
  EXPECT_EQ(sign_in_as("x9", "10.0.0.1", {{"x-forwarded-for", "198.51.100.7"}}).status, 403) << "the proxy names another address";
  EXPECT_EQ(sign_in_as("x8", "10.0.0.1", {{"x-forwarded-for", "198.51.100.7, 203.0.113.4"}}).status, 429) << "the last one counts";
}

TEST_P(OpsPageTest, ThePageOfTrustIsOpenAndOnlyOffersAnAuthority) {
  EXPECT_EQ(get("/percaya").status, 404);
  EXPECT_EQ(get("/percaya/pilar.crt").status, 404);
  start({{"authority", "/etc/passwd"}});
  EXPECT_EQ(get("/percaya").status, 404);
  const auto refused = get("/percaya/pilar.crt");
  EXPECT_EQ(refused.status, 404);
  EXPECT_FALSE(holds(refused.body, "root:"));
}

TEST_P(OpsPageTest, ThePlainPortLeadsToHttps) {
  web::Doorway doorway(*site_, 8443);
  const auto ask_doorway = [&](std::string_view target, std::string host) {
    auto parsed = http::parse_target(target);
    http::Request request{
        .method = http::Method::Get, .path = parsed->path, .query = parsed->query, .headers = {{"host", std::move(host)}}};
    std::promise<http::Reply> answer;
    doorway.handle(std::move(request), [&](http::Reply reply) { answer.set_value(std::move(reply)); });
    return answer.get_future().get();
  };
  const auto led = ask_doorway("/s/abc?bahasa=en&x=a%26b", "mutu.klinik.lan:8080");
  EXPECT_EQ(led.status, 308);
  EXPECT_EQ(header_of(led, "Location"), "https://mutu.klinik.lan:8443/s/abc?bahasa=en&x=a%26b");
  EXPECT_EQ(header_of(ask_doorway("/a%20b?x=%0D%0ASet-Cookie:y", "[::1]:80"), "Location"),
            "https://[::1]:8443/a%20b?x=%0D%0ASet-Cookie%3Ay");
  EXPECT_EQ(ask_doorway("/masuk", "evil.example/\"><script>").status, 400);
  EXPECT_EQ(ask_doorway("/masuk", "").status, 400);
  EXPECT_TRUE(holds(ask_doorway("/masuk", "").body, "Permintaan ini rusak."));
  EXPECT_TRUE(holds(ask_doorway("/masuk?bahasa=en", "").body, "This request is damaged.")) << "in the language that was chosen";
  EXPECT_EQ(ask_doorway("/percaya", "mutu.klinik.lan").status, 404) << "the site answers this one";
}

PILAR_BOTH_ENGINES(OpsPageTest);

}  // namespace pilar::ops_page_test
