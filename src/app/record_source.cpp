#include "app/record_source.h"

#include "i18n/words/access.h"

namespace pilar::app {

Result<std::vector<store::RecordSource>> read_record_sources(Context& context, const Scope& scope, const ResultView& view) {
  const auto unit = view.unit == nullptr ? UnitKey{} : view.unit->key;
  const auto& reference = *view.reference;
  if (!scope.may(Right::ReadRecords, reference.organisation, view.node->key, unit))
    return refuse(Problem::Kind::Forbidden, Msg::AccessMayNotRead, "facility");
  const auto instrument = view.version->instrument;
  const auto* latest = reference.latest(instrument);
  const bool is_anonymous = latest == nullptr || latest->form.is_public;
  std::vector<store::RecordSource> sources;
  if (view.node->kind != NodeKind::Facility || view.breakdown || is_anonymous) return sources;
  const auto of_unit = view.unit == nullptr ? std::nullopt : std::optional(unit);
  context.db.read([&](store::Tx& tx) { sources = store::load_record_sources(tx, view.node->key, instrument, view.period, of_unit); });
  return sources;
}

}  // namespace pilar::app
