#include "web/home_signs.h"

#include "app/integrity.h"
#include "i18n/format.h"
#include "i18n/messages.h"
#include "i18n/words/home.h"
#include "web/integrity_words.h"
#include "web/words.h"

namespace pilar::web {
namespace {

/// One row for an office, however many facilities it has.
std::vector<Todo> office_sign_todos(const Visit& visit, const Node& node, Month month) {
  const auto waiting = app::count_waiting_facilities(visit.context, *visit.scope, node.key, month);
  if (!waiting || waiting->all == 0) return {};
  const auto high =
      waiting->high > 0 ? say(visit.lang, Msg::HomeOfficeSignsHigh, {format::number(visit.lang, waiting->high)}) + " " : std::string();
  return {{waiting->high > 0 ? Mark::Concern : Mark::None,
           words(visit.lang, Msg::HomeThisWeek),
           say(visit.lang, Msg::HomeOfficeSigns, {format::month(visit.lang, month), format::number(visit.lang, waiting->all)}),
           high + words(visit.lang, Msg::HomeOfficeSignsReason),
           {words(visit.lang, Msg::HomeSeePlaces), integrity_href(node, month) + "&periksa=belum"}}};
}

}  // namespace

std::vector<Todo> sign_todos(const Visit& visit, const app::Today& today) {
  const auto& node = *today.node;
  const Month month{today.running.value - 1};
  if (node.kind != NodeKind::Facility) return office_sign_todos(visit, node, month);
  const auto count = app::find_waiting_signs(visit.context, *visit.scope, node.key, month);
  const auto waiting = count ? count->high + count->middle + count->low : 0;
  if (waiting == 0) return {};
  return {{count->high > 0 ? Mark::Concern : Mark::None,
           words(visit.lang, Msg::HomeNow),
           say(visit.lang, Msg::HomeSigns, {format::month(visit.lang, month), format::number(visit.lang, std::int64_t{waiting})}),
           say(visit.lang, Msg::HomeSignsReason, {format::date(visit.lang, civil_day(count->as_of, node.zone))}),
           {words(visit.lang, Msg::HomeCheck), integrity_href(node, month)}}};
}

}  // namespace pilar::web
