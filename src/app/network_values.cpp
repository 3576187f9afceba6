#include "app/network_values.h"

#include <algorithm>
#include <set>

#include "app/result_series.h"
#include "base/result.h"
#include "store/network_cell.h"
#include "store/report_store.h"

namespace pilar::app {
namespace {

template <class Map>
std::vector<SeriesKey> series_in(const Map& uses) {
  std::vector<SeriesKey> keys;
  for (const auto& [key, use] : uses) keys.push_back(key);
  return keys;
}

/// Whether the share of a duration can be read without the duration.
bool leaves_duration(const NetworkMeasure& asked) {
  return asked.share_only && asked.measure->kind == MeasureKind::Duration && asked.measure->within.has_value();
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

FacilitySlots::FacilitySlots(std::span<const FacilityKey> facilities, bool apart) {
  if (facilities.empty()) return;
  first_ = facilities.front().value;
  slots_.resize(static_cast<std::size_t>(facilities.back().value - first_) + 1, kNone);
  for (std::size_t i = 0; i < facilities.size(); ++i)
    slots_[static_cast<std::size_t>(facilities[i].value - first_)] = apart ? static_cast<std::uint32_t>(i) : 0;
}

std::optional<std::size_t> FacilitySlots::find(FacilityKey facility) const {
  if (facility.value < first_) return {};
  const auto at = static_cast<std::size_t>(facility.value - first_);
  if (at >= slots_.size() || slots_[at] == kNone) return {};
  return slots_[at];
}

NetworkValues::NetworkValues(const Reference& reference, std::vector<NetworkMeasure> measures, std::vector<MonthRange> ranges,
                             Facilities facilities)
    : measures_(std::move(measures)),
      ranges_(std::move(ranges)) {
  require(!ranges_.empty(), "values are read for some months");
  for (std::size_t i = 0, asked = measures_.size(); i < asked; ++i)
    for (const auto& [form, measure] : std::exchange(measures_[i].parts, {})) {
      parts_[i].push_back(measures_.size());
      measures_.push_back({form, measure, measures_[i].facilities, {}, /*share_only=*/true});
    }
  shelves_.resize(measures_.size());
  for (std::size_t i = 0; i < measures_.size(); ++i) shelve(reference, i, facilities);
}

void NetworkValues::shelve(const Reference& reference, std::size_t measure, Facilities facilities) {
  const auto& [form, what, places, parts, share_only] = measures_[measure];
  auto& shelf = shelves_[measure];
  shelf.slots = FacilitySlots(places, facilities == Facilities::Apart);
  const auto slots = facilities == Facilities::Apart ? places.size() : 1;
  shelf.sums.resize(slots * ranges_.size());
  shelf.reports.resize(slots);
  shelf.cumulative = is_cumulative(form->form, *what);
  const auto behind = series_behind(*what, leaves_duration(measures_[measure]));
  const auto is_wanted = [&](const std::string& name) { return std::ranges::find(behind, name) != behind.end(); };
  const auto names = series_names(reference, *form, {});
  for (const auto& [key, name] : names.names)
    if (is_wanted(name)) cells_[key].push_back({measure, name});
  for (const auto& [key, series] : names.kept)
    if (is_wanted(series->key)) reports_[key].push_back({measure, series->key, series->aggregation});
}

/// Of all measures, ascending; most have the same.
std::vector<FacilityKey> NetworkValues::all_facilities() const {
  std::vector<FacilityKey> all;
  for (const auto& measure : measures_) {
    if (measure.facilities == all) continue;
    std::vector<FacilityKey> both;
    both.reserve(std::max(all.size(), measure.facilities.size()));
    std::ranges::set_union(all, measure.facilities, std::back_inserter(both));
    all = std::move(both);
  }
  return all;
}

/// The sums of a ratio lie in no buckets and have no spread; nor does the number of records.
store::CellPart NetworkValues::part_needed() const {
  const auto is_counts = [](const NetworkMeasure& one) { return one.measure->kind == MeasureKind::Ratio; };
  return std::ranges::all_of(measures_, is_counts) ? store::CellPart::Counts : store::CellPart::All;
}

void NetworkValues::gather(store::Tx& tx) {
  const auto facilities = all_facilities();
  if (facilities.empty()) return;
  const auto first = month_of(year_of(last_day_of(ranges_.front())).from);
  const bool from_january = std::ranges::any_of(shelves_, &Shelf::cumulative);
  const auto from = from_january ? std::min(first, ranges_.front().from) : ranges_.front().from;
  const auto cells = series_in(cells_);
  store::each_network_cell(
      tx, facilities, from, ranges_.back().to, cells, [&](const store::CellRow& row) { add_cell(row); }, part_needed());
  const auto reports = series_in(reports_);
  if (reports.empty()) return;
  const auto one = facilities.size() == 1 ? std::optional(facilities.front()) : std::nullopt;
  store::each_report(tx, one, reports, {first_day(first), year_of(last_day_of(ranges_.back())).to},
                     [&](const CellKey& key, const Cell& cell) { add_report(key, cell); });
  take_reports();
}

void NetworkValues::add_cell(const store::CellRow& row) {
  for (const auto& use : cells_.at(row.series)) {
    if (const auto slot = shelves_[use.measure].slots.find(row.facility)) add_to(use, *slot, row);
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
    if (const auto slot = shelf.slots.find(key.facility)) shelf.reports[*slot].add(use.name, key, cell);
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
  NetworkValue out{sums.records(), read_measure(measures_[measure].form->form, *measures_[measure].measure, sums)};
  if (leaves_duration(measures_[measure])) out.reading.duration.n = out.reading.share.denominator;
  return out;
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
