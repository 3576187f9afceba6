#include "web/layout.h"

#include "i18n/messages.h"
#include "i18n/words/common.h"
#include "i18n/words/entry.h"
#include "i18n/words/queue.h"
#include "web/assets.h"

namespace pilar::web {
namespace {

std::string_view code_of(Lang lang) { return lang == Lang::Id ? "id" : "en"; }
std::string_view other_code_of(Lang lang) { return lang == Lang::Id ? "en" : "id"; }

/// "Pilar" at the end, so that many open tabs can be told apart.
void draw_head(html::Out& o, const std::string& title, std::string_view style) {
  o.el("meta", {{"charset", "utf-8"}});
  o.el("meta", {{"name", "viewport"}, {"content", "width=device-width, initial-scale=1"}});
  o.el("title", {}, title);
  if (const auto href = asset_href("icon.svg"); !href.empty()) o.el("link", {{"rel", "icon"}, {"href", href}});
  if (const auto href = asset_href(style); !href.empty()) o.el("link", {{"rel", "stylesheet"}, {"href", href}});
}

void draw_script(html::Out& o, std::string_view name) {
  if (const auto href = asset_href(name); !href.empty()) o.script(href);
}

void draw_other_language(html::Out& o, Lang lang, const std::string& href) {
  if (href.empty()) return;
  const auto code = other_code_of(lang);
  o.el("a", {{"class", "language"}, {"href", href}, {"lang", code}, {"hreflang", code}}, say(lang, Msg::CommonOtherLanguage));
}

/// The first button of a form is the one that Enter presses, so an unseen one stands before the switch.
void draw_language_button(html::Out& o, const PublicPage& page) {
  const auto code = other_code_of(page.lang);
  o.el("button", {{"class", "visually-hidden"}, {"form", page.language_form}, {"tabindex", -1}, {"aria-hidden", "true"}});
  o.el("button",
       {{"class", "language"},
        {"form", page.language_form},
        {"formaction", page.other_language_href},
        {"formnovalidate", true},
        {"name", kLanguageField},
        {"value", code},
        {"lang", code}},
       say(page.lang, Msg::CommonOtherLanguage));
}

void draw_brand(html::Out& o) {
  o.el("a", {{"class", "brand"}, {"href", "/"}}, [&] {
    o.el("svg", {{"viewBox", "0 0 18 18"}, {"width", 18}, {"height", 18}, {"aria-hidden", "true"}},
         [&] { o.el("path", {{"fill", "currentColor"}, {"d", "M1 1h16v3H1zM3 6h3v8H3zM7.5 6h3v8h-3zM12 6h3v8h-3zM1 15.5h16V18H1z"}}); });
    o.text("Pilar");
  });
}

void draw_search(html::Out& o, const StaffPage& page) {
  if (page.search_href.empty()) return;
  o.el("form", {{"class", "search"}, {"method", "get"}, {"action", page.search_href}, {"role", "search"}}, [&] {
    const auto words = say(page.lang, Msg::CommonSearchAnything);
    o.el("input", {{"type", "search"}, {"name", "q"}, {"placeholder", words}, {"aria-label", words}});
  });
  o.el("a", {{"class", "btn narrow"}, {"href", page.search_href}}, say(page.lang, Msg::CommonSearch));
}

void draw_bar(html::Out& o, const StaffPage& page) {
  o.el("header", {{"class", "top"}}, [&] {
    o.el("div", {{"class", "wrap"}}, [&] {
      draw_brand(o);
      o.el("input", {{"class", "fold"}, {"type", "checkbox"}, {"id", "fold-menu"}});
      o.el("nav", {{"class", "main-pages"}, {"aria-label", say(page.lang, Msg::CommonMainPages)}}, [&] {
        for (std::size_t i = 0; i < page.pages.size(); ++i)
          o.el("a", {{"href", page.pages[i].href}, {"aria-current", "page", i == page.current}}, page.pages[i].text);
        draw_other_language(o, page.lang, page.other_language_href);
        if (!page.person.text.empty()) o.el("a", {{"class", "person"}, {"href", page.person.href}}, page.person.text);
      });
      draw_search(o, page);
      o.el("label", {{"class", "btn narrow"}, {"for", "fold-menu"}}, say(page.lang, Msg::CommonMenu));
    });
  });
}

void draw_title(html::Out& o, const StaffPage& page) {
  draw_breadcrumb(o, page.lang, page.path);
  o.el("div", {{"class", "page-head"}}, [&] {
    o.el("div", {}, [&] {
      o.el("h1", {}, page.title);
      if (!page.place.empty()) o.el("p", {{"class", "place"}}, page.place);
    });
    o.el("div", {{"class", "page-side"}}, [&] {
      if (page.actions) o.el("div", {{"class", "actions"}}, [&] { page.actions(o); });
      if (!page.as_of.empty()) o.el("p", {{"class", "as-of"}}, say(page.lang, Msg::CommonAsOf, {page.as_of}));
      if (!page.help.href.empty())
        o.el("p", {{"class", "as-of page-help"}}, [&] { o.el("a", {{"href", page.help.href}}, page.help.text); });
    });
  });
}

void draw_tour(html::Out& o, const TourStep& step) {
  o.el("aside", {{"class", "card tour"}, {"aria-label", step.title}}, [&] {
    o.el("p", {{"class", "key"}}, step.title);
    o.el("p", {}, step.text);
    o.el("p", {{"class", "choices"}}, [&] {
      if (!step.back.href.empty()) o.el("a", {{"class", "btn"}, {"href", step.back.href}}, step.back.text);
      o.el("a", {{"class", "btn"}, {"href", step.next.href}}, step.next.text);
    });
  });
}

/// How many forms wait on this device, and the way to them; the script fills the number in for the # and shows it.
void draw_queue_bar(html::Out& o, const StaffPage& page) {
  if (page.account.empty()) return;
  o.el("p",
       {{"class", "notice waiting"},
        {"data-queue", page.account},
        {"data-waiting", say(page.lang, Msg::DraftWaiting, {"#"})},
        {"data-signed-out", say(page.lang, Msg::QueueSignedOut, {"#"})},
        {"data-refused", say(page.lang, Msg::QueueRefused, {"#"})},
        {"data-no-words", say(page.lang, Msg::QueueNoWords, {"#"})},
        {"hidden", true}},
       [&] {
         o.el("span");
         o.text(" ");
         o.el("a", {{"href", "/antrean"}}, say(page.lang, Msg::QueueOpen));
       });
}

}  // namespace

std::string draw_staff_page(const StaffPage& page, const Content& content) {
  html::Out o;
  o.doctype();
  o.el("html", {{"lang", code_of(page.lang)}}, [&] {
    o.el("head", {}, [&] {
      draw_head(o, page.title + " – Pilar", "staff.css");
      draw_script(o, "staff.js");
      if (page.charts) draw_script(o, "chart.js");
      if (page.entry) draw_script(o, "entry.js");
    });
    o.el("body", {}, [&] {
      o.el("a", {{"class", "skip"}, {"href", "#content"}}, say(page.lang, Msg::CommonSkip));
      draw_patterns(o);
      draw_bar(o, page);
      o.el("div", {{"class", "wrap notices"}, {"id", "notices"}, {"role", "status"}}, [&] {
        if (!page.notice.empty())
          o.el("div", {{"class", "notice"}}, [&] {
            o.text(page.notice);
            if (page.notice_more) page.notice_more(o);
          });
        draw_queue_bar(o, page);
      });
      o.el("main", {{"class", "wrap"}, {"id", "content"}}, [&] {
        if (page.tour) draw_tour(o, *page.tour);
        draw_title(o, page);
        content(o);
      });
      if (!page.why.empty()) o.el("footer", {{"class", "wrap why"}}, page.why);
    });
  });
  return o.take();
}

std::string draw_public_page(const PublicPage& page, const Content& content) {
  html::Out o;
  o.doctype();
  o.el("html", {{"lang", code_of(page.lang)}}, [&] {
    o.el("head", {}, [&] { draw_head(o, page.title + " – " + page.owner, "public.css"); });
    o.el("body", {}, [&] {
      draw_patterns(o);
      o.el("header", {{"class", "top"}}, [&] {
        o.el("div", {}, [&] {
          o.el("p", {}, [&] {
            o.el("b", {}, page.owner);
            if (!page.region.empty()) o.el("small", {}, page.region);
          });
          if (page.language_form.empty())
            draw_other_language(o, page.lang, page.other_language_href);
          else
            draw_language_button(o, page);
        });
      });
      o.el("main", {}, [&] { content(o); });
      if (page.footer.empty()) return;
      o.el("footer", {}, [&] {
        o.el("div", {}, [&] {
          for (const auto& line : page.footer) o.el("p", {}, line);
        });
      });
    });
  });
  return o.take();
}

}  // namespace pilar::web
