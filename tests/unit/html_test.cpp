#include "web/html.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include "base/result.h"

namespace pilar::html_test {
/// What a browser makes of the text between two tags, or of a quoted attribute.
std::string unescape(std::string_view text) {
  std::string out;
  while (!text.empty()) {
    bool found = false;
    for (const auto& [entity, c] :
         {std::pair<std::string_view, char>{"&amp;", '&'}, {"&lt;", '<'}, {"&gt;", '>'}, {"&quot;", '"'}, {"&#39;", '\''}}) {
      if (!text.starts_with(entity)) continue;
      out += c;
      text.remove_prefix(entity.size());
      found = true;
      break;
    }
    if (found) continue;
    out += text.front();
    text.remove_prefix(1);
  }
  return out;
}

std::string drawn(auto body) {
  html::Out o;
  body(o);
  return o.take();
}

std::string link(std::string_view address) {
  return drawn([&](html::Out& o) { o.el("a", {{"href", address}}); });
}

TEST(Html, WritesElementsAttributesAndText) {
  const std::string title = "Obat & alat <baru>";
  EXPECT_EQ(drawn([&](html::Out& o) {
              o.el("section", {{"class", "card"}, {"data-n", 3}}, [&] {
                o.el("h2", {}, title);
                o.text("a");
                o.el("br");
                o.el("div");
              });
            }),
            "<section class=\"card\" data-n=\"3\"><h2>Obat &amp; alat &lt;baru&gt;</h2>a<br><div></div></section>");
}

TEST(Html, BooleanAndConditionalAttributes) {
  EXPECT_EQ(drawn([](html::Out& o) {
              o.el("input", {{"name", "a"}, {"required", true}, {"disabled", false}, {"id", "x", false}, {"value", "", true}});
            }),
            "<input name=\"a\" required value=\"\">");
}

TEST(Html, DrawingsHaveShortNumbers) {
  EXPECT_EQ(drawn([](html::Out& o) { o.el("circle", {{"cx", 12.3456}, {"cy", 3.0}, {"r", -0.004}}); }),
            "<circle cx=\"12.35\" cy=\"3\" r=\"0\"></circle>");
  html::Out o;
  EXPECT_THROW(o.el("circle", {{"cx", 0.0 / 0.0}}), Bug);
}

TEST(Html, KeepsTheFirstLineBreakOfATextarea) {
  EXPECT_EQ(drawn([](html::Out& o) { o.el("textarea", {}, "\nx"); }), "<textarea>\n\nx</textarea>");
  EXPECT_EQ(drawn([](html::Out& o) { o.el("p", {}, "\nx"); }), "<p>\nx</p>");
}

TEST(Html, AVoidElementWithContentIsABug) {
  html::Out o;
  EXPECT_THROW(o.el("br", {}, "x"), Bug);
}

TEST(Html, AddressesWithOtherSchemesPointNowhere) {
  for (const char* good : {"/indikator?bulan=2026-10", "", "#mengapa", "?q=a:b", "https://contoh.go.id/", "HTTP://contoh.go.id",
                           "mailto:tim@contoh.go.id", "halaman", "//contoh.go.id/x", "a/b:c"})
    EXPECT_EQ(link(good), "<a href=\"" + std::string(good) + "\"></a>") << good;
  for (const char* bad :
       {"javascript:alert(1)", "JaVaScRiPt:alert(1)", " javascript:x", "java\nscript:x", "java\tscript:x", "\x01javascript:x",
        "data:text/html,x", "data:image/png;base64,AA", "vbscript:x", "file:///etc/passwd", "blob:x", ":x"})
    EXPECT_EQ(link(bad), "<a href=\"#\"></a>") << bad;
  EXPECT_EQ(drawn([](html::Out& o) { o.el("form", {{"action", "javascript:x"}}); }), "<form action=\"#\"></form>");
  EXPECT_EQ(drawn([](html::Out& o) { o.el("p", {{"title", "javascript:x"}}); }), "<p title=\"javascript:x\"></p>");
}

TEST(Html, DataPicturesOnlyWhereAsked) {
  EXPECT_EQ(drawn([](html::Out& o) { o.el("img", {{"src", html::DataImage{"data:image/png;base64,AA"}}}); }),
            "<img src=\"data:image/png;base64,AA\">");
  EXPECT_EQ(drawn([](html::Out& o) { o.el("img", {{"src", html::DataImage{"data:text/html,x"}}}); }), "<img src=\"#\">");
}

TEST(Html, JsonCannotEndItsScript) {
  EXPECT_EQ(drawn([](html::Out& o) { o.json({{"id", "g"}}, R"({"a":"</script><b>&"})"); }),
            "<script type=\"application/json\" id=\"g\">{\"a\":\"\\u003c/script\\u003e\\u003cb\\u003e\\u0026\"}</script>");
}

TEST(Html, AnyTextComesBackAndNoMarkupLeaks) {
  rc::check("text and attributes round-trip", [](const std::string& text, const std::string& attribute) {
    const auto page = drawn([&](html::Out& o) { o.el("p", {{"title", attribute}}, text); });
    const std::string_view head = "<p title=\"", tail = "</p>";
    RC_ASSERT(page.starts_with(head) && page.ends_with(tail));
    const auto inner = std::string_view(page).substr(head.size(), page.size() - head.size() - tail.size());
    const auto seam = inner.find("\">");
    RC_ASSERT(seam != std::string_view::npos);
    const auto left = inner.substr(0, seam), right = inner.substr(seam + 2);
    for (const auto part : {left, right}) RC_ASSERT(part.find_first_of("<>\"'") == std::string_view::npos);
    RC_ASSERT(unescape(left) == attribute);
    RC_ASSERT(unescape(right) == text);
  });
  rc::check("markup characters anywhere", [] {
    const auto text = *rc::gen::container<std::string>(rc::gen::elementOf(std::string("<>&\"'=/ a;lt#39")));
    const auto page = drawn([&](html::Out& o) { o.text(text); });
    RC_ASSERT(page.find_first_of("<>\"'") == std::string::npos);
    RC_ASSERT(unescape(page) == text);
  });
}

}  // namespace pilar::html_test
