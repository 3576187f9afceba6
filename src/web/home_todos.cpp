#include "web/home_todos.h"

#include <algorithm>

#include "i18n/format.h"
#include "i18n/messages.h"
#include "i18n/words/home.h"
#include "web/comment_pages.h"
#include "web/entry_address.h"
#include "web/facility_funnel.h"
#include "web/facility_table_list.h"
#include "web/home_months.h"
#include "web/home_own.h"
#include "web/home_signs.h"
#include "web/result_address.h"
#include "web/result_control.h"
#include "web/result_words.h"
#include "web/words.h"

namespace pilar::web {
namespace {

std::string number(Lang lang, std::int64_t value) { return format::number(lang, value); }

class MorningDesk {
 public:
  MorningDesk(const Visit& visit, const app::Today& today) : visit_(visit), lang_(visit.lang), today_(today) {}

  std::vector<Todo> gather() {
    for (const auto& view : today_.results) {
      for (const auto& month : view.needs) add_need(view, month);
      add_worse(view);
    }
    add_comments();
    add_silent();
    add_network();
    std::ranges::move(month_todos(visit_, today_), std::back_inserter(todos_));
    std::ranges::move(sign_todos(visit_, today_), std::back_inserter(todos_));
    std::ranges::move(own_todos(visit_), std::back_inserter(todos_));
    std::ranges::stable_sort(todos_, {}, [](const Todo& todo) { return todo.mark == Mark::Concern ? 0 : 1; });
    return std::move(todos_);
  }

 private:
  bool is_network() const { return today_.node->kind != NodeKind::Facility; }

  ResultAddress address(const app::ResultView& view, Month month) const {
    ResultAddress out{.instrument = view.version->form.key, .place = today_.node->code, .period = period_of(month)};
    if (today_.unit != nullptr) out.unit = today_.unit->code;
    return out;
  }

  std::string days_left() const {
    const auto left = first_day({today_.running.value + 1}).value - today_.day.value - 1;
    return left == 0 ? words(lang_, Msg::HomeLastDay) : say(lang_, Msg::HomeDaysLeft, {number(lang_, left)});
  }

  void add_need(const app::ResultView& view, const app::MonthNeed& month) {
    const auto& need = month.need;
    const auto title = view.version->form.title.in(lang_), name = format::month(lang_, month.month);
    const auto href = address(view, month.month).href();
    const bool running = month.month == today_.running;
    if (need.state == Need::State::MoreThanVisits) {
      todos_.push_back({Mark::Concern,
                        words(lang_, Msg::HomeNow),
                        say(lang_, Msg::HomeNeedError, {title, name}),
                        say(lang_, Msg::HomeNeedErrorReason, {number(lang_, need.answers), number(lang_, need.visits.value_or(0))}),
                        {words(lang_, Msg::HomeCheck), href}});
    } else if (running && need.required && need.answers < *need.required) {
      const auto missing = number(lang_, *need.required - need.answers);
      todos_.push_back({Mark::None,
                        days_left(),
                        say(lang_, Msg::HomeNeedShort, {title, name, number(lang_, need.answers), number(lang_, *need.required)}),
                        say(lang_, Msg::HomeNeedMissing, {missing}),
                        {words(lang_, Msg::HomeShare), "/survei"}});
    } else if (!running && need.state == Need::State::VisitsUnknown && need.answers > 0) {
      todos_.push_back({Mark::None, words(lang_, Msg::HomeThisMonth), say(lang_, Msg::HomeVisitsMissing, {name}),
                        words(lang_, Msg::HomeVisitsReason), visits_link(view.version->form)});
    }
  }

  /// The visits that decide the need of a survey are reported through another instrument.
  Link visits_link(const Instrument& form) const {
    for (const auto& measure : form.measures)
      if (!measure.visits.empty()) return fill_in_link(visit_, *today_.node, measure.visits.substr(0, measure.visits.find('/')));
    return {};
  }

  /// A first measure that has truly become worse.
  void add_worse(const app::ResultView& view) {
    if (view.trend.empty()) return;
    const auto& measure = view.version->form.measures.front();
    const auto control = control_of(measure, view);
    if (control.turn != Control::Turn::Worse || !control.last) return;
    const auto shown = control_view(measure, control, view);
    todos_.push_back({Mark::Concern,
                      words(lang_, Msg::HomeSignal),
                      finding_words(lang_, shown) + ".",
                      words(lang_, Msg::HomeSignalReason),
                      {words(lang_, Msg::HomeSeeChart), address(view, *control.last).href() + "#tren"}});
  }

  void add_comments() {
    if (!today_.low) return;
    const auto& low = *today_.low;
    CommentAddress address{.place = today_.node->code, .days = low.days};
    if (today_.unit != nullptr) address.unit = today_.unit->code;
    todos_.push_back({Mark::None,
                      words(lang_, Msg::HomeThisWeek),
                      say(lang_, Msg::HomeLowComments, {number(lang_, low.count)}),
                      say(lang_, Msg::HomeLowReason, {format::range(lang_, low.days.from, {low.days.to.value - 1})}),
                      {words(lang_, Msg::HomeReadComments), address.href()}});
  }

  void add_silent() {
    for (const auto& unit : today_.units) {
      if (!unit.is_silent || unit.unit == nullptr || !unit.last) continue;
      todos_.push_back({Mark::None,
                        words(lang_, Msg::HomeThisWeek),
                        say(lang_, Msg::HomeSilent, {unit.unit->name, number(lang_, today_.day.value - unit.last->value)}),
                        say(lang_, Msg::HomeSilentReason, {format::date(lang_, *unit.last)}),
                        {words(lang_, Msg::HomeShare), "/survei"}});
    }
  }

  /// How many facilities a remark of the table holds for, and the table with them alone.
  void add_kept(const app::FacilityTable& table, Keep keep, Message fact, Mark mark, std::string urgency) {
    const TableAddress address{.place = today_.node->code, .month = table.month, .keep = keep};
    const auto count = std::ranges::count_if(table.rows, [&](const auto& row) { return is_kept(row, address); });
    if (count == 0) return;
    todos_.push_back({mark,
                      std::move(urgency),
                      say(lang_, fact,
                          {number(lang_, static_cast<std::int64_t>(count)), number(lang_, static_cast<std::int64_t>(table.rows.size())),
                           format::month(lang_, table.month)}),
                      "",
                      {words(lang_, Msg::HomeSeePlaces), address.href()}});
  }

  /// Facilities that differ by more than chance.
  void add_below(const app::FacilityTable& table) {
    const auto names = below_limits(lang_, table);
    if (names.empty()) return;
    const TableAddress address{.place = today_.node->code, .month = table.month};
    todos_.push_back({Mark::Concern,
                      words(lang_, Msg::HomeSignal),
                      say(lang_, Msg::HomePlacesBelow, {names}),
                      say(lang_, Msg::HomePlacesBelowReason, {format::month(lang_, table.month)}),
                      {words(lang_, Msg::HomeSeeChart), address.href() + "#corong"}});
  }

  void add_network() {
    if (!is_network()) return;
    if (today_.before) {
      add_below(*today_.before);
      add_kept(*today_.before, Keep::Wrong, Msg::HomePlacesWrong, Mark::Concern, words(lang_, Msg::HomeNow));
      add_kept(*today_.before, Keep::Late, Msg::HomePlacesLate, Mark::None, words(lang_, Msg::HomeThisMonth));
      add_kept(*today_.before, Keep::Short, Msg::HomePlacesWereShort, Mark::None, words(lang_, Msg::HomeThisMonth));
    }
    if (today_.now) add_kept(*today_.now, Keep::Short, Msg::HomePlacesShort, Mark::None, days_left());
  }

  const Visit& visit_;
  Lang lang_;
  const app::Today& today_;
  std::vector<Todo> todos_;
};

}  // namespace

std::vector<Todo> todos_of(const Visit& visit, const app::Today& today) { return MorningDesk(visit, today).gather(); }

std::string next_due(Lang lang, const app::Today& today) {
  const Month next{today.running.value + 1};
  return say(lang, Msg::HomeNext, {format::date(lang, first_day(next)), format::month(lang, today.running)});
}

}  // namespace pilar::web
