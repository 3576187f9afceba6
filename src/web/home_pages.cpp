#include "web/home_pages.h"

#include <algorithm>
#include <array>

#include "app/record_list.h"
#include "app/result.h"
#include "i18n/format.h"
#include "i18n/messages.h"
#include "web/frame.h"
#include "web/result_address.h"
#include "web/result_words.h"
#include "web/site.h"
#include "web/words.h"

namespace pilar::web {
namespace {

constexpr std::size_t kMostInstruments = 24;  ///< so that the page stays a bounded number of statements
constexpr int kTrendMonths = 12;

http::Reply get_root(const Visit& visit) {
  if (visit.person) return redirect("/beranda");
  return redirect(app::has_accounts(visit.context) ? "/masuk" : "/mulai");
}

/// What one visit of the start page stands on.
struct Home {
  const Visit& visit;
  const Node& node;
  Day today;
  Month running;

  std::optional<app::ResultView> read(const app::InstalledVersion& version, Month month) const {
    app::ResultQuery query{version.form.key, node.key, {}, month, {month.value + 1}};
    query.trend_months = kTrendMonths;
    auto view = app::read_result(visit.context, *visit.scope, query);
    if (!view) return {};
    return *std::move(view);
  }
  std::string href(const app::InstalledVersion& version, Month month) const {
    return ResultAddress{.instrument = version.form.key, .place = node.code, .from = month, .to = {month.value + 1}}.href();
  }
};

bool has_minimum(const Instrument& form) {
  return std::ranges::any_of(form.measures, [](const Measure& measure) { return measure.minimum.has_value() && !measure.visits.empty(); });
}

std::string days_left(const Home& home) {
  const auto left = first_day({home.running.value + 1}).value - home.today.value - 1;
  if (left == 0) return words(home.visit.lang, Msg::HomeLastDay);
  return say(home.visit.lang, Msg::HomeDaysLeft, {format::number(home.visit.lang, left)});
}

/// The visits that decide the need of a survey are reported through another instrument.
std::string visits_instrument(const Instrument& form) {
  for (const auto& measure : form.measures)
    if (!measure.visits.empty()) return measure.visits.substr(0, measure.visits.find('/'));
  return {};
}

void add_need(std::vector<Todo>& todos, const Home& home, const app::InstalledVersion& version, const app::MonthNeed& month) {
  const auto lang = home.visit.lang;
  const auto& need = month.need;
  const auto title = version.form.title.in(lang), name = format::month(lang, month.month);
  const auto answers = format::number(lang, need.answers), visits = format::number(lang, need.visits.value_or(0));
  const bool running = month.month == home.running;
  const bool is_short = need.required && need.answers < *need.required;
  if (need.state == Need::State::MoreThanVisits)
    todos.push_back({Mark::Concern,
                     words(lang, Msg::HomeNow),
                     say(lang, Msg::HomeNeedError, {title, name}),
                     say(lang, Msg::HomeNeedErrorReason, {answers, visits}),
                     {words(lang, Msg::HomeCheck), home.href(version, month.month)}});
  else if (running && is_short)
    todos.push_back({Mark::None,
                     days_left(home),
                     say(lang, Msg::HomeNeedShort, {title, name, answers, format::number(lang, *need.required)}),
                     "",
                     {words(lang, Msg::HomeShare), "/survei"}});
  if (!running && need.state == Need::State::VisitsUnknown && need.answers > 0)
    todos.push_back({Mark::None,
                     words(lang, Msg::HomeThisMonth),
                     say(lang, Msg::HomeVisitsMissing, {name}),
                     words(lang, Msg::HomeVisitsReason),
                     {words(lang, Msg::HomeReadForm), "/instrumen/" + visits_instrument(version.form)}});
}

/// Above facilities: how many of them have too few answers this month.
void add_places(std::vector<Todo>& todos, const Home& home, const app::InstalledVersion& version, const app::ResultView& view) {
  std::int64_t known = 0, few = 0;
  for (const auto& part : view.parts) {
    if (!part.need) continue;
    ++known;
    if (part.need->required && part.need->answers < *part.need->required) ++few;
  }
  if (few == 0) return;
  const auto lang = home.visit.lang;
  todos.push_back(
      {Mark::None,
       days_left(home),
       say(lang, Msg::HomePlacesShort,
           {version.form.title.in(lang), format::month(lang, home.running), format::number(lang, few), format::number(lang, known)}),
       "",
       {words(lang, Msg::HomeSeeResult), home.href(version, home.running)}});
}

std::vector<Todo> todos_of(const Home& home) {
  std::vector<Todo> todos;
  for (const auto* version : home.visit.reference->latest_of_all()) {
    if (!has_minimum(version->form)) continue;
    for (const int back : {1, 0}) {
      const auto view = home.read(*version, {home.running.value - back});
      if (!view) continue;
      for (const auto& month : view->needs) add_need(todos, home, *version, month);
      if (back == 0 && home.node.kind != NodeKind::Facility) add_places(todos, home, *version, *view);
    }
  }
  std::ranges::stable_sort(todos, {}, [](const Todo& todo) { return todo.mark == Mark::Concern ? 0 : 1; });
  return todos;
}

void draw_sparkline_of(html::Out& o, const Home& home, const app::ResultView& view, const Measure& measure) {
  std::vector<std::optional<double>> values;
  double low = 0, high = 0;
  bool first = true;
  for (const auto& month : view.trend)
    for (const auto& reading : month.measures) {
      if (reading.measure != &measure) continue;
      values.push_back(tell(home.visit.lang, view.version->form, reading).point);
      if (!values.back()) continue;
      low = first ? *values.back() : std::min(low, *values.back());
      high = first ? *values.back() : std::max(high, *values.back());
      first = false;
    }
  const auto joined = [&](std::size_t i) { return values[i - 1] && values[i]; };
  bool line = false;
  for (std::size_t i = 1; i < values.size(); ++i) line = line || joined(i);
  if (!line) return;  // lone points say nothing at this size
  const double margin = std::max((high - low) / 4, 0.05);
  const auto from = format::short_month(home.visit.lang, view.trend.front().month);
  o.el("p", {{"class", "note"}}, [&] {
    draw_sparkline(o, {low - margin, high + margin}, values, {}, measure.title.in(home.visit.lang));
    o.text(" " + format::range(from, format::short_month(home.visit.lang, view.trend.back().month)));
  });
}

void draw_instrument(html::Out& o, const Home& home, const app::InstalledVersion& version) {
  const auto lang = home.visit.lang;
  const auto day = app::last_record_day(home.visit.context, *home.visit.scope, version.form.key, home.node.key);
  const auto month = day ? month_of(*day) : home.running;
  draw_card(o, {.title = version.form.title.in(lang), .link = {words(lang, Msg::HomeSeeResult), home.href(version, month)}}, [&] {
    const auto view = day ? home.read(version, month) : std::nullopt;
    if (!view || view->measures.empty()) {
      const Link next = version.form.is_public ? Link{words(lang, Msg::HomeShare), "/survei"}
                                               : Link{words(lang, Msg::HomeReadForm), "/instrumen/" + version.form.key};
      return draw_empty(o, say(lang, Msg::HomeNoRecords), next);
    }
    const auto& reading = view->measures.front();
    const auto told = tell(lang, version.form, reading);
    const ResultAddress address{.instrument = version.form.key, .place = home.node.code, .from = month, .to = {month.value + 1}};
    draw_figure(o, lang,
                {say(lang, Msg::HomeFigure, {reading.measure->title.in(lang), format::month(lang, month)}), told.value,
                 address.href("/mengapa"), told.cases, told.interval});
    draw_sparkline_of(o, home, *view, *reading.measure);
  });
}

http::Reply get_home(const Visit& visit) {
  const auto* node = visit.reference->organisation.find(visit.scope->root());
  if (node == nullptr)
    return problem_reply(404, visit.request.path, visit.lang, {{Problem::Kind::NotFound, Msg::ResultUnknownPlace, "", {}}});
  const auto now = visit.context.clock.now();
  const auto today = civil_day(now, node->zone);
  const Home home{visit, *node, today, month_of(today)};
  auto frame = staff_page(visit, Place::Home, words(visit.lang, Msg::HomeTitle));
  frame.place = node->name + " · " + format::weekday(visit.lang, today) + ", " + format::date(visit.lang, today);
  frame.as_of = as_of(visit.lang, now, node->zone);
  const auto body = draw_staff_page(frame, [&](html::Out& o) {
    const auto todos = todos_of(home);
    if (todos.empty())
      draw_card(o, {}, [&] { draw_empty(o, say(visit.lang, Msg::HomeNothing)); });
    else
      draw_todos(o, todos, "");
    o.el("h2", {}, say(visit.lang, Msg::HomeInstruments));
    o.el("div", {{"class", "grid small"}}, [&] {
      const auto versions = visit.reference->latest_of_all();
      for (std::size_t i = 0; i < std::min(versions.size(), kMostInstruments); ++i) draw_instrument(o, home, *versions[i]);
    });
  });
  return {200, "text/html; charset=utf-8", body, {}};
}

constexpr std::array kHomeRoutes{
    Route{http::Method::Get, "/", May::Anyone, Work::Blocking, &get_root, "Leads to the start page, to signing in, or to the first run."},
    Route{http::Method::Get, "/beranda", May::ReadResults, Work::Blocking, &get_home,
          "What needs the reader today, and the latest results."},
};

}  // namespace

std::span<const Route> home_routes() { return kHomeRoutes; }

}  // namespace pilar::web
