#include "app/result_series.h"

namespace pilar::app {
namespace {

/// Whether the item still adds up as it does in this form; what was counted in another way cannot be summed with it.
bool counts_alike(const Item& earlier, const Instrument& latest) {
  const auto* item = latest.find(earlier.key);
  return item == nullptr || (item->aggregation == earlier.aggregation && item->distribution == earlier.distribution);
}

}  // namespace

SeriesNames series_names(const Reference& reference, const InstalledVersion& latest, const std::optional<Breakdown>& breakdown) {
  SeriesNames out;
  const auto suffix = breakdown ? "@" + breakdown->item + "=" + breakdown->option : std::string();
  for (const auto& version : reference.versions) {
    if (version.instrument != latest.instrument) continue;
    for (const auto& series : version.series) {
      const bool plain = series.key.find('@') == std::string::npos;
      if (series.item && !counts_alike(version.form.items[*series.item], latest.form)) continue;
      if (is_kept(series.aggregation)) {
        if (!breakdown) out.kept.emplace(series.id, &series);
        continue;
      }
      if (!breakdown && plain) out.names.emplace(series.id, series.key);
      if (breakdown && series.key.ends_with(suffix)) out.names.emplace(series.id, series.key.substr(0, series.key.size() - suffix.size()));
    }
  }
  for (const auto& [key, name] : out.names) out.keys.push_back(key);
  return out;
}

}  // namespace pilar::app
