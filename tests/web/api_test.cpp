// The API as a table: every route is described, and tokens open what their role reaches.
#include <gtest/gtest.h>

#include <algorithm>
#include <future>
#include <set>

#include "app/api_token.h"
#include "i18n/messages.h"
#include "support/shipped_store.h"
#include "web/api_doc.h"
#include "web/site.h"

using namespace pilar;

namespace {

class ApiTest : public test::ShippedStoreTest {
 protected:
  ApiTest() : context_{db(), clock_, reference_, SigningKey{{7}}, test::kQuickPasswords} {
    clock_.set({1'795'219'200'000'000});
    app::refresh_reference(context_);
    site_ = std::make_unique<web::Site>(context_);
  }

  http::Reply ask(const web::Route& route, const std::string& bearer) {
    std::string path(route.pattern);
    for (auto at = path.find(":arg"); at != std::string::npos; at = path.find(":arg")) path.replace(at, 4, "x");
    http::Request request{.method = route.method, .path = path, .query = {}};
    request.headers.emplace_back("authorization", "Bearer " + bearer);
    std::promise<http::Reply> answer;
    site_->handle(std::move(request), [&](http::Reply reply) { answer.set_value(std::move(reply)); });
    return answer.get_future().get();
  }

  app::ReferenceHolder reference_;
  app::Context context_;
  Scope operator_{Role::Administrator, kEverywhere, "cli"};
  std::unique_ptr<web::Site> site_;
};
PILAR_BOTH_ENGINES(ApiTest);

}  // namespace

TEST(ApiDescription, EveryRouteOfTheApiHasOne) {
  std::set<std::string_view> ids;
  for (const auto& route : web::all_routes()) {
    const bool is_api = route.pattern.starts_with("/api/");
    EXPECT_EQ(is_api, route.doc != nullptr) << route.pattern << ": write an ApiDoc (web/api_doc.h) beside the route";
    if (route.doc == nullptr) continue;
    EXPECT_TRUE(ids.insert(route.doc->id).second) << route.doc->id << " twice";
    EXPECT_FALSE(route.doc->replies.empty()) << route.pattern;
    EXPECT_NE(std::ranges::find(web::api_tags(), route.doc->tag, &web::ApiTag::tag), web::api_tags().end()) << route.doc->tag;
    const bool sends = route.method == http::Method::Post || route.method == http::Method::Put;
    EXPECT_EQ(sends, !route.doc->bodies.empty()) << route.pattern;
  }
}

TEST(ApiDescription, TheDocumentHasEveryRouteInBothLanguages) {
  for (const auto lang : {Lang::Id, Lang::En}) {
    const auto document = web::openapi_document(lang);
    for (const auto& route : web::all_routes()) {
      if (route.doc == nullptr) continue;
      const auto* item = document.find("paths")->find(web::path_of(route.pattern, *route.doc));
      ASSERT_NE(item, nullptr) << route.pattern;
      const auto* operation = item->find(route.method == http::Method::Get ? "get" : route.method == http::Method::Put ? "put" : "post");
      ASSERT_NE(operation, nullptr) << route.pattern;
      EXPECT_EQ(operation->find("summary")->string(), say(lang, route.doc->title));
    }
  }
}

TEST_P(ApiTest, ATokenOpensWhatItsRoleReachesAndNothingElse) {
  for (const auto role : all_roles()) {
    const auto token = app::create_token(context_, operator_, {"uji", role, test::kFirst, 30}).value().token;
    for (const auto& route : web::all_routes()) {
      const auto right = web::right_of(route.may);
      if (route.doc == nullptr || !right) continue;
      EXPECT_EQ(ask(route, "pilar_salah").status, 401) << route.pattern;
      const auto reply = ask(route, token);
      const bool is_refused =
          reply.status == 403 && reply.body.find("hak " + std::string(say(Lang::Id, title(*right)))) != std::string::npos;
      EXPECT_EQ(is_refused, !role_has(role, *right)) << route.pattern << " " << name(role) << " " << reply.status;
    }
  }
}
