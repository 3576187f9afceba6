#include "app/answered.h"

#include <map>
#include <ranges>
#include <vector>

#include "store/network_cell.h"

namespace pilar::app {

std::set<InstrumentKey> answered_instruments(Context& context, const Reference& reference, std::span<const FacilityKey> facilities,
                                             Month from, Month to) {
  std::map<SeriesKey, InstrumentKey> instruments;
  for (const auto* version : reference.latest_of_all())
    for (const auto series : reference.series_named(version->instrument, kRecords)) instruments.emplace(series, version->instrument);
  const auto keys = std::views::keys(instruments);
  const std::vector<SeriesKey> series(keys.begin(), keys.end());
  std::set<InstrumentKey> answered;
  context.db.read([&](store::Tx& tx) {
    answered.clear();
    store::each_network_cell(tx, facilities, from, to, series, [&](const store::CellRow& row) {
      if (row.cell.n > 0) answered.insert(instruments.at(row.series));
    });
  });
  return answered;
}

}  // namespace pilar::app
