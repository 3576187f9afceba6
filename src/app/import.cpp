#include "app/import.h"

#include <algorithm>
#include <array>
#include <condition_variable>
#include <map>
#include <mutex>

#include "app/import_keys.h"
#include "app/import_rows.h"
#include "app/period_lock.h"
#include "app/record_parts.h"
#include "base/json.h"
#include "i18n/words/import.h"
#include "i18n/words/integrity.h"
#include "i18n/words/period.h"
#include "interchange/import_guess.h"
#include "store/facility_head.h"

namespace pilar::app {
namespace {

constexpr std::size_t kBatchRows = 500, kHeldRows = 20'000;
constexpr std::int64_t kHurriedRows = 16'000;                     // on their way at once where nobody else is to be spared
constexpr std::int64_t kPoliteMicros = 5000, kIdleMicros = 20'000;  // of the writer's time at once, others waiting or not
constexpr std::int64_t kFewestRows = 5;
constexpr std::int64_t kGoOnRows = 256;
constexpr std::int64_t kJudgedRows = 20'000;  // looked at to tell the marks of numbers and dates

/// Rows on their way to the store; waits so that no more are under way than wanted.
class OnTheirWay {
 public:
  /// Waits until there is room for them.
  void begin(std::int64_t rows, std::int64_t most) {
    std::unique_lock hold(lock_);
    changed_.wait(hold, [&] { return rows_ == 0 || rows_ + rows <= most; });
    rows_ += rows;
    ++open_;
  }
  void end(std::int64_t rows, const BatchFates& result, std::exception_ptr failed) {
    const std::scoped_lock hold(lock_);
    rows_ -= rows;
    --open_;
    if (failed && !failed_) failed_ = failed;
    for (const auto fate : result.fates) ++counts_[static_cast<std::size_t>(fate)];
    if (!result.fates.empty())
      micros_a_row_ = std::max<std::int64_t>(1, (3 * micros_a_row_ + result.micros / std::ssize(result.fates)) / 4);
    changed_.notify_all();
  }
  /// Until nothing is under way.
  void wait() {
    std::unique_lock hold(lock_);
    changed_.wait(hold, [&] { return open_ == 0; });
  }
  /// Everything is on disk; rethrows the first Fault.
  void settle() {
    wait();
    const std::scoped_lock hold(lock_);
    if (failed_) std::rethrow_exception(failed_);
  }
  std::int64_t count(RowFate fate) {
    const std::scoped_lock hold(lock_);
    return counts_[static_cast<std::size_t>(fate)];
  }
  std::int64_t micros_a_row() {
    const std::scoped_lock hold(lock_);
    return micros_a_row_;
  }

 private:
  std::mutex lock_;
  std::condition_variable changed_;
  std::int64_t rows_ = 0, open_ = 0, micros_a_row_ = 100;
  std::array<std::int64_t, kRowFates> counts_{};
  std::exception_ptr failed_;
};

/// A row of a dry run that waits to be compared with the store.
struct Waiting {
  std::vector<std::string> cells{};
  ImportedRow row{};
  std::int64_t line = 0;
  bool twin = false;  ///< an earlier row says the same
};

class Import {
 public:
  Import(Context& context, const Scope& scope, ImportProfile profile, ImportFile& file, const ImportOptions& options)
      : context_(context),
        scope_(scope),
        profile_(std::move(profile)),
        file_(file),
        options_(options),
        now_(context.clock.now()) {}
  ~Import() { way_.wait(); }  // what is under way points here
  Import(const Import&) = delete;
  Import& operator=(const Import&) = delete;

  Result<ImportReport> run() {
    if (auto settled = settle_marks(); !settled) return std::unexpected(settled.error());
    auto reader = file_.rows_below_names();
    if (!reader) return std::unexpected(reader.error());
    auto rows = ImportRows::open(context_, scope_, profile_, file_.names(), file_.days());
    if (!rows) return std::unexpected(rows.error());
    reference_ = context_.reference.get();
    const auto step = read_all(**reader, *rows);
    report_.unknown_places = rows->unknown_places();
    if (step == TableReader::Step::Refused) {
      ++report_.refused;
      report_.note({(*reader)->line(), "", "", (*reader)->problem()});
    }
    finish();
    return std::move(report_);
  }

 private:
  bool writes() const { return options_.mode == ImportMode::Write; }

  /// Decimal mark and order of dates where the profile does not say them.
  Result<void> settle_marks() {
    auto& reading = profile_.file;
    if (reading.mark != '\0' && reading.order) return {};
    auto all = file_.rows_below_names();
    if (!all) return std::unexpected(all.error());
    FirstRows first(**all, kJudgedRows);
    const auto judged = guess_marks(judge_columns(first, file_.names()));
    if (reading.mark == '\0') reading.mark = judged.mark;
    if (!reading.order) reading.order = judged.order;
    return {};
  }

  TableReader::Step read_all(TableReader& reader, ImportRows& rows) {
    auto step = reader.next();
    for (; step == TableReader::Step::Row; step = reader.next()) {
      ++report_.rows;
      auto row = rows.read(reader);
      refuse_elsewhere(row, reader.line());
      refuse_photos(row, reader.line());
      row.record = with_hashed_persons(context_, std::move(row.record));
      const bool twin = refuse_repeated(row, reader.line());
      if (!twin) warn_of_rules(row, reader.line());
      if (writes())
        take(std::move(row));
      else
        wait(reader, std::move(row), twin);
      if (report_.rows % kGoOnRows == 0 && !keep_going()) break;
    }
    return step;
  }

  /// An import of a place may not write elsewhere, or whoever looks after that place could not undo it.
  void refuse_elsewhere(ImportedRow& row, std::int64_t line) const {
    if (!row.faults.empty() || options_.place == kEverywhere) return;
    if (!reference_->organisation.is_under(row.record.facility, options_.place))
      row.faults.push_back({line, "", "", {Problem::Kind::Forbidden, Msg::ImportElsewhere, "", {}}});
  }

  /// A table holds words, no pictures.
  static void refuse_photos(ImportedRow& row, std::int64_t line) {
    const auto is_photo = [](const Answer& answer) { return std::holds_alternative<Photo>(answer); };
    if (row.faults.empty() && std::ranges::any_of(row.record.answers, is_photo))
      row.faults.push_back({line, "", "", {Problem::Kind::Invalid, Msg::ImportNoPhotos, "", {}}});
  }

  /// A row whose key stood before: the same content counts once (then it is a twin), other content is refused.
  bool refuse_repeated(ImportedRow& row, std::int64_t line) {
    if (!row.faults.empty()) return false;
    const auto content = stored_form(*reference_, row.record, now_).first_hash;
    const auto seen = keys_.add(row.record.id, content, line);
    if (seen && !seen->same)
      row.faults.push_back({line, "", "", {Problem::Kind::Conflict, Msg::ImportRepeatedKey, "", {std::to_string(seen->line)}}});
    return seen && seen->same;
  }

  /// A rule that is broken is told and refuses nothing.
  void warn_of_rules(const ImportedRow& row, std::int64_t line) {
    if (!row.faults.empty()) return;
    const auto* version = reference_->find(row.record.version);
    const auto* node = reference_->organisation.find(row.record.facility);
    for (const auto& one : broken_rules(version->form, row.record.answers, civil_day(row.record.at, node->zone)))
      report_.warn({Problem::Kind::Invalid, Msg::RuleBroken, "", {one.rule->key}}, line);
  }

  bool keep_going() {
    if (writes() && options_.is_due && options_.is_due()) {
      send_all();
      way_.settle();
      if (options_.keep) options_.keep(progress());
    }
    return !options_.go_on || options_.go_on(report_.rows);
  }

  void refused(std::vector<ImportFault>& faults) {
    ++report_.refused;
    for (auto& fault : faults) report_.note(std::move(fault));
  }

  // A dry run: rows wait until there are enough to be compared with the store in one snapshot.

  void wait(const TableReader& reader, ImportedRow row, bool twin) {
    Waiting one{{}, std::move(row), reader.line(), twin};
    if (options_.on_row) one.cells.assign(reader.fields().begin(), reader.fields().end());
    waiting_.push_back(std::move(one));
    if (waiting_.size() >= kBatchRows) compare();
  }

  void compare() {
    std::vector<RowFate> fates(waiting_.size(), RowFate::Added);
    std::vector<store::StoredRecord> rows;
    for (const auto& one : waiting_)
      if (one.row.faults.empty()) rows.push_back(stored_form(*reference_, one.row.record, now_));
    context_.db.read([&](store::Tx& tx) {
      std::map<FacilityKey, LockedMonths> periods;
      const auto existing = store::find_records(tx, rows);
      std::size_t next = 0;
      for (std::size_t i = 0; i < waiting_.size(); ++i) {
        if (!waiting_[i].row.faults.empty()) continue;
        fates[i] = judge(tx, waiting_[i], rows[next], existing[next], periods);
        ++next;
      }
    });
    for (std::size_t i = 0; i < waiting_.size(); ++i) tell(waiting_[i], fates[i]);
    waiting_.clear();
  }

  RowFate judge(store::Tx& tx, Waiting& one, const store::StoredRecord& row, const std::optional<store::StoredRecord>& existing,
                std::map<FacilityKey, LockedMonths>& periods) const {
    auto known = periods.find(row.facility);
    if (known == periods.end()) known = periods.emplace(row.facility, LockedMonths{store::load_period_lock(tx, row.facility), now_}).first;
    const auto fate = fate_of(tx, *reference_, scope_, row, existing, known->second);
    if (fate != RowFate::Locked) return fate;
    auto problem = check_period(context_, tx, row.facility, row.day);
    // The row's own month may be open: then it is that of the record it would change.
    if (!problem) problem = Problem{Problem::Kind::Conflict, Msg::ImportLocked, "", {}};
    problem->field.clear();
    one.row.faults.push_back({one.line, "", "", *std::move(problem)});
    return fate;
  }

  void tell(Waiting& one, RowFate fate) {
    auto& faults = one.row.faults;
    if (faults.empty() && fate == RowFate::Forbidden)
      faults.push_back({one.line, "", "", {Problem::Kind::Forbidden, Msg::ImportMayNotCorrect, "", {}}});
    if (options_.on_row) options_.on_row(one.cells, faults);
    if (!faults.empty()) return refused(faults);
    ++report_.good;
    if (fate == RowFate::Same || one.twin)
      ++report_.repeated;
    else if (fate == RowFate::Changed)
      ++report_.changed;
    else
      ++report_.added;
  }

  // A writing: rows wait by facility until there are enough for a body.

  void take(ImportedRow row) {
    if (!row.faults.empty()) return refused(row.faults);
    ++report_.good;
    if (report_.rows <= options_.from.rows) return;
    auto& held = held_[row.record.facility];
    held.push_back(std::move(row.record));
    ++held_rows_;
    if (std::ssize(held) >= body_rows()) send(held);
    if (held_rows_ >= kHeldRows) send_all();
  }

  /// How many rows one body may have.
  std::int64_t body_rows() {
    if (!options_.polite) return kBatchRows;
    if (report_.rows % kGoOnRows == 1 || body_rows_ == 0) {
      const auto budget = context_.db.stats().queued > 0 ? kPoliteMicros : kIdleMicros;
      body_rows_ = std::clamp<std::int64_t>(budget / way_.micros_a_row(), kFewestRows, kBatchRows);
    }
    return body_rows_;
  }

  void send(std::vector<NewRecord>& held) {
    if (held.empty()) return;
    const auto rows = std::ssize(held);
    held_rows_ -= held.size();
    const auto facility = held.front().facility;
    way_.begin(rows, options_.polite ? body_rows() : kHurriedRows);
    submit_import(context_, scope_, facility, std::move(held), options_.manner,
                  [this, rows](const BatchFates& result, std::exception_ptr failed) { way_.end(rows, result, failed); });
    held.clear();
  }

  void send_all() {
    for (auto& [facility, held] : held_) send(held);
  }

  ImportProgress progress() {
    auto out = options_.from;
    out.rows = std::max(report_.rows, out.rows);
    out.repeated += way_.count(RowFate::Same);
    out.changed_left_out += options_.manner.corrections ? 0 : way_.count(RowFate::Changed);
    out.refused_late += way_.count(RowFate::Forbidden) + way_.count(RowFate::Clash) + way_.count(RowFate::Locked);
    return out;
  }

  void finish() {
    if (!writes()) return compare();
    send_all();
    way_.settle();
    const auto all = progress();
    if (options_.keep) options_.keep(all);
    report_.refused += all.refused_late;
    report_.good -= all.refused_late;
    report_.left_out = all.changed_left_out;
    take_counts();
    report_.repeated = report_.good - report_.added - report_.changed - report_.left_out;
  }

  /// What is in the store, however often the writing was cut off.
  void take_counts() {
    const auto count = count_written(context_, options_.manner.import, options_.place);
    report_.added = count.added;
    report_.changed = count.changed;
  }

  Context& context_;
  const Scope& scope_;
  ImportProfile profile_;
  ImportFile& file_;
  const ImportOptions& options_;
  Instant now_;
  std::shared_ptr<const Reference> reference_;
  ImportKeys keys_;
  std::vector<Waiting> waiting_;
  std::map<FacilityKey, std::vector<NewRecord>> held_;
  std::size_t held_rows_ = 0;
  std::int64_t body_rows_ = 0;
  OnTheirWay way_;
  ImportReport report_;
};

}  // namespace

std::vector<FacilityKey> facilities_of_import(const Organisation& organisation, FacilityKey place) {
  std::vector<FacilityKey> out;
  for (const auto& node : organisation.nodes())
    if (node.kind == NodeKind::Facility && organisation.is_under(node.key, place)) out.push_back(node.key);
  return out;
}

store::ImportedCount count_written(Context& context, const Uuid& import, FacilityKey place) {
  store::ImportedCount all;
  for (const auto facility : facilities_of_import(context.reference.get()->organisation, place))
    context.db.read([&](store::Tx& tx) {
      const auto count = store::count_imported(tx, facility, import);
      all.added += count.added;
      all.changed += count.changed;
    });
  return all;
}

std::string to_text(const ImportProgress& progress) {
  return json::print(json::Object{{"rows", progress.rows},
                                  {"repeated", progress.repeated},
                                  {"left_out", progress.changed_left_out},
                                  {"refused", progress.refused_late}});
}

ImportProgress parse_import_progress(std::string_view text) {
  ImportProgress out;
  const auto read = json::parse(text.empty() ? std::string_view("{}") : text);
  const auto* value = std::get_if<json::Value>(&read);
  if (value == nullptr) return out;
  const auto whole = [&](std::string_view name) {
    const auto* member = value->find(name);
    return member == nullptr ? 0 : member->to_int().value_or(0);
  };
  return {whole("rows"), whole("repeated"), whole("left_out"), whole("refused")};
}

Result<ImportReport> run_import(Context& context, const Scope& scope, const ImportProfile& profile, ImportFile& file,
                                const ImportOptions& options) {
  return Import(context, scope, profile, file, options).run();
}

}  // namespace pilar::app
