#include "web/home_months.h"

#include "app/month_report.h"
#include "i18n/format.h"
#include "i18n/messages.h"
#include "web/month_report_words.h"
#include "web/words.h"

namespace pilar::web {
namespace {

/// Months further back are not asked for any more.
constexpr std::size_t kMonthsAskedFor = 3;

void add_own_months(std::vector<Todo>& todos, const Visit& visit, const app::Today& today) {
  const auto reports = app::read_month_reports(visit.context, *visit.scope, today.node->key, today.running);
  if (!reports || reports->months.series.empty()) return;
  for (std::size_t i = 1; i <= kMonthsAskedFor && i < reports->cards.size(); ++i) {
    const auto& card = reports->cards[i];
    const bool returned = card.state == app::MonthState::Returned;
    if (!returned && card.state != app::MonthState::Complete) continue;
    const auto month = format::month(visit.lang, card.month);
    todos.push_back({returned ? Mark::Concern : Mark::None,
                     words(visit.lang, returned ? Msg::HomeNow : Msg::HomeThisWeek),
                     say(visit.lang, returned ? Msg::MonthTodoReturned : Msg::MonthTodoComplete, {month}),
                     returned ? card.events.back().reason : std::string(),
                     {words(visit.lang, Msg::MonthTodoOpen), month_report_href(*today.node, card.month)}});
  }
}

void add_waiting_months(std::vector<Todo>& todos, const Visit& visit) {
  const auto waiting = app::list_waiting_months(visit.context, *visit.scope);
  if (waiting.rows.empty()) return;
  const auto& first = waiting.rows.front();
  todos.push_back({Mark::None,
                   words(visit.lang, Msg::HomeThisWeek),
                   say(visit.lang, Msg::MonthTodoWaiting, {format::number(visit.lang, std::ssize(waiting.rows))}),
                   first.node->name + ", " + format::month(visit.lang, first.month),
                   {words(visit.lang, Msg::MonthTodoOpen), month_report_href(*first.node, first.month)}});
}

}  // namespace

std::vector<Todo> month_todos(const Visit& visit, const app::Today& today) {
  std::vector<Todo> todos;
  const auto& organisation = today.reference->organisation;
  if (today.node->kind != NodeKind::Facility)
    add_waiting_months(todos, visit);
  else if (app::may_send_month(*visit.scope, organisation, today.node->key))
    add_own_months(todos, visit, today);
  return todos;
}

}  // namespace pilar::web
