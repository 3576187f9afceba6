#include "app/yearly_series.h"

#include <algorithm>

#include "app/result_series.h"
#include "domain/reading.h"

namespace pilar::app {
namespace {

void add_series_of(YearlyItem& one, const SeriesNames& names) {
  for (const auto& [key, series] : names.kept)
    if (series->key == one.item->key) one.reports.push_back(key);
  for (const auto& [key, name] : names.names)
    if (std::ranges::any_of(one.coverages, [&](const Measure* measure) { return measure->numerator == name; }))
      one.numerators.push_back(key);
}

}  // namespace

std::vector<YearlyItem> yearly_items(const Reference& reference) {
  std::vector<YearlyItem> all;
  for (const auto* version : reference.latest_of_all()) {
    const auto first = all.size();
    for (const auto& item : version->form.items)
      if (item.aggregation == Aggregation::YearlyTarget) all.push_back({version, &item, {}, {}, {}});
    if (all.size() == first) continue;
    const auto names = series_names(reference, *version, {});
    for (auto i = first; i < all.size(); ++i) {
      for (const auto& measure : version->form.measures)
        if (measure.denominator == all[i].item->key && is_cumulative(version->form, measure)) all[i].coverages.push_back(&measure);
      add_series_of(all[i], names);
    }
  }
  return all;
}

}  // namespace pilar::app
