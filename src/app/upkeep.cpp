#include "app/upkeep.h"

#include <algorithm>
#include <map>
#include <set>

#include "store/cell_store.h"
#include "store/fill_store.h"
#include "store/instrument_store.h"
#include "store/record_store.h"

namespace pilar::app {
namespace {

/// Series of one instrument at one facility that wait for the same days.
struct FillGroup {
  InstrumentKey instrument;
  Day from;
  std::vector<SeriesKey> series;
};

InstrumentKey instrument_of(const Reference& reference, SeriesKey series) {
  for (const auto& version : reference.versions)
    if (std::ranges::find(version.series, series, &Series::id) != version.series.end()) return version.instrument;
  return {};
}

/// The group that is furthest behind; instrument 0 where no installed version knows the series.
FillGroup next_group(const Reference& reference, const std::vector<store::Fill>& fills) {
  FillGroup group;
  group.from = std::ranges::max_element(fills, {}, &store::Fill::from_day)->from_day;
  bool first = true;
  for (const auto& fill : fills) {
    if (fill.from_day != group.from) continue;
    const auto instrument = instrument_of(reference, fill.series);
    if (first) group.instrument = instrument;
    first = false;
    if (instrument == group.instrument) group.series.push_back(fill.series);
  }
  return group;
}

std::vector<Delta> deltas_of(const Reference& reference, const store::StoredRecord& record) {
  if (record.state == RecordState::Voided) return {};
  const auto* version = reference.find(record.version);
  require(version != nullptr, "a stored record names an installed version");
  return observe(version->form, version->series, from_canonical(record.answers));
}

void fill_month(store::Write& write, const Reference& reference, const FillGroup& group, Month month) {
  const auto period = period_of(month);
  for (const auto series : group.series) write.set_fill(series, period.from);
  const auto to = std::min(period.to, group.from);
  store::each_record(write.tx(), write.facility(), group.instrument, period.from, to, [&](const store::StoredRecord& record) {
    auto deltas = deltas_of(reference, record);
    std::erase_if(deltas, [&](const Delta& delta) { return std::ranges::find(group.series, delta.series) == group.series.end(); });
    write.add(record.day, record.unit, deltas, +1);
  });
}

void fill_facility_step(Context& context, store::Write& write) {
  const auto fills = store::load_fills(write.tx(), write.facility());
  if (fills.empty()) return;
  auto reference = context.reference.get();
  if (store::load_generation(write.tx()) != reference->generation) {
    reference = load_reference(write.tx());
    context.reference.set(reference);
  }
  // From now on no process may write here with a catalogue that does not know these series.
  if (write.catalogue() < reference->generation) write.set_catalogue(reference->generation);
  const auto group = next_group(*reference, fills);
  const auto last = store::last_record_day(write.tx(), write.facility(), group.instrument, group.from);
  if (last) return fill_month(write, *reference, group, month_of(*last));
  for (const auto series : group.series) write.set_fill(series, std::nullopt);
}

using CellMap = std::map<CellKey, Cell>;

CellMap counted(const Reference& reference, store::Tx& tx, FacilityKey facility) {
  std::map<SeriesKey, Day> filled_from;
  for (const auto& fill : store::load_fills(tx, facility)) filled_from.emplace(fill.series, fill.from_day);
  CellMap cells;
  store::each_facility_record(tx, facility, [&](const store::StoredRecord& record) {
    for (const auto& delta : deltas_of(reference, record)) {
      const auto from = filled_from.find(delta.series);
      if (from != filled_from.end() && record.day < from->second) continue;
      auto& cell = cells[{facility, record.day, record.unit, delta.series, delta.bucket}];
      cell = cell + delta.cell;
    }
  });
  return cells;
}

}  // namespace

bool fill_step(Context& context) {
  std::optional<FacilityKey> facility;
  context.db.read([&](store::Tx& tx) { facility = store::next_unfilled(tx, {0}); });
  if (!facility) return false;
  context.db.write(*facility, [&](store::Write& write) { fill_facility_step(context, write); });
  return true;
}

std::size_t fold_step(Context& context, std::size_t limit) {
  // A month is over when it is over in the westernmost zone.
  const auto running = month_of(civil_day(context.clock.now(), Zone::Wib));
  std::vector<store::DirtyMonth> due;
  context.db.read([&](store::Tx& tx) { due = store::load_dirty_months(tx, running, static_cast<std::int64_t>(limit)); });
  for (const auto& [facility, month] : due)
    context.db.write(facility, [month](store::Write& write) { store::fold_month(write.tx(), write.facility(), month); });
  return due.size();
}

std::vector<CellDifference> recount(Context& context, FacilityKey facility, std::size_t limit) {
  std::vector<CellDifference> out;
  const auto note = [&](const CellKey& key, const Cell& stored, const Cell& recounted) {
    if (stored != recounted && out.size() < limit) out.push_back({key, stored, recounted});
  };
  context.db.read([&](store::Tx& tx) {
    const auto reference = load_reference(tx);
    auto cells = counted(*reference, tx, facility);
    store::each_stored_cell(tx, facility, [&](const CellKey& key, const Cell& stored) {
      const auto at = cells.find(key);
      note(key, stored, at == cells.end() ? Cell{} : at->second);
      if (at != cells.end()) cells.erase(at);
    });
    for (const auto& [key, cell] : cells) note(key, Cell{}, cell);
  });
  return out;
}

void rebuild_facility(Context& context, FacilityKey facility) {
  context.db.write(facility, [&](store::Write& write) {
    const auto reference = load_reference(write.tx());
    write.clear_cells({Day{INT32_MIN}, Day{INT32_MAX}});
    store::delete_month_cells(write.tx(), facility);
    std::set<Month> months;
    store::each_facility_record(write.tx(), facility, [&](const store::StoredRecord& record) {
      write.add(record.day, record.unit, deltas_of(*reference, record), +1);
      months.insert(month_of(record.day));
    });
    // What is taken away and added alike leaves no delta, and so no mark.
    for (const auto month : months) store::mark_month(write.tx(), facility, month);
  });
}

}  // namespace pilar::app
