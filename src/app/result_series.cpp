#include "app/result_series.h"

namespace pilar::app {
namespace {

/// Whether the item still adds up as it does in this form; what was counted in another way cannot be summed with it.
bool counts_alike(const Item& earlier, const Instrument& latest) {
  const auto* item = latest.find(earlier.key);
  return item == nullptr || (item->aggregation == earlier.aggregation && item->distribution == earlier.distribution);
}

/// The series of one version that the reading takes in.
void add_series(SeriesNames& out, const InstalledVersion& version, const Instrument& latest, const std::optional<Breakdown>& breakdown) {
  const auto suffix = breakdown ? "@" + breakdown->item + "=" + breakdown->option : std::string();
  for (const auto& series : version.series) {
    if (series.item && !counts_alike(version.form.items[*series.item], latest)) continue;
    const bool plain = series.key.find('@') == std::string::npos;
    if (is_kept(series.aggregation)) {
      if (!breakdown) out.kept.emplace(series.id, &series);
    } else if (!breakdown) {
      if (plain) out.names.emplace(series.id, series.key);
    } else if (series.key.ends_with(suffix)) {
      out.names.emplace(series.id, series.key.substr(0, series.key.size() - suffix.size()));
    }
  }
}

}  // namespace

SeriesNames series_names(const Reference& reference, const InstalledVersion& latest, const std::optional<Breakdown>& breakdown) {
  SeriesNames out;
  for (const auto& version : reference.versions)
    if (version.instrument == latest.instrument) add_series(out, version, latest.form, breakdown);
  for (const auto& [key, name] : out.names) out.keys.push_back(key);
  return out;
}

}  // namespace pilar::app
