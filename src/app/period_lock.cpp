#include "app/period_lock.h"

#include <algorithm>

#include "base/text.h"
#include "domain/reason.h"
#include "i18n/messages.h"
#include "i18n/words/access.h"
#include "i18n/words/period.h"
#include "i18n/words/result.h"
#include "store/facility_head.h"
#include "store/period_store.h"

namespace pilar::app {
namespace {

constexpr std::int64_t kPeriodDayMicros = 86'400'000'000;

/// On whose behalf the scope may lock; empty: it may not.
std::optional<FacilityKey> locks_for(const Scope& scope, const Organisation& organisation, FacilityKey facility) {
  if (const auto* office = scope.why_above(Right::ManageIndicators, organisation, facility)) return office->place;
  const bool heads = std::ranges::any_of(scope.grants(), [&](const Grant& grant) {
    return grant.place == facility && (grant.role == Role::Head || grant.role == Role::Administrator);
  });
  return heads ? std::optional(facility) : std::nullopt;
}

/// What an office locked only it, or one above it, opens.
bool may_open_lock(const Scope& scope, const Organisation& organisation, FacilityKey facility, const store::StoredPeriodAct& lock) {
  if (lock.place == facility) return locks_for(scope, organisation, facility).has_value();
  return std::ranges::any_of(scope.grants(), [&](const Grant& grant) {
    return grant.place != facility && role_has(grant.role, Right::ManageIndicators) && organisation.is_under(facility, grant.place) &&
           organisation.is_under(lock.place, grant.place);
  });
}

bool may_open_from(const Scope& scope, const Organisation& organisation, FacilityKey facility, Month from,
                   const std::vector<store::StoredPeriodAct>& acts) {
  return std::ranges::all_of(acts, [&](const store::StoredPeriodAct& act) {
    return act.act != store::PeriodAct::Lock || act.month < from || may_open_lock(scope, organisation, facility, act);
  });
}

PeriodStep period_step_of(store::PeriodAct act) {
  if (act == store::PeriodAct::Open) return PeriodStep::Open;
  return act == store::PeriodAct::Close ? PeriodStep::Close : PeriodStep::Lock;
}

Problem lock_problem(const Reference& reference, store::Tx& tx, FacilityKey facility, Month month) {
  const store::StoredPeriodAct* lock = nullptr;
  const auto acts = store::load_period_acts(tx, facility);
  for (const auto& act : acts)
    if (act.act == store::PeriodAct::Lock && month <= act.month) {
      lock = &act;
      break;  // the one that closed this month; later ones closed later months
    }
  require(lock != nullptr, "a locked month was locked by somebody");
  const auto* place = reference.organisation.find(lock->place);
  const auto name = place == nullptr ? std::string("Pilar") : place->name;
  return {Problem::Kind::Conflict,
          lock->place == facility ? Msg::PeriodLockedByHead : Msg::PeriodLockedByOffice,
          "at",
          {month_arg(month), name, lock->reason}};
}

/// Judges and writes one act on the lock; `body` changes the lock or says why not.
template <class Body>
Result<void> change_period(Context& context, const Scope& scope, FacilityKey facility, store::StoredPeriodAct act, const char* action,
                           Body&& body) {
  Problems wrong;
  context.db.shared([&](store::Tx& tx) {
    const auto reference = reference_in(context, tx);
    const auto* node = reference->organisation.find(facility);
    if (node == nullptr || node->kind != NodeKind::Facility) {
      wrong = one_problem(Problem::Kind::NotFound, Msg::ResultUnknownPlace, "facility");
      return;
    }
    const auto place = locks_for(scope, reference->organisation, facility);
    if (!place) {
      wrong = one_problem(Problem::Kind::Forbidden, Msg::PeriodMayNotLock, "");
      return;
    }
    // Whoever writes a record meanwhile has the head; the lock holds for everything behind it.
    auto head = store::lock_head(tx, facility);
    const auto acts = store::load_period_acts(tx, facility);
    wrong = body(*reference, *node, head.period, acts);
    if (!wrong.empty()) return;
    act.seq = static_cast<std::int32_t>(acts.size()) + 1;
    act.at = context.clock.now();
    act.actor = scope.actor();
    act.place = *place;
    if (act.act == store::PeriodAct::Open) act.until = head.period.opened_until;
    if (act.act == store::PeriodAct::Close) act.month = head.period.opened_from;
    store::insert_period_act(tx, facility, act);
    store::set_period_lock(tx, facility, head.period);
    store::append_line(tx, head, {act.at, act.actor, action, "month:" + iso(act.month), ""});
    store::update_head(tx, head);
  });
  if (!wrong.empty()) return std::unexpected(std::move(wrong));
  return {};
}

}  // namespace

const PeriodEvent* PeriodView::locked_by() const {
  const PeriodEvent* last = nullptr;
  for (const auto& event : events)
    if (event.step == PeriodStep::Lock) last = &event;
  return last;
}

Result<PeriodView> read_period(Context& context, const Scope& scope, FacilityKey facility) {
  PeriodView view{.reference = context.reference.get(), .as_of = context.clock.now()};
  const auto& organisation = view.reference->organisation;
  view.node = organisation.find(facility);
  if (view.node == nullptr || view.node->kind != NodeKind::Facility)
    return refuse(Problem::Kind::NotFound, Msg::ResultUnknownPlace, "facility");
  if (!scope.may(Right::ReadResults, organisation, facility)) return refuse(Problem::Kind::Forbidden, Msg::AccessMayNotRead, "facility");
  view.running = month_of(civil_day(view.as_of, view.node->zone));
  std::vector<store::StoredPeriodAct> acts;
  context.db.read([&](store::Tx& tx) {
    view.lock = store::load_period_lock(tx, facility);
    acts = store::load_period_acts(tx, facility);
  });
  for (const auto& act : acts)
    view.events.push_back({period_step_of(act.act), act.month, act.until, organisation.find(act.place), act.at, act.actor, act.reason});
  view.may_lock = locks_for(scope, organisation, facility).has_value();
  view.may_open = view.lock.exists() && view.may_lock && may_open_from(scope, organisation, facility, view.lock.until, acts);
  return view;
}

Result<void> lock_period(Context& context, const Scope& scope, FacilityKey facility, Month until, const std::string& reason) {
  store::StoredPeriodAct act;
  act.act = store::PeriodAct::Lock;
  act.month = until;
  act.reason = trim(reason);
  return change_period(context, scope, facility, act, "period.lock",
                       [&](const Reference&, const Node& node, PeriodLock& lock, const std::vector<store::StoredPeriodAct>&) -> Problems {
                         const auto running = month_of(civil_day(context.clock.now(), node.zone));
                         if (until >= running) return one_problem(Problem::Kind::Invalid, Msg::PeriodNotOver, "month", {month_arg(until)});
                         if (until <= lock.until)
                           return one_problem(Problem::Kind::Conflict, Msg::PeriodIsLocked, "month", {month_arg(lock.until)});
                         if (auto wrong = check_reason(act.reason, "reason"); !wrong.empty()) return wrong;
                         lock.until = until;
                         return {};
                       });
}

Result<void> open_period(Context& context, const Scope& scope, FacilityKey facility, Month from, int days, const std::string& reason) {
  store::StoredPeriodAct act;
  act.act = store::PeriodAct::Open;
  act.month = from;
  act.reason = trim(reason);
  return change_period(
      context, scope, facility, act, "period.open",
      [&](const Reference& reference, const Node&, PeriodLock& lock, const std::vector<store::StoredPeriodAct>& acts) -> Problems {
        if (from > lock.until) return one_problem(Problem::Kind::Conflict, Msg::PeriodIsOpen, "month", {month_arg(from)});
        if (!may_open_from(scope, reference.organisation, facility, from, acts))
          return one_problem(Problem::Kind::Forbidden, Msg::PeriodMayNotOpen, "");
        if (days < 1 || days > kLongestOpening)
          return one_problem(Problem::Kind::Invalid, Msg::PeriodDays, "days", {std::to_string(kLongestOpening)});
        if (auto wrong = check_reason(act.reason, "reason"); !wrong.empty()) return wrong;
        lock.opened_from = from;
        lock.opened_until = {context.clock.now().micros + days * kPeriodDayMicros};
        return {};
      });
}

Result<void> close_period(Context& context, const Scope& scope, FacilityKey facility) {
  store::StoredPeriodAct act;
  act.act = store::PeriodAct::Close;
  return change_period(context, scope, facility, act, "period.close",
                       [&](const Reference&, const Node&, PeriodLock& lock, const std::vector<store::StoredPeriodAct>&) -> Problems {
                         if (!lock.is_open_again(context.clock.now()))
                           return one_problem(Problem::Kind::Conflict, Msg::PeriodNothingOpen, "");
                         lock.opened_until = {};
                         return {};
                       });
}

std::optional<Problem> check_period(Context& context, store::Write& write, Day day) {
  const auto month = month_of(day);
  if (!write.period().is_locked(month, context.clock.now())) return {};
  return lock_problem(*context.reference.get(), write.tx(), write.facility(), month);
}

std::optional<Problem> check_period(Context& context, store::Tx& tx, FacilityKey facility, Day day) {
  const auto month = month_of(day);
  if (!store::load_period_lock(tx, facility).is_locked(month, context.clock.now())) return {};
  return lock_problem(*context.reference.get(), tx, facility, month);
}

}  // namespace pilar::app
