#include "app/month_report.h"

#include <algorithm>

#include "base/text.h"
#include "i18n/messages.h"
#include "i18n/words/answer.h"
#include "i18n/words/indicator.h"
#include "store/facility_head.h"
#include "store/month_report_store.h"

namespace pilar::app {
namespace {

MonthStep month_step_of(store::MonthAct act) {
  switch (act) {
    case store::MonthAct::Accept:
      return MonthStep::Accept;
    case store::MonthAct::Return:
      return MonthStep::Return;
    case store::MonthAct::Withdraw:
      return MonthStep::Withdraw;
    case store::MonthAct::Send:
      break;
  }
  return MonthStep::Send;
}

store::MonthAct act_of(MonthStep step) {
  switch (step) {
    case MonthStep::Accept:
      return store::MonthAct::Accept;
    case MonthStep::Return:
      return store::MonthAct::Return;
    case MonthStep::Withdraw:
      return store::MonthAct::Withdraw;
    case MonthStep::Send:
      break;
  }
  return store::MonthAct::Send;
}

const char* action_of(MonthStep step) {
  switch (step) {
    case MonthStep::Accept:
      return "month.accept";
    case MonthStep::Return:
      return "month.return";
    case MonthStep::Withdraw:
      return "month.withdraw";
    case MonthStep::Send:
      break;
  }
  return "month.send";
}

std::optional<double> point_of(const MeasureReading& reading) {
  switch (reading.measure->kind) {
    case MeasureKind::Rating:
      return reading.rating.mean;
    case MeasureKind::Skm:
      return reading.skm ? reading.skm->ikm : std::nullopt;
    case MeasureKind::Sum:
      return reading.total ? std::optional(reading.total->to_double()) : std::nullopt;
    case MeasureKind::Duration:
      if (!reading.measure->within) return reading.duration.median;
      break;
    case MeasureKind::Share:
    case MeasureKind::Ratio:
      break;
  }
  const auto share = reading.share.value();
  return share ? std::optional(*share * reading.measure->per) : std::nullopt;
}

/// What the facility said and did about its months.
struct Kept {
  std::vector<store::StoredMonthAct> acts{};
  std::vector<store::StoredMonthValue> values{};
  std::vector<store::StoredMonthNote> notes{};
};

Kept load_kept(store::Tx& tx, FacilityKey facility, Month from, Month to) {
  return {store::load_month_acts(tx, facility, from, to), store::load_month_values(tx, facility, from, to),
          store::load_month_notes(tx, facility, from, to)};
}

/// When the note was written that stands there; 0: none does.
Instant written_at(store::Tx& tx, FacilityKey facility, Month month, IndicatorKey indicator) {
  const auto notes = store::load_month_notes(tx, facility, month, {month.value + 1});
  const auto at = std::ranges::find(notes, indicator, &store::StoredMonthNote::indicator);
  return at == notes.end() ? Instant{} : at->at;
}

MonthState state_of(const MonthCard& card) {
  if (!card.events.empty()) {
    const auto last = card.events.back().step;
    if (last == MonthStep::Send) return MonthState::Sent;
    if (last == MonthStep::Accept) return MonthState::Accepted;
    if (last == MonthStep::Return) return MonthState::Returned;
  }
  if (card.filled == 0) return MonthState::Empty;
  return card.filled < card.all ? MonthState::Partly : MonthState::Complete;
}

bool is_sent(const MonthCard& card) { return card.state == MonthState::Sent || card.state == MonthState::Accepted; }

/// What is collected every few months is there while one of the last so many months has it.
bool is_filled(const IndicatorSeries& series, Month month) {
  for (int back = 0; back < series.line->profile().rhythm.collect; ++back)
    if (value_now(series, {month.value - back}).collected) return true;
  return false;
}

class CardMaker {
 public:
  CardMaker(const IndicatorMonths& months, const Kept& kept) : months_(months), kept_(kept) {}

  MonthCard make(Month month) const {
    MonthCard card{.month = month, .running = months_.running <= month};
    std::int32_t sending = 0;
    for (const auto& act : kept_.acts)
      if (act.month == month) {
        card.events.push_back({month_step_of(act.act), act.at, act.actor, act.reason});
        if (act.act != store::MonthAct::Send) continue;
        sending = act.seq;
        ++card.revision;
      }
    for (const auto& value : kept_.values)
      if (value.month == month && value.seq == sending)
        card.sent.emplace(value.indicator, SentValue{value.version, value.numerator, value.denominator, value.value, value.collected});
    for (const auto& note : kept_.notes)
      if (note.month == month) card.notes.emplace(note.indicator, MonthNote{note.analysis, note.follow_up, note.at});
    for (const auto& series : months_.series) {
      if (!is_in_use(series, month)) continue;
      ++card.all;
      if (is_filled(series, month)) ++card.filled;
    }
    card.state = state_of(card);
    for (const auto& series : months_.series) look_at(card, series);
    return card;
  }

 private:
  static void look_at(MonthCard& card, const IndicatorSeries& series) {
    if (!is_in_use(series, card.month)) return;
    const auto id = series.line->entry->id;
    const auto was = card.sent.find(id);
    if (is_sent(card) && (was == card.sent.end() || was->second != value_now(series, card.month))) card.changed.push_back(id);
    const auto* reading = series.reading(card.month);
    if (reading == nullptr || meets_target(*reading) != false) return;
    const auto note = card.notes.find(id);
    if (note == card.notes.end() || note->second.analysis.empty() || note->second.follow_up.empty()) card.unexplained.push_back(id);
  }

  const IndicatorMonths& months_;
  const Kept& kept_;
};

/// Reads the facility's report, lets `body` judge and write within the same transaction, and keeps the act.
template <class Body>
Result<void> act_on_month(Context& context, const Scope& scope, FacilityKey facility, Month month, const store::StoredMonthAct& wanted,
                          const char* action, Body&& body) {
  const auto reports = read_month_reports(context, scope, facility, month, 1);
  if (!reports) return std::unexpected(reports.error());
  Problems wrong;
  context.db.shared([&](store::Tx& tx) {
    // Whoever acted since the report was read has left a later act.
    const auto acts = store::load_month_acts(tx, facility, month, {month.value + 1});
    const auto* card = reports->find(month);
    wrong = acts.size() != card->events.size() ? one_problem(Problem::Kind::Conflict, Msg::MonthIsSent) : body(*reports, *card);
    if (!wrong.empty()) return;
    auto act = wanted;
    act.month = month;
    act.seq = static_cast<std::int32_t>(acts.size()) + 1;
    act.at = context.clock.now();
    act.actor = scope.actor();
    store::insert_month_act(tx, facility, act);
    if (act.act == store::MonthAct::Send) {
      std::vector<store::StoredMonthValue> values;
      for (const auto& series : reports->months.series) {
        if (!is_in_use(series, month)) continue;
        const auto now = value_now(series, month);
        values.push_back({month, act.seq, series.line->entry->id, now.version, now.numerator, now.denominator, now.point, now.collected});
      }
      store::insert_month_values(tx, facility, values);
    }
    store::append_audit(tx, facility, {act.at, act.actor, action, "month:" + iso(month), ""});
  });
  if (!wrong.empty()) return std::unexpected(std::move(wrong));
  return {};
}

}  // namespace

SentValue sent_value(int version, const MeasureReading& reading, std::int64_t records) {
  SentValue out{.version = version, .point = point_of(reading)};
  out.collected = out.point.has_value() || records > 0;
  if (has_share(*reading.measure) && reading.share.denominator > 0) {
    out.numerator = reading.share.numerator;
    out.denominator = reading.share.denominator;
  }
  return out;
}

std::int64_t count_behind(const MeasureReading& reading) {
  switch (reading.measure->kind) {
    case MeasureKind::Rating:
      return reading.rating.n;
    case MeasureKind::Sum:
      return reading.reports;
    case MeasureKind::Duration:
      return reading.duration.n;
    case MeasureKind::Share:
    case MeasureKind::Ratio:
      return reading.share.denominator;
    case MeasureKind::Skm:
      break;
  }
  return reading.respondents;
}

SentValue value_now(const IndicatorSeries& series, Month month) {
  const auto version = series.line->profile().version;
  const auto* found = series.month(month);
  return found == nullptr ? SentValue{.version = version} : sent_value(version, found->measures.front(), found->records);
}

bool is_in_use(const IndicatorSeries& series, Month month) {
  const auto& use = series.line->use;
  return use.mandatory || !use.from || *use.from < first_day({month.value + 1});
}

Problems check_send(const MonthCard& card) {
  if (card.all == 0) return one_problem(Problem::Kind::Invalid, Msg::MonthNothingUsed);
  if (card.running) return one_problem(Problem::Kind::Invalid, Msg::MonthNotOver, "", {day_arg(first_day({card.month.value + 1}))});
  if (is_sent(card) && card.changed.empty()) return one_problem(Problem::Kind::Conflict, Msg::MonthIsSent);
  if (!card.unexplained.empty())
    return one_problem(Problem::Kind::Invalid, Msg::MonthNeedsAnalysisCount, "", {std::to_string(card.unexplained.size())});
  return {};
}

const MonthCard* MonthReports::find(Month month) const {
  const auto at = std::ranges::find(cards, month, &MonthCard::month);
  return at == cards.end() ? nullptr : &*at;
}

Result<MonthReports> read_month_reports(Context& context, const Scope& scope, FacilityKey facility, Month until, int months) {
  auto read = read_indicator_months(context, scope, facility, IndicatorSpan{.until = until, .months = months});
  if (!read) return std::unexpected(read.error());
  MonthReports out;
  out.months = *std::move(read);
  Kept kept;
  const Month from{until.value - months + 1};
  context.db.read([&](store::Tx& tx) { kept = load_kept(tx, facility, from, {until.value + 1}); });
  const CardMaker maker(out.months, kept);
  for (Month month = until; from <= month; --month.value) out.cards.push_back(maker.make(month));
  return out;
}

bool may_send_month(const Scope& scope, const Organisation& organisation, FacilityKey facility) {
  return scope.may(Right::ManageIndicators, organisation, facility);
}

bool may_accept_month(const Scope& scope, const Organisation& organisation, FacilityKey facility) {
  return scope.why_above(Right::ManageIndicators, organisation, facility) != nullptr;
}

Result<void> send_month(Context& context, const Scope& scope, FacilityKey facility, Month month) {
  return act_on_month(context, scope, facility, month, {}, action_of(MonthStep::Send),
                      [&](const MonthReports& reports, const MonthCard& card) {
                        if (!may_send_month(scope, reports.months.kamus.reference->organisation, facility))
                          return one_problem(Problem::Kind::Forbidden, Msg::MonthMayNotSend);
                        return check_send(card);
                      });
}

Result<void> decide_month(Context& context, const Scope& scope, FacilityKey facility, Month month, MonthStep step,
                          const std::string& reason) {
  require(step != MonthStep::Send, "a report is sent by send_month");
  store::StoredMonthAct act;
  act.act = act_of(step);
  act.reason = trim(reason);
  return act_on_month(context, scope, facility, month, act, action_of(step), [&](const MonthReports& reports, const MonthCard& card) {
    const auto& organisation = reports.months.kamus.reference->organisation;
    const bool own = step == MonthStep::Withdraw;
    if (own ? !may_send_month(scope, organisation, facility) : !may_accept_month(scope, organisation, facility))
      return one_problem(Problem::Kind::Forbidden, own ? Msg::MonthMayNotSend : Msg::MonthMayNotAccept);
    if (!is_sent(card)) return one_problem(Problem::Kind::Conflict, Msg::MonthIsNotSent);
    if (step == MonthStep::Accept && card.state == MonthState::Accepted) return one_problem(Problem::Kind::Conflict, Msg::MonthIsAccepted);
    if (own && card.state == MonthState::Accepted) return one_problem(Problem::Kind::Conflict, Msg::MonthIsAccepted);
    return Problems{};
  });
}

Result<void> save_month_note(Context& context, const Scope& scope, FacilityKey facility, Month month, IndicatorKey indicator,
                             const MonthNote& note, std::optional<Instant> seen) {
  const auto reports = read_month_reports(context, scope, facility, month, 1);
  if (!reports) return std::unexpected(reports.error());
  if (!may_send_month(scope, reports->months.kamus.reference->organisation, facility))
    return refuse(Problem::Kind::Forbidden, Msg::MonthMayNotSend);
  const auto in_use = [&](const IndicatorSeries& series) { return series.line->entry->id == indicator; };
  if (std::ranges::none_of(reports->months.series, in_use)) return refuse(Problem::Kind::NotFound, Msg::IndicatorNotInUse);
  // A change can miss a target that was met when the report was sent: its next revision needs the words.
  const auto& card = *reports->find(month);
  if (is_sent(card) && card.changed.empty()) return refuse(Problem::Kind::Conflict, Msg::MonthIsSent);
  for (const auto& [field, text] : {std::pair{"analysis", &note.analysis}, {"follow_up", &note.follow_up}})
    if (!is_utf8(*text)) return refuse(Msg::AnswerBadText, field);
  Result<void> result;
  context.db.shared([&](store::Tx& tx) {
    result = {};
    if (seen && *seen != written_at(tx, facility, month, indicator))
      result = refuse(Problem::Kind::Conflict, Msg::MonthNoteChanged);
    else
      store::put_month_note(
          tx, facility,
          {month, indicator, std::string(trim(note.analysis)), std::string(trim(note.follow_up)), context.clock.now(), scope.actor()});
  });
  return result;
}

WaitingReports list_waiting_months(Context& context, const Scope& scope) {
  WaitingReports out{.reference = context.reference.get()};
  const auto& organisation = out.reference->organisation;
  std::vector<store::WaitingMonth> waiting;
  context.db.read([&](store::Tx& tx) { waiting = store::load_waiting_months(tx); });
  for (const auto& [facility, month] : waiting)
    if (may_accept_month(scope, organisation, facility)) out.rows.push_back({organisation.find(facility), month});
  return out;
}

}  // namespace pilar::app
