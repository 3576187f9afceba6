#include <gtest/gtest.h>

#include <algorithm>
#include <regex>
#include <set>

#include "base/embedded.h"
#include "base/json.h"
#include "i18n/messages.h"
#include "i18n/words/answer.h"
#include "web/assets.h"
#include "web/charts.h"
#include "web/forms.h"
#include "web/layout.h"
#include "web/style_page.h"

namespace pilar::page_test {
std::vector<std::string> every(const std::string& page, const std::string& pattern) {
  std::vector<std::string> found;
  const std::regex wanted(pattern);
  for (auto it = std::sregex_iterator(page.begin(), page.end(), wanted); it != std::sregex_iterator(); ++it) found.push_back((*it)[1]);
  return found;
}

std::vector<std::string> style_pages() {
  return {web::draw_style_page(Lang::Id), web::draw_style_page(Lang::En), web::draw_public_style_page(Lang::Id),
          web::draw_public_style_page(Lang::En)};
}

std::string drawn(const std::function<void(html::Out&)>& body) {
  html::Out o;
  body(o);
  return o.take();
}

bool holds(const std::string& text, std::string_view part) { return text.find(part) != std::string::npos; }

TEST(Page, KeepsTheSecurityPolicy) {
  for (const auto& page : style_pages()) {
    EXPECT_FALSE(std::regex_search(page, std::regex("<[^>]* (style|on[a-z]+)=")));
    EXPECT_FALSE(holds(page, "<style"));
    for (const auto& kind : every(page, "<script ([^>]*)>"))
      EXPECT_TRUE(kind.starts_with("type=\"application/json\"") || kind.starts_with("defer src=\"/assets/")) << kind;
  }
}

TEST(Page, EveryReferenceHasItsTarget) {
  for (const auto& page : style_pages()) {
    const auto ids = every(page, " id=\"([^\"]*)\"");
    const std::set<std::string> known(ids.begin(), ids.end());
    EXPECT_EQ(known.size(), ids.size()) << "an id occurs twice";
    for (const auto& id : every(page, " for=\"([^\"]*)\"")) EXPECT_TRUE(known.contains(id)) << id;
    for (const auto& notes : every(page, " aria-describedby=\"([^\"]*)\""))
      for (const auto& id : every(notes, "([^ ]+)")) EXPECT_TRUE(known.contains(id)) << id;
    for (const auto& id : every(page, " href=\"#([a-z][^\"]*)\"")) EXPECT_TRUE(known.contains(id)) << id;
    for (const auto& id : every(page, "url\\(#([^)]*)\\)")) EXPECT_TRUE(known.contains(id)) << id;
  }
}

TEST(Page, SpeaksOneLanguage) {
  EXPECT_TRUE(holds(web::draw_style_page(Lang::Id), "<html lang=\"id\">"));
  EXPECT_TRUE(holds(web::draw_style_page(Lang::Id), "Data per 21 November 2026 08.15 WIB"));
  EXPECT_TRUE(holds(web::draw_style_page(Lang::En), "Data as of 21 November 2026 08:15 WIB"));
  EXPECT_TRUE(holds(web::draw_style_page(Lang::Id), "86,4%"));
  EXPECT_TRUE(holds(web::draw_style_page(Lang::En), "86.4%"));
  for (const auto& page : style_pages())
    for (const char* never : {"NaN", "nan", "inf%", "undefined"})
      EXPECT_FALSE(std::regex_search(page, std::regex("\\b" + std::string(never) + "\\b"))) << never;
}

TEST(Page, APublicPageHasNoScript) { EXPECT_FALSE(holds(web::draw_public_style_page(Lang::Id), "<script")); }

TEST(Components, ProblemsLinkToTheirFields) {
  const Problems problems{{Problem::Kind::Invalid, Msg::AnswerTooLarge, "unit", {"Unit <b>"}},
                          {Problem::Kind::Conflict, Msg::RecordVoided, "", {}}};
  const auto page = drawn([&](html::Out& o) { web::draw_problems(o, Lang::Id, problems); });
  EXPECT_TRUE(holds(page, "<a href=\"#f-unit\">Paling besar Unit &lt;b&gt;.</a>"));
  EXPECT_TRUE(holds(page, "2 hal perlu dilengkapi"));
  EXPECT_EQ(drawn([&](html::Out& o) { web::draw_problems(o, Lang::Id, {}); }), "");
  EXPECT_EQ(web::problem_of(Lang::Id, problems, "other"), "");
}

TEST(Components, AFieldKeepsWhatWasTypedExceptSecrets) {
  EXPECT_TRUE(holds(drawn([](html::Out& o) { web::draw_field(o, Lang::Id, {.name = "a", .label = "A", .value = "\"x\""}); }),
                    "value=\"&quot;x&quot;\""));
  EXPECT_FALSE(
      holds(drawn([](html::Out& o) { web::draw_field(o, Lang::Id, {.name = "a", .label = "A", .value = "rahasia", .type = "password"}); }),
            "rahasia"));
}

TEST(Components, DrawWithoutData) {
  EXPECT_TRUE(holds(drawn([](html::Out& o) { web::draw_stacked_bar(o, Lang::Id, {}); }), "tone-outside"));
  const std::vector<std::optional<double>> gaps(12);
  EXPECT_FALSE(holds(drawn([&](html::Out& o) { web::draw_sparkline(o, {0, 1}, gaps, {}, "kosong"); }), "<path"));
  EXPECT_FALSE(holds(drawn([](html::Out& o) { web::draw_sparkline(o, {0, 1}, {}, {}, "kosong"); }), "<circle"));
  EXPECT_EQ(drawn([](html::Out& o) { web::draw_pagination(o, Lang::Id, 1, 1, [](int) { return std::string(); }); }), "");
  EXPECT_TRUE(holds(drawn([](html::Out& o) { web::draw_todos(o, {}, "Tidak ada yang menunggu Anda."); }), "Tidak ada yang menunggu Anda."));
  EXPECT_TRUE(holds(drawn([](html::Out& o) { web::draw_spc(o, Lang::Id, {.finding = "Belum ada data"}); }), "Belum ada data"));
  html::Out o;
  EXPECT_THROW(web::draw_progress(o, "x", 1, 0, ""), Bug);
  EXPECT_THROW(web::draw_interval(o, {1, 1}, {}, ""), Bug);
}

TEST(Components, GapsBreakASparkline) {
  const std::vector<std::optional<double>> values{0.0, 1.0, std::nullopt, 1.0, 0.0};
  const auto page = drawn([&](html::Out& o) { web::draw_sparkline(o, {0, 1}, values, {}, ""); });
  const auto path = every(page, " d=\"([^\"]*)\"").at(0);
  EXPECT_EQ(std::ranges::count(path, 'M'), 2);
  EXPECT_EQ(std::ranges::count(path, 'L'), 2);
}

TEST(Components, ChartDataIsJsonAndCannotLeaveItsScript) {
  web::SpcChart chart{.finding = "</script><b>", .points = {{.tick = "Jan", .name = "</script>", .value = 1.5, .upper = 2}}, .target = 1.0};
  const auto page = drawn([&](html::Out& o) { web::draw_spc(o, Lang::Id, chart); });
  const auto data = every(page, "<script type=\"application/json\">([^<]*)</script>");
  ASSERT_EQ(data.size(), 1U);
  const auto parsed = json::parse(data[0]);
  const auto* value = std::get_if<json::Value>(&parsed);
  ASSERT_TRUE(value);
  const auto& point = value->find("points")->array().at(0);
  EXPECT_EQ(point.find("value")->to_double(), 1.5);
  EXPECT_EQ(point.find("detail")->array().at(0).string(), "</script>");
}

TEST(Assets, AreServedByTheirHashedNames) {
  const bool built = std::ranges::any_of(embedded_files(), [](const EmbeddedFile& file) { return file.name.starts_with("assets/"); });
  if (!built) {
    EXPECT_EQ(web::asset_href("staff.css"), "");
    return;
  }
  const auto href = web::asset_href("staff.css");
  ASSERT_TRUE(std::regex_match(href, std::regex("/assets/staff\\.[A-Z0-9]{8}\\.css"))) << href;
  http::Request request;
  request.path = href;
  const auto plain = web::serve_asset(request);
  ASSERT_TRUE(plain);
  EXPECT_EQ(plain->content_type, "text/css; charset=utf-8");
  EXPECT_TRUE(holds(plain->body, "--ink"));
  request.headers = {{"accept-encoding", "br, gzip;q=0.8"}};
  EXPECT_LT(web::serve_asset(request)->body.size(), plain->body.size());
  request.headers = {{"accept-encoding", "gzip;q=0"}};
  EXPECT_EQ(web::serve_asset(request)->body, plain->body);
}

TEST(Assets, UnknownNamesAreRefused) {
  for (const char* path : {"/assets/", "/assets/x.css", "/assets/../packs/x", "/other", ""}) {
    http::Request request;
    request.path = path;
    EXPECT_FALSE(web::serve_asset(request)) << path;
  }
  EXPECT_EQ(web::asset_href("none.css"), "");
}

}  // namespace pilar::page_test
