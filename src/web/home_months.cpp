#include "web/home_months.h"

#include "app/month_change.h"
#include "app/month_report.h"
#include "app/month_sending.h"
#include "i18n/format.h"
#include "i18n/messages.h"
#include "i18n/words/home.h"
#include "i18n/words/indicator.h"
#include "i18n/words/period.h"
#include "web/month_report_words.h"
#include "web/words.h"

namespace pilar::web {
namespace {

/// Months further back are not asked for any more.
constexpr int kMonthsAskedFor = 3;

/// So long home tells that a report went by itself.
constexpr std::int64_t kToldMicros = 7LL * 86'400'000'000;

class OwnMonths {
 public:
  OwnMonths(const Visit& visit, const app::Today& today, const app::MonthSending& sending)
      : lang_(visit.lang),
        node_(*today.node),
        now_(visit.context.clock.now()),
        sending_(sending) {}

  void add(std::vector<Todo>& todos, const app::MonthCard& card) const {
    const auto month = format::month(lang_, card.month);
    const Link open{words(lang_, Msg::MonthTodoOpen), month_report_href(node_, card.month)};
    if (card.state == app::MonthState::Returned)
      todos.push_back(
          {Mark::Concern, words(lang_, Msg::HomeNow), say(lang_, Msg::MonthTodoReturned, {month}), card.events.back().reason, open});
    else if (went_by_itself(card))
      todos.push_back({Mark::None, words(lang_, Msg::HomeThisWeek), say(lang_, Msg::MonthTodoAutoSent, {month}),
                       format::moment(lang_, card.events.back().at, node_.zone), open});
    else if (waits_to_go(card))
      todos.push_back(
          {Mark::None, words(lang_, Msg::HomeThisWeek), say(lang_, Msg::MonthTodoAutoWaits, {month}), why_it_waits(card), open});
    else if (has_gaps(card))
      todos.push_back({Mark::None,
                       words(lang_, Msg::HomeThisMonth),
                       say(lang_, Msg::MonthTodoGaps, {month}),
                       filled_words(lang_, card) + ".",
                       {words(lang_, Msg::MonthTodoFill), month_report_href(node_, card.month)}});
    else if (card.state == app::MonthState::Complete)
      todos.push_back({Mark::None, words(lang_, Msg::HomeThisWeek), say(lang_, Msg::MonthTodoComplete, {month}), why_it_waits(card), open});
  }

 private:
  bool went_by_itself(const app::MonthCard& card) const {
    return card.state == app::MonthState::Sent && card.events.back().actor == app::kSentByItself &&
           now_.micros - card.events.back().at.micros < kToldMicros;
  }

  /// The month that has just ended and lacks forms.
  bool has_gaps(const app::MonthCard& card) const {
    const bool last = card.month == Month{month_of(civil_day(now_, node_.zone)).value - 1};
    return last && card.events.empty() && card.filled < card.all;
  }

  /// Its time has come, and something is still in the way.
  bool waits_to_go(const app::MonthCard& card) const {
    const bool last = card.month == Month{month_of(civil_day(now_, node_.zone)).value - 1};
    if (!sending_.enabled || !last || !card.events.empty() || now_ < app::sending_time(sending_, card.month, node_.zone)) return false;
    return card.filled < card.all || !card.unexplained.empty();
  }

  std::string why_it_waits(const app::MonthCard& card) const {
    if (card.filled < card.all) return filled_words(lang_, card);
    if (card.unexplained.empty()) return {};
    return say(lang_, Msg::MonthNeedsAnalysisCount, {format::number(lang_, std::ssize(card.unexplained))});
  }

  Lang lang_;
  const Node& node_;
  Instant now_;
  const app::MonthSending& sending_;
};

void add_own_months(std::vector<Todo>& todos, const Visit& visit, const app::Today& today) {
  const auto reports = app::read_month_reports(visit.context, *visit.scope, today.node->key, {today.running.value - 1}, kMonthsAskedFor);
  if (!reports || reports->months.series.empty()) return;
  const auto sending = app::read_month_sending(visit.context, *visit.scope, today.node->key);
  const auto set = sending.value_or(app::MonthSending{});
  const OwnMonths own(visit, today, set);
  for (const auto& card : reports->cards) own.add(todos, card);
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

/// What an office accepted and is not what the data say any more.
void add_changed_months(std::vector<Todo>& todos, const Visit& visit, const app::Today& today) {
  const auto changed = app::list_changed_months(visit.context, *visit.scope, today.node->key, {today.running.value - 1}, kMonthsAskedFor);
  if (changed.rows.empty()) return;
  const auto& first = changed.rows.front();
  todos.push_back({Mark::Concern,
                   words(visit.lang, Msg::HomeNow),
                   say(visit.lang, Msg::MonthTodoChanged, {format::number(visit.lang, std::ssize(changed.rows))}),
                   first.node->name + ", " + format::month(visit.lang, first.month),
                   {words(visit.lang, Msg::MonthTodoOpen), month_report_href(*first.node, first.month)}});
}

}  // namespace

std::vector<Todo> month_todos(const Visit& visit, const app::Today& today) {
  std::vector<Todo> todos;
  const auto& organisation = today.reference->organisation;
  if (today.node->kind != NodeKind::Facility) {
    add_waiting_months(todos, visit);
    add_changed_months(todos, visit, today);
  } else if (app::may_send_month(*visit.scope, organisation, today.node->key)) {
    add_own_months(todos, visit, today);
  }
  return todos;
}

}  // namespace pilar::web
