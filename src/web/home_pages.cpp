#include "web/home_pages.h"

#include <algorithm>
#include <array>

#include "app/account.h"
#include "app/today.h"
#include "i18n/format.h"
#include "i18n/messages.h"
#include "i18n/words/home.h"
#include "web/facility_funnel.h"
#include "web/forms.h"
#include "web/frame.h"
#include "web/home_charts.h"
#include "web/home_todos.h"
#include "web/result_address.h"
#include "web/site.h"
#include "web/tour.h"
#include "web/words.h"

namespace pilar::web {
namespace {

http::Reply get_root(const Visit& visit) {
  if (visit.person) return redirect("/beranda");
  return redirect(app::has_accounts(visit.context) ? "/masuk" : "/mulai");
}

/// Of whoever looks after facilities: the month that is over, all of them against each other.
void draw_network(html::Out& o, Lang lang, const app::Today& today) {
  if (!today.before) return;
  if (const auto chart = funnel_of(lang, *today.before)) draw_funnel(o, lang, *chart);
}

http::Reply get_home(const Visit& visit) {
  const auto today = app::read_today(visit.context, *visit.scope);
  if (!today) return refuse_result(visit, today.error());
  const auto lang = visit.lang;
  auto frame = staff_page(visit, Place::Home, words(lang, Msg::HomeTitle));
  const auto unit = today->unit == nullptr ? std::string() : today->unit->name + " · ";
  frame.place = unit + today->node->name + " · " + format::weekday(lang, today->day) + ", " + format::date(lang, today->day);
  frame.as_of = as_of(lang, today->as_of, today->node->zone);
  frame.charts = true;
  if (today->node->kind == NodeKind::Facility)
    frame.actions = [&](html::Out& o) { draw_link_button(o, {words(lang, Msg::HomeFacility), "/faskes/" + today->node->code}); };
  return html_page(200, draw_staff_page(frame, [&](html::Out& o) {
                     const auto todos = todos_of(visit, *today);
                     if (todos.empty())
                       draw_card(o, {}, [&] { draw_empty(o, words(lang, Msg::HomeNothing) + " " + next_due(lang, *today)); });
                     else
                       draw_todos(o, todos, "");
                     if (!today->results.empty()) o.el("h2", {}, say(lang, Msg::HomeInstruments));
                     draw_results_of(o, lang, *today);
                     draw_network(o, lang, *today);
                     draw_units_of(o, lang, *today);
                     draw_tour_start(o, visit);
                   }));
}

constexpr std::array kHomeRoutes{
    Route{http::Method::Get, "/", May::Anyone, Work::Blocking, &get_root, "Leads to the start page, to signing in, or to the first run."},
    Route{http::Method::Get, "/beranda", May::ReadResults, Work::Blocking, &get_home,
          "What needs the reader today, and the latest results."},
};

}  // namespace

std::span<const Route> home_routes() { return kHomeRoutes; }

}  // namespace pilar::web
