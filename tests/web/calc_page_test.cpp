#include <gtest/gtest.h>

#include <algorithm>
#include <future>
#include <regex>
#include <set>

#include "app/calc.h"
#include "app/calc_guide.h"
#include "i18n/messages.h"
#include "support/page_text.h"
#include "support/test_store.h"
#include "web/site.h"

namespace pilar::calc_page_test {

using test::holds;

/// Words with an underscore among what people read of a page, where no program is spoken to and no source is quoted.
std::set<std::string> keys_read(std::string page) {
  const auto main = page.find("<main");
  page = main == std::string::npos ? page : page.substr(main);
  page = std::regex_replace(
      page, std::regex("<(pre|svg|script|textarea)[^>]*>[^<]*(<(?!/(pre|svg|script|textarea)>)[^<]*)*</(pre|svg|script|textarea)>"), " ");
  page = std::regex_replace(page, std::regex("<p class=\"hint\">POST [^<]*</p>"), " ");
  page = std::regex_replace(page, std::regex("<[^>]*>"), " ");
  const std::regex word("[A-Za-z0-9]+(_[A-Za-z0-9]+)+");
  return {std::sregex_token_iterator(page.begin(), page.end(), word), {}};
}

/// The calculators as anybody sees them.
class CalcPageTest : public test::StoreTest {
 protected:
  CalcPageTest() : context_{db(), clock_, reference_, SigningKey{{7}}, test::kQuickPasswords}, site_(context_) {
    app::refresh_reference(context_);
  }

  http::Reply ask(http::Method method, std::string_view target, std::string body = {}) {
    const auto parsed = http::parse_target(target);
    http::Request request{.method = method, .path = parsed->path, .query = parsed->query};
    if (method == http::Method::Post) request.headers.emplace_back("content-type", "application/x-www-form-urlencoded");
    request.body = std::move(body);
    std::promise<http::Reply> answer;
    site_.handle(std::move(request), [&](http::Reply reply) { answer.set_value(std::move(reply)); });
    return answer.get_future().get();
  }
  http::Reply get(std::string_view target) { return ask(http::Method::Get, target); }

  app::ReferenceHolder reference_;
  app::Context context_;
  web::Site site_;
};
PILAR_BOTH_ENGINES(CalcPageTest);

TEST_P(CalcPageTest, TheListHasEveryMethodAndFindsThem) {
  const auto all = get("/hitung").body;
  for (const auto& guide : calc::guides()) EXPECT_TRUE(holds(all, "href=\"/hitung/" + std::string(guide.method) + "\"")) << guide.method;
  const auto some = get("/hitung?cari=PREMI").body;
  EXPECT_TRUE(holds(some, "/hitung/premium"));
  EXPECT_FALSE(holds(some, "/hitung/queue"));
  EXPECT_TRUE(holds(get("/hitung?cari=zzz").body, "zzz"));
}

TEST_P(CalcPageTest, EveryExampleShowsItsResultInBothLanguages) {
  for (const auto& guide : calc::guides()) {
    const auto schema = calc::schema(*calc::find(guide.method));
    for (std::size_t i = 1; i <= schema.find("examples")->array().size(); ++i)
      for (const char* lang : {"", "&bahasa=en"}) {
        const auto page = get("/hitung/" + std::string(guide.method) + "?contoh=" + std::to_string(i) + lang);
        EXPECT_EQ(page.status, 200) << guide.method << " " << i;
        EXPECT_TRUE(holds(page.body, "id=\"hasil\"")) << guide.method;
        EXPECT_TRUE(holds(page.body, "pilar calc " + std::string(guide.method))) << guide.method;
        EXPECT_FALSE(std::regex_search(page.body, std::regex("<[^>]* (style|on[a-z]+)="))) << guide.method;
      }
  }
}

TEST_P(CalcPageTest, EveryMethodHasItsPicture) {
  for (const auto& guide : calc::guides()) {
    const auto page = get("/hitung/" + std::string(guide.method) + "?contoh=1").body;
    const auto from = page.find("id=\"hasil\""), to = page.find("id=\"perintah\"");
    ASSERT_LT(from, to) << guide.method;
    const auto result = page.substr(from, to - from);
    EXPECT_TRUE(holds(result, "<svg") || holds(result, "data-chart=") || holds(result, "class=\"risk")) << guide.method;
  }
}

TEST_P(CalcPageTest, ASampleIsDrawnForOtherMarginsAndARiskInItsMatrix) {
  const auto sample = get("/hitung/sample_size?method=krejcie_morgan&population=1000").body;
  EXPECT_TRUE(holds(sample, "isian Anda: 278")) << "Krejcie and Morgan's table: 278 of 1000";
  EXPECT_TRUE(holds(sample, ">5%</text>"));
  EXPECT_TRUE(holds(sample, ">7,5%</text>"));
  const auto risk = get("/hitung/risk_grade?probability=1&impact=5").body;
  const auto chosen = risk.find("chosen");
  ASSERT_NE(chosen, std::string::npos);
  EXPECT_TRUE(holds(risk.substr(chosen, 40), "Ekstrem")) << "a rare death is extreme, whatever the product says";
  EXPECT_EQ(risk.find("chosen", chosen + 1), std::string::npos) << "one cell is the reader's";
}

TEST_P(CalcPageTest, PeopleReadNamesAndNoKeys) {
  // Columns of what is pasted, and names of units and items that the examples give.
  const std::set<std::string> typed{"unit_cost", "utilisation_per_member_year", "cost_sharing", "driver_quantity", "driver_total"};
  std::set<std::string> read;
  for (const auto& guide : calc::guides())
    for (const char* lang : {"id", "en"})
      for (auto& word : keys_read(get("/hitung/" + std::string(guide.method) + "?contoh=1&bahasa=" + lang).body))
        if (!typed.contains(word)) read.insert(std::string(guide.method) + ": " + word);
  EXPECT_EQ(read, std::set<std::string>{});
}

TEST_P(CalcPageTest, CalculatesFromTheAddress) {
  const auto page = get("/hitung/proportion?x=81&n=263");
  EXPECT_EQ(page.status, 200);
  EXPECT_TRUE(holds(page.body, "0,307985")) << "81 of 263, Brown, Cai and DasGupta's example by its quotient";
  EXPECT_TRUE(holds(page.body, "0,255289–0,366210")) << "the Wilson interval of 81 in 263 as published by Newcombe: 0.2553 to 0.3662";
  EXPECT_TRUE(holds(get("/hitung/proportion?x=81&n=263&bahasa=en").body, "0.307985"));
}

TEST_P(CalcPageTest, AFaultStandsBesideItsFieldAndNothingTypedIsLost) {
  const auto page = get("/hitung/proportion?x=5&n=tiga");
  EXPECT_EQ(page.status, 422);
  EXPECT_TRUE(holds(page.body, "value=\"tiga\""));
  EXPECT_TRUE(holds(page.body, "id=\"f-n-m\""));
  EXPECT_FALSE(holds(page.body, "id=\"hasil\""));
  EXPECT_EQ(get("/hitung/proportion?x=5").status, 422);
  EXPECT_EQ(get("/hitung/tidak-ada").status, 404);
  EXPECT_EQ(get("/hitung/proportion?n=%3Cscript%3E&x=1").status, 422);
  EXPECT_FALSE(holds(get("/hitung/proportion?n=%3Cscript%3E&x=1").body, "<script>"));
}

TEST_P(CalcPageTest, AShortFormGoesOnUnderAnAddressALongOneDoesNot) {
  const auto reply = ask(http::Method::Post, "/hitung/proportion", "x=81&n=263&level=");
  EXPECT_EQ(reply.status, 303);
  EXPECT_TRUE(std::ranges::find(reply.headers, std::pair<std::string, std::string>("Location", "/hitung/proportion?x=81&n=263")) !=
              reply.headers.end());
  std::string many = "y=";
  for (int i = 0; i < 1000; ++i) many += std::to_string(i % 10) + "%0A";
  const auto page = ask(http::Method::Post, "/hitung/describe", many);
  EXPECT_EQ(page.status, 200);
  EXPECT_TRUE(holds(page.body, "4,5"));
}

}  // namespace pilar::calc_page_test
