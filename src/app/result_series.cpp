#include "app/result_series.h"

#include "domain/formula.h"

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

void add_versions(SeriesNames& out, const Reference& reference, const InstalledVersion& latest, const std::optional<Breakdown>& breakdown) {
  for (const auto& version : reference.versions)
    if (version.instrument == latest.instrument) add_series(out, version, latest.form, breakdown);
}

/// A formula's records are those it counts.
void add_formula(SeriesNames& out, const InstalledVersion& formula) {
  const auto records = formula_records_key(formula.form.key);
  for (const auto& series : formula.series) out.names.emplace(series.id, series.key == records ? std::string(kRecords) : series.key);
}

}  // namespace

std::vector<std::string> counted_items(const Measure& measure) {
  auto items = measure.items;
  for (const auto& part : {measure.numerator, measure.denominator})
    if (!part.empty()) items.push_back(part);
  return items;
}

std::vector<std::string> series_behind(const Measure& measure, bool share_only) {
  auto names = share_only ? std::vector<std::string>() : counted_items(measure);
  if (measure.within)
    for (const auto& item : measure.items) names.push_back(limit_key(item, *measure.within));
  names.emplace_back(kRecords);
  return names;
}

SeriesNames series_names(const Reference& reference, const InstalledVersion& latest, const std::optional<Breakdown>& breakdown) {
  SeriesNames out;
  if (!latest.form.over.empty() && !breakdown) add_formula(out, latest);
  if (latest.form.over.empty()) add_versions(out, reference, latest, breakdown);
  for (const auto& [key, name] : out.names) out.keys.push_back(key);
  return out;
}

}  // namespace pilar::app
