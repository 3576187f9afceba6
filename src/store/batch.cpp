#include "store/batch.h"

#include <algorithm>

#include "store/bulk.h"
#include "store/cell_store.h"
#include "store/facility_head.h"
#include "store/fill_store.h"
#include "store/office_cell.h"
#include "store/person_store.h"
#include "store/report_store.h"
#include "store/transaction.h"

namespace pilar::store {
namespace {

constexpr Sql kExpireDays{"cell.expire", "DELETE FROM cell WHERE facility = $1 AND day < $2"};
constexpr Sql kExpireHead{"facility_head.expire", "UPDATE facility_head SET cells_from = $2 WHERE facility = $1"};
constexpr Sql kFillSet{"series_fill.set",
                       "INSERT INTO series_fill (facility, series, from_day) VALUES ($1, $2, $3) "
                       "ON CONFLICT (facility, series) DO UPDATE SET from_day = excluded.from_day"};
constexpr Sql kFillDelete{"series_fill.delete", "DELETE FROM series_fill WHERE facility = $1 AND series = $2"};
constexpr Sql kCellOfPeriod{"cell.of_period",
                            "SELECT day, unit, series, bucket, n, sum, sumsq_high, sumsq_low FROM cell "
                            "WHERE facility = $1 AND day >= $2 AND day < $3"};

constexpr const Sql* kBatchAll[] = {&kExpireDays, &kExpireHead, &kFillSet, &kFillDelete, &kCellOfPeriod};

const Bulk& cell_add() {
  static const Bulk bulk("cell.add", "INSERT INTO cell (facility, day, unit, series, bucket, n, sum, sumsq_high, sumsq_low)",
                         " ON CONFLICT (facility, day, unit, series, bucket) DO UPDATE SET n = cell.n + excluded.n, "
                         "sum = cell.sum + excluded.sum, sumsq_high = cell.sumsq_high + excluded.sumsq_high, "
                         "sumsq_low = cell.sumsq_low + excluded.sumsq_low");
  return bulk;
}

void add_cells(Tx& tx, std::span<const CellDelta> sorted) {
  std::vector<Bulk::Values> rows;
  rows.reserve(sorted.size());
  for (const auto& [key, cell] : sorted)
    rows.push_back({key.facility.value, key.day.value, key.unit.value, key.series.value, key.bucket, cell.n, cell.sum, cell.sumsq_high,
                    cell.sumsq_low});
  cell_add().run(tx, rows);
}

auto place_of(std::vector<Fill>& fills, SeriesKey series) {
  return std::lower_bound(fills.begin(), fills.end(), series, [](const Fill& f, SeriesKey s) { return f.series < s; });
}

/// Calls `visit` once for each facility and month of the cells; keys are sorted by facility and day, so equal ones stand together.
template <class Visit>
void each_month_of(std::span<const CellDelta> sorted, const Visit& visit) {
  FacilityKey facility{};
  std::optional<Month> last;
  for (const auto& [key, cell] : sorted) {
    const auto month = month_of(key.day);
    if (last == month && facility == key.facility) continue;
    visit(key.facility, month);
    facility = key.facility;
    last = month;
  }
}

}  // namespace

std::span<const Sql* const> batch_statements() { return kBatchAll; }
std::span<const Sql* const> cell_add_statements() { return cell_add().statements(); }

void merge(std::vector<CellDelta>& deltas) {
  std::sort(deltas.begin(), deltas.end(), [](const auto& a, const auto& b) { return a.key < b.key; });
  auto out = deltas.begin();
  for (auto in = deltas.begin(); in != deltas.end();) {
    auto sum = *in++;
    for (; in != deltas.end() && in->key == sum.key; ++in) sum.cell = sum.cell + in->cell;
    if (!sum.cell.is_zero()) *out++ = sum;
  }
  deltas.erase(out, deltas.end());
}

class Batch::BodyWrite final : public Write {
 public:
  BodyWrite(Batch& batch, std::size_t head) : batch_(batch), head_(head) {}
  Tx& tx() override { return batch_.connection_; }
  FacilityKey facility() const override { return head().row.facility; }
  std::int64_t catalogue() const override { return head().row.catalogue; }

  void add(Day day, UnitKey unit, std::span<const Delta> deltas, int sign) override {
    require(sign == 1 || sign == -1, "a delta is added or taken away");
    for (const auto& delta : deltas)
      if (is_filled(delta.series, day)) add_one(day, unit, delta, sign);
  }

  void clear_cells(Period period) override { batch_.clear_cells(facility(), period); }

  Day cells_from() const override { return head().row.cells_from; }
  const PeriodLock& period() const override { return head().row.period; }

  void expire_cells(Month month) override {
    const auto before = first_day(month);
    require(before >= head().row.cells_from, "what has expired does not come back");
    for (const auto* sql : {&kExpireDays, &kExpireHead}) tx().later(*sql, {param(facility()), param(before.value)});
    head().row.cells_from = before;
  }

  void set_fill(SeriesKey series, std::optional<Day> from_day) override {
    auto& fills = head().fills;
    const auto place = place_of(fills, series);
    const bool known = place != fills.end() && place->series == series;
    if (from_day) {
      tx().later(kFillSet, {param(facility()), param(series), param(from_day->value)});
      if (known)
        place->from_day = *from_day;
      else
        fills.insert(place, Fill{series, *from_day});
    } else {
      tx().later(kFillDelete, {param(facility()), param(series)});
      if (known) fills.erase(place);
    }
  }

  void set_catalogue(std::int64_t generation) override {
    head().row.catalogue = generation;
    head().changed = true;
  }

  void audit(const AuditLine& line) override {
    batch_.lines_.push_back({head_, line});
    ++head().waiting;
  }
  std::int64_t next_line() const override { return head().row.audit_seq + head().waiting + 1; }

 private:
  void add_one(Day day, UnitKey unit, const Delta& delta, int sign) {
    if (delta.person) return batch_.mentions_.push_back({facility(), delta.series, month_of(day), *delta.person, day, unit, sign});
    auto& cells = is_kept(delta.aggregation) ? batch_.reports_ : batch_.cells_;
    cells.push_back({{facility(), day, unit, delta.series, delta.bucket}, sign > 0 ? delta.cell : -delta.cell});
  }
  Head& head() const { return batch_.heads_[head_]; }
  bool is_filled(SeriesKey series, Day day) const {
    auto& fills = head().fills;
    const auto place = place_of(fills, series);
    return place == fills.end() || place->series != series || day >= place->from_day;
  }

  Batch& batch_;
  std::size_t head_;
};

Batch::Batch(Connection& connection, std::span<const FacilityKey> facilities) : connection_(connection) {
  std::vector<std::int64_t> keys;
  for (const auto& row : lock_heads(connection_, facilities)) {
    heads_.push_back({row});
    keys.push_back(row.facility.value);
  }
  each_fill(connection_, keys, [&](std::size_t place, const Fill& fill) { heads_[place].fills.push_back(fill); });
}

std::size_t Batch::head_of(FacilityKey facility) const {
  const auto at = std::ranges::lower_bound(heads_, facility, {}, [](const Head& head) { return head.row.facility; });
  require(at != heads_.end() && at->row.facility == facility, "a body's facility is locked");
  if (!at->row.found) throw_unknown(facility);
  return static_cast<std::size_t>(at - heads_.begin());
}

void Batch::run(FacilityKey facility, const Body& body) {
  BodyWrite write(*this, head_of(facility));
  body(write);
}

void Batch::run_undoable(FacilityKey facility, const Body& body) {
  const auto place = head_of(facility), cells = cells_.size(), reports = reports_.size(), mentions = mentions_.size(),
             lines = lines_.size();
  const auto before = heads_[place];
  connection_.later(kTxSavepoint, {});
  try {
    run(facility, body);
    connection_.later(kTxRelease, {});
  } catch (...) {
    undo_failed_ = true;
    connection_.run(kTxUndo, {});
    connection_.run(kTxRelease, {});
    undo_failed_ = false;
    cells_.resize(cells);
    reports_.resize(reports);
    mentions_.resize(mentions);
    lines_.resize(lines);
    heads_[place] = before;
    throw;
  }
}

void Batch::clear_cells(FacilityKey facility, Period period) {
  const auto is_in = [&](FacilityKey of, Day day) { return of == facility && day >= period.from && day < period.to; };
  for (auto* waiting : {&cells_, &reports_})
    for (std::size_t i = 0, end = waiting->size(); i < end; ++i)
      if (const auto delta = (*waiting)[i]; is_in(delta.key.facility, delta.key.day)) waiting->push_back({delta.key, -delta.cell});
  for (std::size_t i = 0, end = mentions_.size(); i < end; ++i)
    if (auto mention = mentions_[i]; is_in(mention.facility, mention.day)) {
      mention.n = -mention.n;
      mentions_.push_back(mention);
    }
  each_stored_report(connection_, facility, period, [&](const CellKey& key, const Cell& cell) { reports_.push_back({key, -cell}); });
  clear_mentions(connection_, facility, period);
  connection_.each(kCellOfPeriod, {param(facility), param(period.from.value), param(period.to.value)}, [&](const Row& row) {
    const CellKey key{facility, Day{row.i32(0)}, row.key<UnitKey>(1), row.key<SeriesKey>(2), row.i32(3)};
    cells_.push_back({key, -Cell{row.i64(4), row.i64(5), row.i64(6), row.i64(7)}});
  });
}

void Batch::flush() {
  flush_mentions();
  merge(cells_);
  merge(reports_);
  flush_cells();
  add_reports(connection_, reports_);
  flush_lines();
  flush_heads();
}

void Batch::flush_mentions() {
  merge(mentions_);
  std::ranges::move(add_mentions(connection_, mentions_), std::back_inserter(cells_));
}

void Batch::flush_cells() {
  const auto kept = std::ranges::stable_partition(
      cells_, [&](const CellDelta& delta) { return delta.key.day < heads_[head_of(delta.key.facility)].row.cells_from; });
  const std::span<const CellDelta> expired(cells_.begin(), kept.begin()), current(kept.begin(), kept.end());
  each_month_of(expired, [&](FacilityKey facility, Month month) { leave_offices(connection_, {&facility, 1}, month, {month.value + 1}); });
  add_month_cells(connection_, expired);
  each_month_of(expired, [&](FacilityKey facility, Month month) {
    drop_empty_month_cells(connection_, facility, month);
    enter_offices(connection_, {&facility, 1}, month, {month.value + 1});
  });
  add_cells(connection_, current);
  each_month_of(current, [&](FacilityKey facility, Month month) { mark_month(connection_, facility, month); });
}

void Batch::flush_lines() {
  for (const auto& [place, line] : lines_) {
    auto& head = heads_[place];
    --head.waiting;
    append_line(connection_, head.row, line);
    head.changed = true;
  }
}

void Batch::flush_heads() {
  for (const auto& head : heads_)
    if (head.changed) update_head(connection_, head.row);
}

}  // namespace pilar::store
