#include "app/import_batch.h"

#include <algorithm>
#include <chrono>
#include <set>

#include "app/record_parts.h"

namespace pilar::app {
namespace {

constexpr std::string_view kUndoReason = "impor dibatalkan: ";

bool is_undo(std::string_view reason) { return reason.starts_with(kUndoReason); }

template <class A, class B>
bool same_content(const A& a, const B& b) {
  return a.version == b.version && a.unit == b.unit && a.day == b.day && a.at == b.at && a.answers == b.answers;
}

/// Puts `after` in the place of `before`, in rows, history and cells.
void replace(Context& context, const Scope& scope, store::Write& write, const Reference& reference, const store::StoredRecord& before,
             store::StoredRecord after, const std::string& reason) {
  after.revision = before.revision + 1;
  after.changed = write.next_line();
  store::replace_record(write.tx(), before, after, context.clock.now(), scope.actor(), reason);
  add_stored(write, reference, before, -1);
  add_stored(write, reference, after, +1);
}

class ImportBatch {
 public:
  ImportBatch(Context& context, const Scope& scope, FacilityKey facility, std::vector<NewRecord> records, ImportManner manner)
      : context_(context),
        scope_(scope),
        facility_(facility),
        records_(std::move(records)),
        manner_(std::move(manner)) {
    const auto reference = context.reference.get();
    const auto now = context.clock.now();
    rows_.reserve(records_.size());
    for (const auto& record : records_) {
      require(record.facility == facility, "a batch belongs to one facility");
      rows_.push_back(stored_form(*reference, record, now));
    }
  }

  void run(store::Write& write) {
    const auto begun = std::chrono::steady_clock::now();
    const auto reference = reference_for(context_, write);
    result_ = {};
    std::int64_t added = 0, changed = 0;
    for (auto& row : rows_) row.changed = write.next_line();
    existing_ = store::find_records(write.tx(), rows_);
    added_.clear();
    for (std::size_t i = 0; i < rows_.size(); ++i) {
      const auto fate = apply(write, *reference, i);
      result_.fates.push_back(fate);
      if (fate == RowFate::Added || fate == RowFate::Revived) ++added;
      if (fate == RowFate::Changed && manner_.corrections) ++changed;
    }
    if (added + changed > 0)
      write.audit({context_.clock.now(), scope_.actor(), "record.import", "import:" + text(manner_.import),
                   R"({"added":)" + std::to_string(added) + R"(,"changed":)" + std::to_string(changed) + "}"});
    const auto passed = std::chrono::steady_clock::now() - begun;
    result_.micros = std::chrono::duration_cast<std::chrono::microseconds>(passed).count();
  }

  BatchFates& result() { return result_; }

 private:
  RowFate apply(store::Write& write, const Reference& reference, std::size_t i) {
    const auto& row = rows_[i];
    const LockedMonths period{write.period(), context_.clock.now()};
    const auto existing = added_.contains(row.id) ? store::find_record(write.tx(), facility_, row.id) : std::move(existing_[i]);
    if (!existing && period.has(row.day)) return RowFate::Locked;
    if (!existing) {
      store::append_record(write.tx(), row);
      added_.insert(row.id);
      write.add(row.day, row.unit, deltas_of(reference, row, records_[i].answers), +1);
      store::insert_imported(write.tx(), {facility_, manner_.import, row.id, 0});
      return RowFate::Added;
    }
    if (store::find_imported(write.tx(), facility_, manner_.import, row.id))
      return same_content(*existing, row) ? RowFate::Same : RowFate::Clash;
    const auto fate = fate_of(write.tx(), reference, scope_, row, existing, period);
    const bool wanted = fate == RowFate::Revived || (fate == RowFate::Changed && manner_.corrections);
    if (wanted) change(write, reference, *existing, row, fate);
    return fate;
  }

  void change(store::Write& write, const Reference& reference, const store::StoredRecord& before, const store::StoredRecord& row,
              RowFate fate) {
    auto after = before;
    after.version = row.version;
    after.unit = row.unit;
    after.day = row.day;
    after.at = row.at;
    after.answers = row.answers;
    after.state = RecordState::Valid;
    replace(context_, scope_, write, reference, before, std::move(after), "impor: " + manner_.file_name);
    const auto revision = fate == RowFate::Revived ? -before.revision : before.revision;
    store::insert_imported(write.tx(), {facility_, manner_.import, row.id, revision});
  }

  Context& context_;
  Scope scope_;
  FacilityKey facility_;
  std::vector<NewRecord> records_;
  ImportManner manner_;
  std::vector<store::StoredRecord> rows_;
  std::vector<std::optional<store::StoredRecord>> existing_{};  ///< of the rows, before the first of them
  std::set<Uuid> added_{};                                       ///< by rows before this one
  BatchFates result_;
};

class Undo {
 public:
  Undo(Context& context, const Scope& scope, const ImportManner& manner) : context_(context), scope_(scope), manner_(manner) {}

  UndoneBatch run(store::Write& write, const std::optional<Uuid>& after, std::int64_t limit) {
    const auto reference = reference_for(context_, write);
    UndoneBatch out;
    const auto records = store::load_imported(write.tx(), write.facility(), manner_.import, after, limit);
    for (const auto& record : records) take_back(write, *reference, record, out);
    if (std::ssize(records) == limit) out.last = records.back().id;
    if (out.voided + out.restored > 0)
      write.audit({context_.clock.now(), scope_.actor(), "record.import_undo", "import:" + text(manner_.import),
                   R"({"voided":)" + std::to_string(out.voided) + R"(,"restored":)" + std::to_string(out.restored) + "}"});
    return out;
  }

 private:
  void take_back(store::Write& write, const Reference& reference, const store::ImportedRecord& imported, UndoneBatch& out) {
    const auto before = store::find_record(write.tx(), imported.facility, imported.id);
    if (!before) return;
    auto after = *before;
    if (imported.before > 0 && before->revision == imported.before + 1) restore(write.tx(), imported, after);
    const LockedMonths period{write.period(), context_.clock.now()};
    const bool locked = period.has(before->day) || period.has(after.day);
    if (locked || before->revision != std::abs(imported.before) + 1 || before->state == RecordState::Voided) {
      out.kept.push_back(imported.id);
      return;
    }
    const auto reason = std::string(kUndoReason) + manner_.file_name;
    if (imported.before <= 0) {
      after.state = RecordState::Voided;
      ++out.voided;
    } else {
      ++out.restored;
    }
    replace(context_, scope_, write, reference, *before, std::move(after), reason);
    store::mark_undone(write.tx(), imported);
  }

  static void restore(store::Tx& tx, const store::ImportedRecord& imported, store::StoredRecord& after) {
    const auto revisions = store::load_revisions(tx, imported.facility, imported.id);
    const auto old = std::ranges::find(revisions, imported.before, &store::StoredRevision::revision);
    require(old != revisions.end(), "a changed record keeps what it was");
    after.version = old->version;
    after.unit = old->unit;
    after.day = old->day;
    after.at = old->at;
    after.state = old->state;
    after.answers = old->answers;
  }

  Context& context_;
  const Scope& scope_;
  const ImportManner& manner_;
};

}  // namespace

RowFate fate_of(store::Tx& tx, const Reference& reference, const Scope& scope, const store::StoredRecord& row,
                const std::optional<store::StoredRecord>& existing, const LockedMonths& period) {
  const bool locked = period.has(row.day) || (existing && period.has(existing->day));
  if (!existing) return locked ? RowFate::Locked : RowFate::Added;
  const bool voided = existing->state == RecordState::Voided;
  if (!voided && (existing->first_hash == row.first_hash || same_content(*existing, row))) return RowFate::Same;
  const auto revisions = store::load_revisions(tx, row.facility, row.id);
  const auto wanted = [&](RowFate fate) { return locked ? RowFate::Locked : fate; };
  if (voided) return !revisions.empty() && is_undo(revisions.back().reason) ? wanted(RowFate::Revived) : RowFate::Same;
  for (const auto& revision : revisions)
    if (!is_undo(revision.reason) && same_content(revision, row)) return RowFate::Same;
  const bool may = scope.may(Right::CorrectRecords, reference.organisation, row.facility, existing->unit) &&
                   scope.may(Right::CorrectRecords, reference.organisation, row.facility, row.unit);
  return may ? wanted(RowFate::Changed) : RowFate::Forbidden;
}

void submit_import(Context& context, const Scope& scope, FacilityKey facility, std::vector<NewRecord> records, const ImportManner& manner,
                   OnFates done) {
  auto batch = std::make_shared<ImportBatch>(context, scope, facility, std::move(records), manner);
  context.db.submit(
      facility, [batch](store::Write& write) { batch->run(write); },
      [batch, done = std::move(done)](std::exception_ptr failed) mutable { done(std::move(batch->result()), failed); });
}

Result<UndoneBatch> undo_batch(Context& context, const Scope& scope, FacilityKey facility, const ImportManner& manner,
                               const std::optional<Uuid>& after, std::int64_t limit) {
  if (auto problem = check_may(*context.reference.get(), scope, Right::CorrectRecords, facility, {})) return refuse(*std::move(problem));
  UndoneBatch out;
  Undo undo(context, scope, manner);
  context.db.write(facility, [&](store::Write& write) { out = undo.run(write, after, limit); });
  return out;
}

}  // namespace pilar::app
