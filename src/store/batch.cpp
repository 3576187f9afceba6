#include "store/batch.h"

#include <algorithm>

#include "store/audit_chain.h"
#include "store/bulk.h"
#include "store/fill_store.h"
#include "store/transaction.h"

namespace pilar::store {
namespace {

// The lock of everything a facility's writes touch (docs/decisions/0005-one-lock-per-facility.md).
constexpr Sql kHeadLock{"facility_head.lock", "SELECT audit_seq, audit_hash, catalogue FROM facility_head WHERE facility = $1",
                        "SELECT audit_seq, audit_hash, catalogue FROM facility_head WHERE facility = $1 FOR UPDATE"};
constexpr Sql kHeadUpdate{"facility_head.update",
                          "UPDATE facility_head SET audit_seq = $2, audit_hash = $3, catalogue = $4 WHERE facility = $1"};
constexpr Sql kFillSet{"series_fill.set",
                       "INSERT INTO series_fill (facility, series, from_day) VALUES ($1, $2, $3) "
                       "ON CONFLICT (facility, series) DO UPDATE SET from_day = excluded.from_day"};
constexpr Sql kFillDelete{"series_fill.delete", "DELETE FROM series_fill WHERE facility = $1 AND series = $2"};
constexpr Sql kCellOfPeriod{"cell.of_period",
                            "SELECT day, unit, series, bucket, n, sum, sumsq_high, sumsq_low FROM cell "
                            "WHERE facility = $1 AND day >= $2 AND day < $3"};
constexpr Sql kAuditInsert{"audit_line.insert",
                           "INSERT INTO audit_line (facility, seq, at, actor, action, subject, detail, hash) "
                           "VALUES ($1, $2, $3, $4, $5, $6, $7, $8)"};
constexpr Sql kMonthMark{"month_dirty.mark",
                         "INSERT INTO month_dirty (facility, month) VALUES ($1, $2) ON CONFLICT (facility, month) DO NOTHING"};

constexpr const Sql* kBatchAll[] = {&kHeadLock, &kHeadUpdate, &kFillSet, &kFillDelete, &kCellOfPeriod, &kAuditInsert, &kMonthMark};

const Bulk& cell_add() {
  static const Bulk bulk("cell.add", "INSERT INTO cell (facility, day, unit, series, bucket, n, sum, sumsq_high, sumsq_low)",
                         " ON CONFLICT (facility, day, unit, series, bucket) DO UPDATE SET n = cell.n + excluded.n, "
                         "sum = cell.sum + excluded.sum, sumsq_high = cell.sumsq_high + excluded.sumsq_high, "
                         "sumsq_low = cell.sumsq_low + excluded.sumsq_low");
  return bulk;
}

void add_cells(Tx& tx, const std::vector<CellDelta>& sorted) {
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

void mark_months(Tx& tx, const std::vector<CellDelta>& sorted) {
  FacilityKey facility{};
  std::optional<Month> marked;  // keys are sorted by facility and day, so equal months stand together
  for (const auto& [key, cell] : sorted) {
    const auto month = month_of(key.day);
    if (marked == month && facility == key.facility) continue;
    tx.later(kMonthMark, {param(key.facility), param(month.value)});
    facility = key.facility;
    marked = month;
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
  FacilityKey facility() const override { return head().facility; }
  std::int64_t catalogue() const override { return head().catalogue; }

  void add(Day day, UnitKey unit, std::span<const Delta> deltas, int sign) override {
    require(sign == 1 || sign == -1, "a delta is added or taken away");
    for (const auto& delta : deltas)
      if (is_filled(delta.series, day))
        batch_.cells_.push_back({{facility(), day, unit, delta.series, delta.bucket}, sign > 0 ? delta.cell : -delta.cell});
  }

  void clear_cells(Period period) override { batch_.clear_cells(facility(), period); }

  void set_fill(SeriesKey series, std::optional<Day> from_day) override {
    auto& fills = head().fills;
    const auto place = place_of(fills, series);
    const bool known = place != fills.end() && place->series == series;
    if (from_day) {
      tx().run(kFillSet, {param(facility()), param(series), param(from_day->value)});
      if (known)
        place->from_day = *from_day;
      else
        fills.insert(place, Fill{series, *from_day});
    } else {
      tx().run(kFillDelete, {param(facility()), param(series)});
      if (known) fills.erase(place);
    }
  }

  void set_catalogue(std::int64_t generation) override {
    head().catalogue = generation;
    head().changed = true;
  }

  void audit(const AuditLine& line) override { batch_.lines_.push_back({head_, line}); }

 private:
  Head& head() const { return batch_.heads_[head_]; }
  bool is_filled(SeriesKey series, Day day) const {
    auto& fills = head().fills;
    const auto place = place_of(fills, series);
    return place == fills.end() || place->series != series || day >= place->from_day;
  }

  Batch& batch_;
  std::size_t head_;
};

Batch::Head& Batch::lock(FacilityKey facility) {
  if (!heads_.empty() && heads_.back().facility == facility) return heads_.back();
  require(heads_.empty() || heads_.back().facility < facility, "facilities are locked in ascending order");
  Head head{.facility = facility};
  bool found = false;
  connection_.each(kHeadLock, {param(facility)}, [&](const Row& row) {
    found = true;
    head.audit_seq = row.i64(0);
    require(row.blob(1).size() == head.audit_hash.size(), "an audit hash has 32 bytes");
    std::copy_n(row.blob(1).begin(), head.audit_hash.size(), head.audit_hash.begin());
    head.catalogue = row.i64(2);
  });
  if (!found) throw Fault("write", "unknown facility " + std::to_string(facility.value));
  head.fills = load_fills(connection_, facility);
  return heads_.emplace_back(std::move(head));
}

void Batch::run(FacilityKey facility, const Body& body) {
  auto& head = lock(facility);
  const auto cells = cells_.size(), lines = lines_.size();
  connection_.later(kTxSavepoint, {});
  const auto before = head;
  try {
    BodyWrite write(*this, heads_.size() - 1);
    body(write);
    connection_.later(kTxRelease, {});
  } catch (...) {
    undo_failed_ = true;
    connection_.run(kTxUndo, {});
    connection_.run(kTxRelease, {});
    undo_failed_ = false;
    cells_.resize(cells);
    lines_.resize(lines);
    head = before;
    throw;
  }
}

void Batch::clear_cells(FacilityKey facility, Period period) {
  const auto waiting = cells_.size();
  for (std::size_t i = 0; i < waiting; ++i) {
    const auto delta = cells_[i];
    if (delta.key.facility == facility && delta.key.day >= period.from && delta.key.day < period.to)
      cells_.push_back({delta.key, -delta.cell});
  }
  connection_.each(kCellOfPeriod, {param(facility), param(period.from.value), param(period.to.value)}, [&](const Row& row) {
    const CellKey key{facility, Day{row.i32(0)}, row.key<UnitKey>(1), row.key<SeriesKey>(2), row.i32(3)};
    cells_.push_back({key, -Cell{row.i64(4), row.i64(5), row.i64(6), row.i64(7)}});
  });
}

void Batch::flush() {
  merge(cells_);
  add_cells(connection_, cells_);
  mark_months(connection_, cells_);
  flush_lines();
  flush_heads();
}

void Batch::flush_lines() {
  for (const auto& [place, line] : lines_) {
    auto& head = heads_[place];
    head.audit_hash = chain(head.audit_hash, head.facility, ++head.audit_seq, line);
    head.changed = true;
    connection_.later(kAuditInsert, {param(head.facility), param(head.audit_seq), param(line.at.micros), std::string_view(line.actor),
                                     std::string_view(line.action), std::string_view(line.subject), std::string_view(line.detail),
                                     Blob(head.audit_hash)});
  }
}

void Batch::flush_heads() {
  for (const auto& head : heads_)
    if (head.changed)
      connection_.later(kHeadUpdate, {param(head.facility), param(head.audit_seq), Blob(head.audit_hash), param(head.catalogue)});
}

}  // namespace pilar::store
