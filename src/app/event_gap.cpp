#include "app/event_gap.h"

#include <algorithm>
#include <map>

#include "app/result_series.h"
#include "i18n/words/access.h"
#include "i18n/words/control.h"
#include "i18n/words/mark.h"
#include "i18n/words/result.h"
#include "store/cell_store.h"

namespace pilar::app {
namespace {

/// Longer than day cells are kept.
constexpr std::int32_t kEventDays = 800;

}  // namespace

Result<std::vector<EventDay>> read_event_days(Context& context, const Scope& scope, const ResultQuery& query, const Measure& measure) {
  const auto reference = context.reference.get();
  const auto* version = reference->latest(query.instrument);
  if (version == nullptr) return refuse(Problem::Kind::NotFound, Msg::ResultUnknownInstrument, "instrument", {query.instrument});
  const auto* node = reference->organisation.find(query.place);
  if (node == nullptr) return refuse(Problem::Kind::NotFound, Msg::ResultUnknownPlace, "place");
  if (!scope.may(Right::ReadResults, reference->organisation, query.place))
    return refuse(Problem::Kind::Forbidden, Msg::AccessMayNotRead, "place");
  if (node->kind != NodeKind::Facility) return refuse(Problem::Kind::Invalid, Msg::MarkOnlyFacility, "place");
  if (!has_events(measure) || rests_on_reports(version->form, measure))
    return refuse(Problem::Kind::Invalid, Msg::ControlNoEvents, "bagan");
  const auto names = series_names(*reference, *version, {});
  const auto today = civil_day(context.clock.now(), node->zone);
  std::map<Day, Sums> days;
  context.db.read([&](store::Tx& tx) {
    const Day first{std::max(store::first_day_with_cells(tx, node->key).value, today.value - kEventDays)};
    store::each_day_cell(tx, node->key, first, {today.value + 1}, names.keys, [&](const store::CellRow& row) {
      if (!query.unit || row.unit == *query.unit) days[row.day].add(names.names.at(row.series), row.bucket, row.cell);
    });
  });
  std::vector<EventDay> out;
  for (const auto& [day, sums] : days)
    if (const auto one = event_day(day, read_measure(version->form, measure, sums))) out.push_back(*one);
  return out;
}

}  // namespace pilar::app
