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

namespace pilar::api_test {
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

  /// The reply's body as JSON, of a request with a body.
  json::Value send(http::Method method, std::string path, std::string media, std::string body, const http::Fields& more = {}) {
    const auto token = app::create_token(context_, operator_, {"uji", Role::QualityLead, test::kFirst, 30}).value().token;
    http::Request request{.method = method, .path = std::move(path), .query = {{"bahasa", "en"}}};
    request.headers.emplace_back("authorization", "Bearer " + token);
    request.headers.emplace_back("content-type", std::move(media));
    for (const auto& header : more) request.headers.push_back(header);
    request.body = std::move(body);
    std::promise<http::Reply> answer;
    site_->handle(std::move(request), [&](http::Reply reply) { answer.set_value(std::move(reply)); });
    const auto reply = answer.get_future().get();
    status_ = reply.status;
    auto parsed = json::parse(reply.body, {1U << 20U, 32});
    EXPECT_TRUE(std::holds_alternative<json::Value>(parsed)) << reply.body;
    return std::holds_alternative<json::Value>(parsed) ? std::get<json::Value>(std::move(parsed)) : json::Value();
  }
  /// A month of so many days in which no medicine was out of stock.
  std::string stock(int days, std::string_view id) const {
    const auto& code = reference_.get()->organisation.find(test::kFirst)->code;
    return R"({"id": ")" + std::string(id) + R"(", "instrument": "kekosongan-obat", "facility": ")" + code +
           R"(", "answers": {"dipantau": 40, "hari": )" + std::to_string(days) + R"(, "obat_kosong": 0, "hari_kosong": 0}})";
  }

  /// A daily count of some indicator.
  std::string daily_count(int numerator, int denominator, std::string_view id) const {
    const auto& code = reference_.get()->organisation.find(test::kFirst)->code;
    return R"({"id": ")" + std::string(id) + R"(", "instrument": "sensus-harian", "facility": ")" + code +
           R"(", "answers": {"indikator": "cuci-alat", "pembilang": )" + std::to_string(numerator) + R"(, "penyebut": )" +
           std::to_string(denominator) + "}}";
  }

  int status_ = 0;
  app::ReferenceHolder reference_;
  app::Context context_;
  Scope operator_{Role::Administrator, kEverywhere, "cli"};
  std::unique_ptr<web::Site> site_;
};
PILAR_BOTH_ENGINES(ApiTest);

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

TEST_P(ApiTest, WhatIsSavedAndLooksWrongIsToldAsAFormWouldTellIt) {
  constexpr std::string_view kSound = "018f2f6a-0000-7000-8000-00000000c001", kOdd = "018f2f6a-0000-7000-8000-00000000c002";
  const auto sound = send(http::Method::Post, "/api/v1/records", "application/json", stock(31, kSound));
  EXPECT_EQ(status_, 201);
  EXPECT_TRUE(sound.find("warnings")->array().empty());

  const auto odd = send(http::Method::Post, "/api/v1/records", "application/json", stock(20, kOdd));
  EXPECT_EQ(status_, 201) << "a warning refuses nothing";
  ASSERT_EQ(odd.find("warnings")->array().size(), 1U);
  const auto& warning = odd.find("warnings")->array().front();
  EXPECT_EQ(warning.find("rule")->string(), "hari_sebulan");
  EXPECT_EQ(warning.find("importance")->string(), "middle");
  EXPECT_EQ(warning.find("fields")->array().front().string(), "answers.hari");
  EXPECT_EQ(warning.find("left")->to_int(), 20);
  EXPECT_EQ(warning.find("right")->to_int(), 28);
  EXPECT_TRUE(warning.find("message")->string().starts_with("A month has at least 28 days."));

  const auto again = send(http::Method::Post, "/api/v1/records", "application/json", stock(20, kOdd));
  EXPECT_EQ(status_, 200);
  EXPECT_EQ(again.find("warnings")->array().size(), 1U) << "also when it is sent again";
  const auto line = send(http::Method::Post, "/api/v1/records", "application/x-ndjson", stock(20, "018f2f6a-0000-7000-8000-00000000c003"));
  EXPECT_EQ(line.find("status")->to_int(), 201);
  EXPECT_EQ(line.find("warnings")->array().size(), 1U) << "each line of many has its own";

  const auto code = reference_.get()->organisation.find(test::kFirst)->code;
  const auto response =
      R"({"resourceType": "QuestionnaireResponse", "identifier": {"system": "urn:ietf:rfc:3986",
          "value": "urn:uuid:018f2f6a-0000-7000-8000-00000000c004"}, "questionnaire": "urn:pilar:instrument:kekosongan-obat|1",
          "status": "completed", "authored": "2026-10-31T14:00:00+07:00",
          "subject": {"identifier": {"system": "urn:pilar:place", "value": ")" +
      code +
      R"("}}, "item": [{"linkId": "dipantau", "answer": [{"valueDecimal": 40}]}, {"linkId": "hari", "answer": [{"valueDecimal": 20}]},
          {"linkId": "obat_kosong", "answer": [{"valueDecimal": 0}]}, {"linkId": "hari_kosong", "answer": [{"valueDecimal": 0}]}]})";
  const auto resource = send(http::Method::Post, "/api/v1/fhir/QuestionnaireResponse", "application/fhir+json", response);
  EXPECT_EQ(status_, 201);
  ASSERT_NE(resource.find("extension"), nullptr) << "in FHIR as an extension of the resource";
  EXPECT_TRUE(resource.find("extension")->array().front().find("valueString")->string().starts_with("hari_sebulan: "));

  const auto path = "/api/v1/records/" + code + "/" + std::string(kOdd);
  constexpr auto kMended = R"({"answers": {"dipantau": 40, "hari": 30, "obat_kosong": 0, "hari_kosong": 0}, "reason": "Salah ketik"})";
  const auto mended = send(http::Method::Put, path, "application/json", kMended, {{"if-match", "\"1\""}});
  EXPECT_EQ(status_, 200);
  EXPECT_TRUE(mended.find("warnings")->array().empty());
}

// The page /sensus asks for a tick; a program cannot tick, so that it is told.
TEST_P(ApiTest, ADailyCountAboveItsDenominatorIsKeptWithAWarning) {
  const auto within =
      send(http::Method::Post, "/api/v1/records", "application/json", daily_count(4, 4, "018f2f6a-0000-7000-8000-00000000d001"));
  EXPECT_EQ(status_, 201);
  EXPECT_TRUE(within.find("warnings")->array().empty());
  const auto above =
      send(http::Method::Post, "/api/v1/records", "application/json", daily_count(5, 4, "018f2f6a-0000-7000-8000-00000000d002"));
  EXPECT_EQ(status_, 201) << "what was counted is kept";
  ASSERT_EQ(above.find("warnings")->array().size(), 1U);
  const auto& warning = above.find("warnings")->array().front();
  EXPECT_EQ(warning.find("rule")->string(), "pembilang_penyebut");
  EXPECT_EQ(warning.find("left")->to_int(), 5);
  EXPECT_EQ(warning.find("right")->to_int(), 4);
  EXPECT_NE(warning.find("message")->string().find("above 100%"), std::string::npos);
  send(http::Method::Post, "/api/v1/records", "application/json", daily_count(1, 0, "018f2f6a-0000-7000-8000-00000000d003"));
  EXPECT_EQ(status_, 422) << "without a case there is nothing to count";
  send(http::Method::Post, "/api/v1/records", "application/json", daily_count(0, 0, "018f2f6a-0000-7000-8000-00000000d004"));
  EXPECT_EQ(status_, 201) << "no cases is a count";
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

}  // namespace pilar::api_test
