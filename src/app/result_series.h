#pragma once
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "app/reference.h"
#include "app/result.h"

namespace pilar::app {

/// Which series to read and under which item's name to sum them.
struct SeriesNames {
  std::map<SeriesKey, std::string> names;
  std::vector<SeriesKey> keys;                ///< ascending
  std::map<SeriesKey, const Series*> kept{};  ///< of states and yearly targets: read from reports
};

/// The keys of all that a measure is made of: its items, its numerator and its denominator.
std::vector<std::string> counted_items(const Measure& measure);
/// The keys of all series that a measure is read from: those, what lies within its limit, and the number of records. Of the share of a
/// duration alone, without the duration itself.
std::vector<std::string> series_behind(const Measure& measure, bool share_only = false);

/// Of all versions of the instrument, named as the latest names its items; with a breakdown, the series counted by it. Series that add
/// up in another way than their item does in the latest version are left out.
SeriesNames series_names(const Reference& reference, const InstalledVersion& latest, const std::optional<Breakdown>& breakdown);

}  // namespace pilar::app
