#include "app/fill.h"

#include <sys/resource.h>

#include <algorithm>
#include <atomic>
#include <future>
#include <map>

#include "app/record_parts.h"
#include "store/audit_store.h"
#include "store/fill_store.h"

namespace pilar::app {
namespace {

constexpr std::size_t kLockedRecords = 1'000;  // counted while the facility waits
constexpr std::size_t kSliceDeltas = 3'000;    // written in one transaction, beside which others write
constexpr unsigned kFillers = 2;
constexpr int kFillNice = 10;

/// Series of one instrument at one facility that wait for the same days.
struct FillGroup {
  InstrumentKey instrument;
  Day from;
  std::vector<SeriesKey> series;

  bool contains(SeriesKey key) const { return std::ranges::find(series, key) != series.end(); }
};

/// The group that is furthest behind; instrument 0 where no installed version knows the series.
FillGroup next_group(const Reference& reference, const std::vector<store::Fill>& fills) {
  FillGroup group;
  group.from = std::ranges::max_element(fills, {}, &store::Fill::from_day)->from_day;
  bool first = true;
  for (const auto& fill : fills) {
    if (fill.from_day != group.from) continue;
    const auto instrument = reference.instrument_of(fill.series).value_or(InstrumentKey{});
    if (first) group.instrument = instrument;
    first = false;
    if (instrument == group.instrument) group.series.push_back(fill.series);
  }
  return group;
}

/// What the records of one unit and day add.
struct FilledUnit {
  Day day;
  UnitKey unit;
  std::vector<Delta> deltas{};
};

/// Earlier records of one facility, counted for a group: those of the days [from, group.from).
struct FillPart {
  FillGroup group;
  Day from{INT32_MIN};              ///< the least possible day: no earlier record is left
  std::int64_t generation = 0;      ///< of the catalogue it was counted by
  std::int64_t line = 0;            ///< of the facility's audit trail: what changed later is not in it
  std::vector<FilledUnit> units{};  ///< newest day first
};

/// Counts records that come unit by unit and day by day.
class PartCount {
 public:
  PartCount(const Reference& reference, FacilityKey facility, const FillGroup& group)
      : reference_(reference),
        facility_(facility),
        group_(group) {}

  void add(const store::EarlierRecord& record) {
    ++records_;
    if (units_.empty() || units_.back().day != record.day || units_.back().unit != record.unit)
      units_.push_back({record.day, record.unit, {}});
    if (record.state == RecordState::Voided) return;
    const auto& form = form_of(record.version);
    if (form.series.empty()) return;
    const auto answers = from_canonical(record.answers, form.wanted);
    for (auto& delta : observe(form.version->form, form.series, answers, report_minute(record.day, record.at))) merge(std::move(delta));
  }

  std::size_t records() const { return records_; }
  std::vector<FilledUnit> take() { return std::move(units_); }

 private:
  /// One version, and of it only what is counted.
  struct Form {
    const InstalledVersion* version = nullptr;
    std::vector<Series> series{};
    std::vector<bool> wanted{};
  };

  const Form& form_of(VersionKey key) {
    const auto [at, is_new] = forms_.try_emplace(key);
    auto& form = at->second;
    if (!is_new) return form;
    form.version = &version_of(reference_, key);
    const auto add = [&](const std::vector<Series>& all) {
      std::ranges::copy_if(all, std::back_inserter(form.series), [&](const Series& one) { return group_.contains(one.id); });
    };
    add(form.version->series);
    add(form.version->counted);
    if (const auto own = form.version->counted_at.find(facility_); own != form.version->counted_at.end()) add(own->second);
    form.wanted.resize(form.version->form.items.size());
    for (const auto& one : form.series) want(form.wanted, one);
    return form;
  }

  /// The answers that a series is made from.
  static void want(std::vector<bool>& wanted, const Series& series) {
    for (const auto item : {series.item, series.by_item})
      if (item) wanted[*item] = true;
    if (!series.derived) return;
    for (const auto* program : {&series.derived->relevance, &series.derived->calculation})
      for (const auto item : program->uses) wanted[static_cast<std::size_t>(item)] = true;
  }

  /// Deltas of a unit and day stand in order, those of persons behind each other as they came.
  void merge(Delta delta) {
    auto& deltas = units_.back().deltas;
    const auto key = [](const Delta& one) { return std::pair(one.series, one.bucket); };
    const auto at = std::ranges::lower_bound(deltas, key(delta), {}, key);
    if (at != deltas.end() && key(*at) == key(delta) && !delta.person)
      at->cell = at->cell + delta.cell;
    else
      deltas.insert(at, std::move(delta));
  }

  const Reference& reference_;
  FacilityKey facility_;
  const FillGroup& group_;
  std::size_t records_ = 0;
  std::map<VersionKey, Form> forms_{};
  std::vector<FilledUnit> units_{};
};

/// The next part of a facility, up to so many records and at least one day; empty where everything is filled.
std::optional<FillPart> read_part(Context& context, store::Tx& tx, FacilityKey facility, std::size_t most) {
  const auto fills = store::load_fills(tx, facility);
  if (fills.empty()) return {};
  const auto reference = reference_in(context, tx);
  context.reference.set(reference);
  FillPart part{.group = next_group(*reference, fills), .generation = reference->generation};
  part.line = store::load_audit_head(tx, facility).seq;
  const auto count = [&](Period days, std::size_t limit) {
    PartCount counted(*reference, facility, part.group);
    store::each_earlier_record(tx, facility, part.group.instrument, days, static_cast<std::int64_t>(limit),
                               [&](const store::EarlierRecord& record) { counted.add(record); });
    part.units = counted.take();
    return counted.records();
  };
  if (count({{INT32_MIN}, part.group.from}, most) < most) return part;
  // Of the last day there may be more.
  const auto last = part.units.back().day;
  part.from = {last.value + 1};
  std::erase_if(part.units, [&](const FilledUnit& unit) { return unit.day == last; });
  if (!part.units.empty()) return part;
  part.from = last;
  count({last, part.group.from}, INT32_MAX);
  return part;
}

/// Days [from, to) of a part.
struct FillSlice {
  Day from, to;
  std::span<const FilledUnit> units;
};

/// Whole days, as many as make a short transaction.
std::vector<FillSlice> slices_of(const FillPart& part) {
  std::vector<FillSlice> slices;
  auto to = part.group.from;
  std::size_t begin = 0, deltas = 0;
  for (std::size_t i = 0; i < part.units.size(); ++i) {
    const bool new_day = i > begin && part.units[i].day != part.units[i - 1].day;
    if (new_day && deltas >= kSliceDeltas) {
      const Day from = part.units[i - 1].day;
      slices.push_back({from, to, std::span(part.units).subspan(begin, i - begin)});
      to = from;
      begin = i;
      deltas = 0;
    }
    deltas += part.units[i].deltas.size();
  }
  slices.push_back({part.from, to, std::span(part.units).subspan(begin)});
  return slices;
}

void write_slice(store::Write& write, const FillPart& part, const FillSlice& slice) {
  // From now on no process may write here with a catalogue that does not know these series.
  if (write.catalogue() < part.generation) write.set_catalogue(part.generation);
  const bool done = slice.from == Day{INT32_MIN};
  for (const auto series : part.group.series) write.set_fill(series, done ? std::nullopt : std::optional(slice.from));
  for (const auto& [day, unit, deltas] : slice.units) write.add(day, unit, deltas, +1);
}

/// Whether the facility still waits for these days, and nothing in them changed since they were counted.
bool is_current(store::Write& write, const FillPart& part, const FillSlice& slice) {
  const auto fills = store::load_fills(write.tx(), write.facility());
  const auto waits = [&](SeriesKey series) {
    const auto at = std::ranges::find(fills, series, &store::Fill::series);
    return at != fills.end() && at->from_day == slice.to;
  };
  return std::ranges::all_of(part.group.series, waits) &&
         !store::has_changed_among(write.tx(), write.facility(), part.group.instrument, {slice.from, slice.to}, part.line);
}

/// False where somebody else was there meanwhile.
bool write_part(Context& context, FacilityKey facility, const FillPart& part) {
  for (const auto& slice : slices_of(part)) {
    bool written = false;
    context.db.write(facility, [&](store::Write& write) {
      written = is_current(write, part, slice);
      if (written) write_slice(write, part, slice);
    });
    if (!written) return false;
  }
  return true;
}

/// A few records, while nobody else writes at the facility: goes on where others always come first.
void fill_locked(Context& context, store::Write& write) {
  if (const auto part = read_part(context, write.tx(), write.facility(), kLockedRecords))
    write_slice(write, *part, {part->from, part->group.from, part->units});
}

/// False when nothing waits there.
bool fill_facility(Context& context, FacilityKey facility, std::size_t records) {
  std::optional<FillPart> part;
  context.db.read([&](store::Tx& tx) { part = read_part(context, tx, facility, records); });
  if (!part) return false;
  if (!write_part(context, facility, *part)) context.db.write(facility, [&](store::Write& write) { fill_locked(context, write); });
  return true;
}

}  // namespace

bool fill_step(Context& context, std::size_t records) {
  std::optional<FacilityKey> facility;
  context.db.read([&](store::Tx& tx) { facility = store::next_unfilled(tx, {0}); });
  return facility && fill_facility(context, *facility, records);
}

void fill_all(Context& context, const std::stop_token& stopping) {
  std::vector<FacilityKey> facilities;
  context.db.read([&](store::Tx& tx) { facilities = store::load_unfilled(tx); });
  if (facilities.empty()) return;
  std::atomic<std::size_t> next = 0;
  const auto work = [&] {
    setpriority(PRIO_PROCESS, 0, kFillNice);  // of this thread alone, as Linux has it
    for (std::size_t i = next++; i < facilities.size(); i = next++)
      while (!stopping.stop_requested() && fill_facility(context, facilities[i], kFillRecords)) continue;
  };
  std::vector<std::future<void>> fillers;
  for (unsigned i = 0; i < kFillers; ++i) fillers.push_back(std::async(std::launch::async, work));
  for (auto& filler : fillers) filler.get();
}

}  // namespace pilar::app
