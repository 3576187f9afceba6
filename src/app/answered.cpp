#include "app/answered.h"

#include <map>
#include <ranges>
#include <vector>

#include "store/cell_store.h"
#include "store/office_cell.h"

namespace pilar::app {

std::set<InstrumentKey> answered_instruments(Context& context, const Reference& reference, const Node& place,
                                             const std::vector<FacilityKey>& facilities, Month from, Month to) {
  std::map<SeriesKey, InstrumentKey> instruments;
  for (const auto* version : reference.latest_of_all())
    for (const auto series : reference.series_named(version->instrument, kRecords)) instruments.emplace(series, version->instrument);
  const auto keys = std::views::keys(instruments);
  const std::vector<SeriesKey> series(keys.begin(), keys.end());
  std::set<InstrumentKey> answered;
  context.db.read([&](store::Tx& tx) {
    answered.clear();
    const auto note = [&](const store::CellRow& row) {
      if (row.cell.n > 0) answered.insert(instruments.at(row.series));
    };
    const store::Office office{place.key, facilities};
    place.kind == NodeKind::Facility ? store::each_month_cell(tx, place.key, from, to, series, note)
                                     : store::each_office_cell(tx, {&office, 1}, from, to, series, note);
  });
  return answered;
}

}  // namespace pilar::app
