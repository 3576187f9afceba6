#include "web/help_pages.h"

#include <algorithm>
#include <array>
#include <iterator>

#include "app/people.h"
#include "app/search.h"
#include "base/text.h"
#include "i18n/messages.h"
#include "i18n/words/common.h"
#include "i18n/words/help.h"
#include "i18n/words/page.h"
#include "web/forms.h"
#include "web/frame.h"
#include "web/help_text.h"
#include "web/site.h"
#include "web/tour.h"
#include "web/words.h"

namespace pilar::web {
namespace {

constexpr std::size_t kMostFound = 12;
constexpr std::size_t kLongestWords = 100;

std::string topic_href(const HelpTopic& topic) { return "/bantuan/" + topic.key; }

void draw_topics(html::Out& o, const std::vector<HelpTopic>& topics) {
  o.el("ul", {{"class", "links"}}, [&] {
    for (const auto& topic : topics) o.el("li", {}, [&] { o.el("a", {{"href", topic_href(topic)}}, topic.title); });
  });
}

void draw_manuals(html::Out& o, Lang lang) {
  draw_card(o, {.title = words(lang, Msg::HelpManuals), .note = words(lang, Msg::HelpManualsNote)}, [&] { draw_topics(o, manuals(lang)); });
}

std::vector<HelpTopic> all_chapters(Lang lang) {
  auto all = help_topics(lang);
  std::ranges::move(manuals(lang), std::back_inserter(all));
  return all;
}

http::Reply get_help(const Visit& visit) {
  const auto lang = visit.lang;
  auto frame = staff_page(visit, Place::Other, words(lang, Msg::HelpTitle));
  frame.place = words(lang, Msg::HelpLead);
  return html_page(200, draw_staff_page(frame, [&](html::Out& o) {
                     draw_card(o, {}, [&] { draw_topics(o, help_topics(lang)); });
                     draw_manuals(o, lang);
                     draw_tour_start(o, visit);
                   }));
}

const HelpTopic* find_chapter(const std::vector<HelpTopic>& chapters, std::string_view key) {
  const auto at = std::ranges::find(chapters, key, &HelpTopic::key);
  return at == chapters.end() ? nullptr : &*at;
}

void draw_topic(html::Out& o, Lang lang, const HelpTopic& topic) {
  o.el("div", {{"class", "grid"}}, [&] {
    o.el("article", {{"class", "card prose"}}, [&] { draw_help(o, lang, topic.text); });
    draw_card(o, {.title = words(lang, Msg::HelpTopics)}, [&] { draw_topics(o, help_topics(lang)); });
  });
}

/// Where it is written in another language than the reader's, it says so to eyes and to screen readers.
void draw_manual(html::Out& o, Lang lang, const HelpTopic& manual) {
  if (manual.written != lang) o.el("p", {{"class", "note"}}, words(lang, Msg::HelpInEnglish));
  o.el("article", {{"class", "card prose"}, {"lang", "en"}}, [&] { draw_help(o, lang, manual.text); });
  draw_manuals(o, lang);
}

http::Reply get_topic(const Visit& visit) {
  const auto lang = visit.lang;
  const auto topics = help_topics(lang), books = manuals(lang);
  const auto* topic = find_chapter(topics, visit.args.at(0));
  const auto* manual = find_chapter(books, visit.args.at(0));
  const auto* chapter = topic == nullptr ? manual : topic;
  if (chapter == nullptr) return problem_reply(404, visit.request.path, lang, {{Problem::Kind::NotFound, Msg::PageNotFound, "", {}}});
  auto frame = staff_page(visit, Place::Other, chapter->title);
  frame.path = {{words(lang, Msg::HelpTitle), "/bantuan"}};
  return html_page(200, draw_staff_page(frame, [&](html::Out& o) {
                     if (topic != nullptr)
                       draw_topic(o, lang, *topic);
                     else
                       draw_manual(o, lang, *manual);
                   }));
}

/// What was found of one kind.
struct Found {
  Message title;
  std::vector<Link> links{};
};

bool holds(std::string_view text, std::string_view wanted) { return lower_ascii(text).find(wanted) != std::string::npos; }

Found find_pages(const StaffPage& frame, std::string_view wanted) {
  Found found{Msg::SearchPages};
  for (const auto& page : frame.pages)
    if (holds(page.text, wanted)) found.links.push_back(page);
  return found;
}

Found find_place_links(const Visit& visit, std::string_view wanted) {
  Found found{Msg::SearchPlaces};
  for (const auto* node : app::find_places(visit.reference->organisation, *visit.scope, Right::ReadResults, wanted, kMostFound))
    found.links.push_back(
        {node->name, node->kind == NodeKind::Facility ? "/faskes/" + node->code : "/wilayah?tempat=" + http::percent_encode(node->code)});
  return found;
}

Found find_instruments(const Visit& visit, std::string_view wanted) {
  Found found{Msg::SearchInstruments};
  for (const auto* version : visit.reference->latest_of_all()) {
    const auto& form = version->form;
    if (found.links.size() < kMostFound && (holds(form.title.in(visit.lang), wanted) || holds(form.key, wanted)))
      found.links.push_back({form.title.in(visit.lang), "/instrumen/" + form.key});
    for (const auto& measure : form.measures)
      if (found.links.size() < kMostFound && visit.scope->may(Right::ReadResults) && holds(measure.title.in(visit.lang), wanted))
        found.links.push_back({measure.title.in(visit.lang), "/hasil/" + form.key + "?ukuran=" + measure.key});
  }
  return found;
}

Found find_people(const Visit& visit, std::string_view wanted) {
  Found found{Msg::SearchPeople};
  if (!visit.scope->may(Right::ManageAccounts)) return found;
  app::PeopleQuery query{.words = std::string(wanted)};
  query.limit = static_cast<std::int64_t>(kMostFound);
  for (const auto& one : app::list_people(visit.context, *visit.scope, query).people)
    found.links.push_back({one.account.name, "/orang/" + http::percent_encode(one.account.login)});
  return found;
}

Found find_help(Lang lang, std::string_view wanted) {
  Found found{Msg::HelpTitle};
  for (const auto& topic : all_chapters(lang))
    if (found.links.size() < kMostFound && (holds(topic.title, wanted) || holds(plain_help(topic.text), wanted)))
      found.links.push_back({topic.title, topic_href(topic)});
  return found;
}

void draw_search_field(html::Out& o, Lang lang, const std::string& typed) {
  const auto label = words(lang, Msg::CommonSearchAnything);
  o.el("form", {{"class", "find"}, {"method", "get"}, {"action", "/cari"}}, [&] {
    o.el("input", {{"class", "form-control"}, {"type", "search"}, {"name", "q"}, {"value", typed}, {"aria-label", label}});
    draw_button(o, say(lang, Msg::CommonSearch), Button::Primary);
  });
}

http::Reply get_search(const Visit& visit) {
  const auto lang = visit.lang;
  const auto typed = std::string(trim(visit.request.param("q"))).substr(0, kLongestWords);
  const auto wanted = lower_ascii(typed);
  auto frame = staff_page(visit, Place::Other, words(lang, Msg::SearchTitle));
  std::vector<Found> all;
  if (!wanted.empty())
    all = {find_place_links(visit, wanted), find_instruments(visit, wanted), find_people(visit, wanted), find_pages(frame, wanted),
           find_help(lang, wanted)};
  std::erase_if(all, [](const Found& found) { return found.links.empty(); });
  return html_page(200, draw_staff_page(frame, [&](html::Out& o) {
                     draw_search_field(o, lang, typed);
                     if (wanted.empty()) return draw_card(o, {}, [&] { draw_empty(o, words(lang, Msg::SearchHint)); });
                     if (all.empty())
                       return draw_card(o, {}, [&] {
                         draw_empty(o, say(lang, Msg::SearchNothing, {typed}), {words(lang, Msg::HelpTitle), "/bantuan"});
                       });
                     for (const auto& found : all)
                       draw_card(o, {.title = words(lang, found.title)}, [&] {
                         o.el("ul", {{"class", "links"}}, [&] {
                           for (const auto& link : found.links) o.el("li", {}, [&] { o.el("a", {{"href", link.href}}, link.text); });
                         });
                       });
                   }));
}

constexpr std::array kHelpRoutes{
    Route{http::Method::Get, "/bantuan", May::SignedIn, Work::Blocking, &get_help, "The user's guide."},
    Route{http::Method::Get, "/bantuan/:arg", May::SignedIn, Work::Blocking, &get_topic, "A chapter of the user's guide."},
    Route{http::Method::Get, "/cari", May::ReadResults, Work::Blocking, &get_search, "Finds places, instruments, people, pages and help."},
};

}  // namespace

std::span<const Route> help_routes() { return kHelpRoutes; }

}  // namespace pilar::web
