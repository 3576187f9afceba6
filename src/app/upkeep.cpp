#include "app/upkeep.h"

#include <algorithm>
#include <map>
#include <set>

#include "app/record_parts.h"
#include "store/cell_store.h"
#include "store/facility_head.h"
#include "store/fill_store.h"
#include "store/integrity_store.h"
#include "store/person_store.h"
#include "store/record_store.h"
#include "store/report_store.h"

namespace pilar::app {
namespace {

constexpr Period kAllDays{{INT32_MIN}, {INT32_MAX}};
using CellMap = std::map<CellKey, Cell>;

/// A month is over when it is over in the westernmost zone.
Month running_month(const Context& context) { return month_of(civil_day(context.clock.now(), Zone::Wib)); }

constexpr Month kNoMonth{INT32_MAX};

/// One transaction for all of them: their offices are written once, not once a facility.
std::vector<store::DirtyMonth> fold_some(Context& context, FacilityKey after, Month before, std::size_t limit) {
  std::vector<store::DirtyMonth> due;
  context.db.read([&](store::Tx& tx) { due = store::load_dirty_months(tx, after, before, static_cast<std::int64_t>(limit)); });
  std::set<FacilityKey> facilities;
  std::map<Month, std::vector<FacilityKey>> by_month;
  for (const auto& [facility, month] : due) {
    facilities.insert(facility);
    by_month[month].push_back(facility);
  }
  if (due.empty()) return due;
  const auto now = context.clock.now();  // what is folded was committed before: whoever counts later has seen it
  context.db.shared([&](store::Tx& tx) {
    store::lock_heads(tx, std::vector(facilities.begin(), facilities.end()));
    for (const auto& [month, some] : by_month) {
      store::fold_months(tx, some, month);
      store::mark_counts_changed(tx, some, month, now);
    }
  });
  return due;
}

/// Nothing where another process was faster, or where a month must be folded first.
void expire_month(store::Write& write, Month kept) {
  auto before = kept;
  if (const auto dirty = store::first_dirty_month(write.tx(), write.facility())) before = std::min(before, *dirty);
  if (const auto oldest = store::oldest_cell_day(write.tx(), write.facility()))
    before = std::min(before, Month{month_of(*oldest).value + 1});
  if (first_day(before) > write.cells_from()) write.expire_cells(before);
}

/// Where a record's delta is found: under its day, or under its month's first day, for its unit and for the whole facility.
std::vector<CellKey> places_of(const CellKey& key, Day cells_from) {
  if (key.day >= cells_from) return {key};
  auto unit = key, whole = key;
  unit.day = whole.day = first_day(month_of(key.day));
  whole.unit = {0};
  if (unit.unit == whole.unit) return {whole};
  return {unit, whole};
}

/// What the records of a facility come to: cells, and the mentions of persons that some of them follow from.
struct Recounted {
  CellMap cells;
  std::vector<Mention> mentions;
};

class Recount {
 public:
  Recount(const Reference& reference, store::Tx& tx, FacilityKey facility, Day cells_from)
      : reference_(reference),
        facility_(facility),
        cells_from_(cells_from) {
    for (const auto& fill : store::load_fills(tx, facility)) filled_from_.emplace(fill.series, fill.from_day);
    store::each_facility_record(tx, facility, [&](const store::StoredRecord& record) { add(record); });
    merge(out_.mentions);
    for (const auto& [key, cell] : first_mentions(out_.mentions)) add(key, cell);
  }
  Recounted take() { return std::move(out_); }

 private:
  void add(const store::StoredRecord& record) {
    for (const auto& delta : deltas_of(reference_, record)) {
      const auto from = filled_from_.find(delta.series);
      if (from != filled_from_.end() && record.day < from->second) continue;
      const CellKey key{facility_, record.day, record.unit, delta.series, delta.bucket};
      if (delta.person)
        out_.mentions.push_back({facility_, delta.series, month_of(record.day), *delta.person, record.day, record.unit, 1});
      else if (is_kept(delta.aggregation))
        out_.cells[key] = out_.cells[key] + delta.cell;
      else
        add(key, delta.cell);
    }
  }

  void add(const CellKey& key, const Cell& delta) {
    for (const auto& place : places_of(key, cells_from_)) {
      auto& cell = out_.cells[place];
      cell = cell + delta;
    }
  }

  const Reference& reference_;
  FacilityKey facility_;
  Day cells_from_;
  std::map<SeriesKey, Day> filled_from_;
  Recounted out_;
};

CellMap stored(store::Tx& tx, FacilityKey facility, Day cells_from) {
  CellMap cells;
  store::each_stored_cell(tx, facility, [&](const CellKey& key, const Cell& cell) { cells.emplace(key, cell); });
  store::each_stored_report(tx, facility, kAllDays, [&](const CellKey& key, const Cell& cell) { cells.emplace(key, cell); });
  if (cells_from == Day{INT32_MIN}) return cells;
  store::each_stored_month_cell(tx, facility, month_of(cells_from), [&](const store::CellRow& row) {
    cells.emplace(CellKey{facility, row.day, row.unit, row.series, row.bucket}, row.cell);
  });
  return cells;
}

/// How many mentions stand on one side only, or with another number.
std::size_t count_differences(const std::vector<Mention>& recounted, std::vector<Mention> stored) {
  for (auto& one : stored) one.n = -one.n;
  stored.insert(stored.end(), recounted.begin(), recounted.end());
  merge(stored);
  return stored.size();
}

}  // namespace

std::size_t fold_step(Context& context, std::size_t limit) { return fold_some(context, {0}, running_month(context), limit).size(); }

std::optional<FacilityKey> fold_running_step(Context& context, FacilityKey after, std::size_t limit) {
  const auto folded = fold_some(context, after, kNoMonth, limit);
  return folded.empty() ? std::nullopt : std::optional(folded.back().facility);
}

std::size_t expire_step(Context& context, std::size_t limit) {
  const Month kept{running_month(context).value - kDayCellMonths};
  std::vector<FacilityKey> due;
  context.db.read([&](store::Tx& tx) { due = store::load_expiring(tx, kept, static_cast<std::int64_t>(limit)); });
  for (const auto facility : due) context.db.write(facility, [kept](store::Write& write) { expire_month(write, kept); });
  return due.size();
}

std::vector<CellDifference> recount(Context& context, FacilityKey facility, std::size_t limit) {
  std::vector<CellDifference> out;
  context.db.read([&](store::Tx& tx) {
    const auto reference = reference_in(context, tx);
    const auto cells_from = store::first_day_with_cells(tx, facility);
    auto cells = Recount(*reference, tx, facility, cells_from).take().cells;
    const auto note = [&](const CellKey& key, const Cell& there, const Cell& recounted) {
      // Month cells are kept carried.
      const bool same = key.day < cells_from ? fold(there) == fold(recounted) : there == recounted;
      if (!same && out.size() < limit) out.push_back({key, there, recounted});
    };
    for (const auto& [key, cell] : stored(tx, facility, cells_from)) {
      const auto at = cells.find(key);
      note(key, cell, at == cells.end() ? Cell{} : at->second);
      if (at != cells.end()) cells.erase(at);
    }
    for (const auto& [key, cell] : cells) note(key, Cell{}, cell);
  });
  return out;
}

std::size_t recount_mentions(Context& context, FacilityKey facility) {
  std::size_t differences = 0;
  context.db.read([&](store::Tx& tx) {
    const auto reference = reference_in(context, tx);
    const auto recounted = Recount(*reference, tx, facility, store::first_day_with_cells(tx, facility)).take();
    std::vector<Mention> stored;
    store::each_mention(tx, facility, [&](const Mention& one) { stored.push_back(one); });
    differences = count_differences(recounted.mentions, std::move(stored));
  });
  return differences;
}

void rebuild_facility(Context& context, FacilityKey facility) {
  context.db.write(facility, [&](store::Write& write) {
    const auto reference = reference_in(context, write.tx());
    write.clear_cells(kAllDays);
    store::delete_month_cells(write.tx(), facility);
    std::set<Month> months;
    store::each_facility_record(write.tx(), facility, [&](const store::StoredRecord& record) {
      write.add(record.day, record.unit, deltas_of(*reference, record), +1);
      months.insert(month_of(record.day));
    });
    // What is taken away and added alike leaves no delta, and so no mark.
    for (const auto month : months)
      if (first_day(month) >= write.cells_from()) store::mark_month(write.tx(), facility, month);
  });
}

}  // namespace pilar::app
