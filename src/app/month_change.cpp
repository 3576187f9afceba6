#include "app/month_change.h"

#include <algorithm>

#include "app/month_figures.h"
#include "domain/report.h"

namespace pilar::app {
namespace {

bool holds(const std::vector<IndicatorKey>& list, IndicatorKey id) { return std::ranges::find(list, id) != list.end(); }

bool was_reported(const MonthCard& card) { return card.state == MonthState::Sent || card.state == MonthState::Accepted; }

/// Whether a later report of the indicator rests on this month: it counts through the year, or is collected every few months.
bool rests_on(const IndicatorSeries& series, bool adds_up, Month later, Month month) {
  if (adds_up && year_of(first_day(later)) == year_of(first_day(month))) return true;
  return later.value - month.value < series.line->profile().rhythm.collect;
}

MonthEffect effect_of(const MonthReports& reports, const IndicatorSeries& series, Month month) {
  MonthEffect effect{.indicator = series.line->entry->id};
  const auto& control = series.control;
  effect.moves_limits = control.baseline_from && control.baseline_to && *control.baseline_from <= month && month <= *control.baseline_to;
  effect.adds_up = is_cumulative(series.line->form->form, *series.measure);
  for (const auto& card : reports.cards) {
    if (card.month <= month || !was_reported(card)) continue;
    if (holds(card.changed, effect.indicator) || rests_on(series, effect.adds_up, card.month, month)) effect.reports.push_back(card.month);
  }
  std::ranges::sort(effect.reports);
  return effect;
}

}  // namespace

Result<std::vector<MonthEffect>> read_month_effects(Context& context, const Scope& scope, FacilityKey facility, Month month) {
  const auto* node = context.reference.get()->organisation.find(facility);
  const auto running = month_of(civil_day(context.clock.now(), node == nullptr ? Zone::Wib : node->zone));
  // The whole series up to now: its chart, and every report that came later.
  const auto reports = read_month_reports(context, scope, facility, std::max(running, month));
  if (!reports) return std::unexpected(reports.error());
  std::vector<MonthEffect> effects;
  const auto* card = reports->find(month);
  if (card == nullptr) return effects;
  for (const auto& series : reports->months.series)
    if (holds(card->changed, series.line->entry->id)) effects.push_back(effect_of(*reports, series, month));
  return effects;
}

WaitingReports list_changed_months(Context& context, const Scope& scope, FacilityKey office, Month until, int months) {
  WaitingReports out{.reference = context.reference.get()};
  const auto& organisation = out.reference->organisation;
  if (organisation.facilities_under(office, Day{first_day({until.value + 1}).value - 1}).size() > kMostLookedThrough) return out;
  for (auto month = until; until.value - months < month.value; --month.value) {
    const auto figures = read_month_figures(context, scope, office, month, FigureContent::Accepted);
    if (!figures) return out;
    for (const auto& facility : figures->facilities)
      if (std::ranges::any_of(facility.figures, &MonthFigure::changed) && may_accept_month(scope, organisation, facility.node->key))
        out.rows.push_back({organisation.find(facility.node->key), month});
  }
  return out;
}

}  // namespace pilar::app
