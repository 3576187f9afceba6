#include "app/network_values.h"

#include <algorithm>
#include <set>

#include "app/result_series.h"
#include "base/result.h"
#include "store/network_cell.h"
#include "store/report_store.h"

namespace pilar::app {
namespace {

/// The series that a measure is made of, by the names of the newest form.
std::set<std::string, std::less<>> names_behind(const Measure& measure) {
  std::set<std::string, std::less<>> names(measure.items.begin(), measure.items.end());
  for (const auto& item : {measure.numerator, measure.denominator})
    if (!item.empty()) names.insert(item);
  if (measure.within)
    for (const auto& item : measure.items) names.insert(limit_key(item, *measure.within));
  names.emplace(kRecords);
  return names;
}

template <class Map>
std::vector<SeriesKey> series_in(const Map& uses) {
  std::vector<SeriesKey> keys;
  for (const auto& [key, use] : uses) keys.push_back(key);
  return keys;
}

Day last_day_of(const MonthRange& range) { return {first_day(range.to).value - 1}; }

}  // namespace

std::vector<std::pair<const InstalledVersion*, const Measure*>> summed_parts(const KamusView& kamus, const KamusLine& line) {
  std::vector<std::pair<const InstalledVersion*, const Measure*>> parts;
  if (line.profile().sum_of.empty()) return parts;
  for (const auto* part : kamus.parts_of(line))
    if (part->measure != nullptr && is_share(*part->measure)) parts.emplace_back(part->form, part->measure);
  return parts;
}

NetworkValues::NetworkValues(const Reference& reference, std::vector<NetworkMeasure> measures, std::vector<MonthRange> ranges,
                             Facilities facilities)
    : measures_(std::move(measures)),
      ranges_(std::move(ranges)) {
  require(!ranges_.empty(), "values are read for some months");
  for (std::size_t i = 0, asked = measures_.size(); i < asked; ++i)
    for (const auto& [form, measure] : std::exchange(measures_[i].parts, {})) {
      parts_[i].push_back(measures_.size());
      measures_.push_back({form, measure, measures_[i].facilities, {}});
    }
  shelves_.resize(measures_.size());
  for (std::size_t i = 0; i < measures_.size(); ++i) shelve(reference, i, facilities);
}

void NetworkValues::shelve(const Reference& reference, std::size_t measure, Facilities facilities) {
  const auto& [form, what, places, parts] = measures_[measure];
  auto& shelf = shelves_[measure];
  for (std::size_t i = 0; i < places.size(); ++i) shelf.slots.emplace(places[i].value, facilities == Facilities::Apart ? i : 0);
  const auto slots = facilities == Facilities::Apart ? places.size() : 1;
  shelf.sums.resize(slots * ranges_.size());
  shelf.reports.resize(slots);
  shelf.cumulative = is_cumulative(form->form, *what);
  const auto wanted = names_behind(*what);
  const auto names = series_names(reference, *form, {});
  for (const auto& [key, name] : names.names)
    if (wanted.contains(name)) cells_[key].push_back({measure, name});
  for (const auto& [key, series] : names.kept)
    if (wanted.contains(series->key)) reports_[key].push_back({measure, series->key, series->aggregation});
}

void NetworkValues::gather(store::Tx& tx) {
  std::set<FacilityKey> all;
  for (const auto& measure : measures_) all.insert(measure.facilities.begin(), measure.facilities.end());
  const std::vector<FacilityKey> facilities(all.begin(), all.end());
  if (facilities.empty()) return;
  const auto first = month_of(year_of(last_day_of(ranges_.front())).from);
  const bool from_january = std::ranges::any_of(shelves_, &Shelf::cumulative);
  const auto from = from_january ? std::min(first, ranges_.front().from) : ranges_.front().from;
  const auto cells = series_in(cells_);
  store::each_network_cell(tx, facilities, from, ranges_.back().to, cells, [&](const store::CellRow& row) { add_cell(row); });
  const auto reports = series_in(reports_);
  if (reports.empty()) return;
  const auto one = facilities.size() == 1 ? std::optional(facilities.front()) : std::nullopt;
  store::each_report(tx, one, reports, {first_day(first), year_of(last_day_of(ranges_.back())).to},
                     [&](const CellKey& key, const Cell& cell) { add_report(key, cell); });
  take_reports();
}

void NetworkValues::add_cell(const store::CellRow& row) {
  for (const auto& use : cells_.at(row.series)) {
    const auto& slots = shelves_[use.measure].slots;
    if (const auto at = slots.find(row.facility.value); at != slots.end()) add_to(use, at->second, row);
  }
}

/// A numerator over a yearly target counts in every later period of its year.
void NetworkValues::add_to(const Use& use, std::size_t slot, const store::CellRow& row) {
  auto& shelf = shelves_[use.measure];
  const bool cumulates = shelf.cumulative && use.name == measures_[use.measure].measure->numerator;
  for (std::size_t i = 0; i < ranges_.size(); ++i) {
    const auto& range = ranges_[i];
    auto& sums = shelf.sums[slot * ranges_.size() + i];
    if (range.from <= row.month && row.month < range.to) sums.add(use.name, row.bucket, row.cell);
    if (cumulates && month_of(year_of(last_day_of(range)).from) <= row.month && row.month < range.to) sums.add_year(use.name, row.cell);
  }
}

void NetworkValues::add_report(const CellKey& key, const Cell& cell) {
  for (const auto& use : reports_.at(key.series)) {
    auto& shelf = shelves_[use.measure];
    if (const auto at = shelf.slots.find(key.facility.value); at != shelf.slots.end()) shelf.reports[at->second].add(use.name, key, cell);
  }
}

/// What held at the end of each period.
void NetworkValues::take_reports() {
  std::set<std::pair<std::size_t, std::string>> done;
  const auto everybody = [](FacilityKey, UnitKey) { return true; };
  for (const auto& [key, uses] : reports_)
    for (const auto& use : uses) {
      if (!done.emplace(use.measure, use.name).second) continue;
      auto& shelf = shelves_[use.measure];
      for (std::size_t slot = 0; slot < shelf.reports.size(); ++slot)
        for (std::size_t i = 0; i < ranges_.size(); ++i)
          if (const auto total = shelf.reports[slot].total(use.name, use.aggregation, last_day_of(ranges_[i]), everybody); total.n > 0)
            shelf.sums[slot * ranges_.size() + i].add(use.name, 0, total);
    }
}

NetworkValue NetworkValues::read(std::size_t measure, std::size_t slot, std::size_t range) const {
  if (const auto sum = parts_.find(measure); sum != parts_.end()) {
    NetworkValue out;
    out.reading.measure = measures_[measure].measure;
    for (const auto part : sum->second) {
      const auto value = read(part, slot, range);
      out.records += value.records;
      out.reading.respondents += value.reading.respondents;
      out.reading.share.numerator += value.reading.share.numerator;
      out.reading.share.denominator += value.reading.share.denominator;
    }
    return out;
  }
  const auto& sums = shelves_.at(measure).sums.at(slot * ranges_.size() + range);
  return {sums.records(), read_measure(measures_[measure].form->form, *measures_[measure].measure, sums)};
}

NetworkValue NetworkValues::value(std::size_t measure, std::size_t range) const {
  require(slots_of(measure) == 1, "the facilities are read together");
  return read(measure, 0, range);
}

NetworkValue NetworkValues::value(std::size_t measure, std::size_t facility, std::size_t range) const {
  require(facility < slots_of(measure), "the facilities are read apart");
  return read(measure, facility, range);
}

}  // namespace pilar::app
