#include <gtest/gtest.h>

#include <future>

#include "app/account.h"
#include "app/api_token.h"
#include "i18n/messages.h"
#include "i18n/words/access.h"
#include "store/account_store.h"
#include "store/grant_store.h"
#include "support/shipped_store.h"
#include "web/site.h"

namespace pilar::access_test {
/// Every route of the program, asked by every role.
class AccessTest : public test::ShippedStoreTest {
 protected:
  AccessTest() : context_{db(), clock_, reference_, SigningKey{{7}}, test::kQuickPasswords} {
    clock_.set({1'795'219'200'000'000});
    app::refresh_reference(context_);
    for (const auto role : all_roles()) {
      const std::string login(name(role));
      sessions_[role] = "sesi-" + login;
      db().shared([&](store::Tx& tx) {
        const auto key = store::insert_account(tx, {{}, login, "Contoh", "", test::kFirst, true, clock_.now()});
        store::insert_grant(tx, {{}, key, {role, test::kFirst}, "cli", clock_.now()});
        store::insert_session(tx, sha256(sessions_[role]), {key, clock_.now(), clock_.now(), "uji"});
      });
    }
    site_ = std::make_unique<web::Site>(context_);
  }

  http::Reply ask(const web::Route& route, const std::string& session, const std::string& bearer = {}) {
    std::string path(route.pattern);
    for (auto at = path.find(":arg"); at != std::string::npos; at = path.find(":arg")) path.replace(at, 4, "x");
    http::Request request{.method = route.method, .path = path, .query = {}};
    if (!session.empty()) request.headers.emplace_back("cookie", "pilar_sesi=" + session);
    if (!bearer.empty()) request.headers.emplace_back("authorization", "Bearer " + bearer);
    std::promise<http::Reply> answer;
    site_->handle(std::move(request), [&](http::Reply reply) { answer.set_value(std::move(reply)); });
    return answer.get_future().get();
  }

  app::ReferenceHolder reference_;
  app::Context context_;
  Scope operator_{Role::Administrator, kEverywhere, "cli"};
  std::map<Role, std::string> sessions_;
  std::unique_ptr<web::Site> site_;
};

TEST_P(AccessTest, EveryRouteRefusesWhoHasNoRightAndLetsInWhoHas) {
  int refused = 0, allowed = 0;
  for (const auto& route : web::all_routes()) {
    const auto right = web::right_of(route.may);
    if (!right || route.may == web::May::TokenWrite) continue;
    const auto anonymous = ask(route, "");
    EXPECT_EQ(anonymous.status, route.pattern.starts_with("/api/") ? 401 : 303) << route.pattern;
    for (const auto& [role, session] : sessions_) {
      const auto reply = ask(route, session);
      const auto missing = std::string(say(Lang::Id, title(*right)));
      const bool is_refused = reply.status == 403 && reply.body.find("hak " + missing) != std::string::npos;
      EXPECT_EQ(is_refused, !role_has(role, *right)) << route.pattern << " " << name(role) << " " << reply.status;
      ++(is_refused ? refused : allowed);
    }
  }
  EXPECT_GT(refused, 30);
  EXPECT_GT(allowed, 50);
}

TEST_P(AccessTest, TokenRoutesAskForATokenThatMayWrite) {
  const auto token = app::create_token(context_, operator_, {"alat", Role::Machine, test::kFirst, 30}).value().token;
  const auto reader = app::create_token(context_, operator_, {"pembaca", Role::Surveyor, test::kFirst, 30}).value().token;
  for (const auto& route : web::all_routes()) {
    if (route.may != web::May::TokenWrite) continue;
    EXPECT_EQ(ask(route, sessions_.at(Role::Administrator)).status, 401) << "a session is no token: " << route.pattern;
    EXPECT_EQ(ask(route, "", "pilar_salah").status, 401) << route.pattern;
    EXPECT_EQ(ask(route, "", reader).status, 403) << route.pattern;
    const auto status = ask(route, "", token).status;
    EXPECT_TRUE(status != 401 && status != 403) << route.pattern << " " << status;
  }
}

TEST_P(AccessTest, WhoHasNoRoleLeftIsToldWhomToAsk) {
  store::GrantKey key;
  db().read([&](store::Tx& tx) { key = store::load_grants(tx, store::find_account(tx, "petugas")->key).at(0).key; });
  ASSERT_TRUE(app::end_role(context_, operator_, key));
  const auto home = web::find_route(http::Method::Get, "/beranda");
  const auto reply = ask(*home.route, sessions_.at(Role::Officer));
  EXPECT_EQ(reply.status, 403);
  EXPECT_NE(reply.body.find(say(Lang::Id, Msg::AccessNoRole)), std::string::npos);
  EXPECT_EQ(ask(*web::find_route(http::Method::Get, "/akun").route, sessions_.at(Role::Officer)).status, 200);
}

PILAR_BOTH_ENGINES(AccessTest);

}  // namespace pilar::access_test
