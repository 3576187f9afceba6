#include "app/import.h"

#include <algorithm>
#include <condition_variable>
#include <map>
#include <mutex>

#include "app/record_batch.h"
#include "base/text.h"
#include "i18n/messages.h"

namespace pilar::app {
namespace {

constexpr std::size_t kBatchRows = 500, kHeldRows = 20'000, kOpenBatches = 64;
constexpr std::int64_t kProgressRows = 5000;

/// Waits so that at most kOpenBatches are under way, and keeps what they came to.
class Outstanding {
 public:
  void begin() {
    std::unique_lock hold(lock_);
    changed_.wait(hold, [&] { return open_ < kOpenBatches; });
    ++open_;
  }
  void end(const Result<BatchResult>& result, std::exception_ptr failed) {
    const std::scoped_lock hold(lock_);
    --open_;
    if (failed && !failed_) failed_ = failed;
    if (result) {
      added_ += result->added;
      repeated_ += result->repeated;
      conflicts_ += static_cast<std::int64_t>(result->conflicts.size());
    }
    changed_.notify_all();
  }
  /// All done; rethrows the first Fault.
  void finish(ImportReport& report) {
    std::unique_lock hold(lock_);
    changed_.wait(hold, [&] { return open_ == 0; });
    if (failed_) std::rethrow_exception(failed_);
    report.added = added_;
    report.repeated = repeated_;
    report.good -= conflicts_;
    report.refused += conflicts_;
  }

 private:
  std::mutex lock_;
  std::condition_variable changed_;
  std::size_t open_ = 0;
  std::int64_t added_ = 0, repeated_ = 0, conflicts_ = 0;
  std::exception_ptr failed_;
};

/// Positions of the profile's columns in this file.
struct Columns {
  std::vector<std::size_t> key;
  std::optional<std::size_t> facility, unit, at;
  std::vector<std::pair<std::string, std::size_t>> items;
};

Result<Columns> find_columns(const ImportProfile& profile, const std::vector<std::string_view>& header, const Instrument& form) {
  Problems wrong;
  const auto position = [&](const std::string& column) -> std::size_t {
    const auto at = std::ranges::find(header, column, [](std::string_view name) { return trim(name); });
    if (at != header.end()) return static_cast<std::size_t>(at - header.begin());
    wrong.push_back({Problem::Kind::Invalid, Msg::ImportNoColumn, column, {column, std::string(nearest(column, header))}});
    return 0;
  };
  Columns out;
  for (const auto& column : profile.key) out.key.push_back(position(column));
  if (!profile.facility.column.empty()) out.facility = position(profile.facility.column);
  if (!profile.unit.column.empty()) out.unit = position(profile.unit.column);
  if (!profile.at.column.empty()) out.at = position(profile.at.column);
  for (const auto& [item, column] : profile.items) {
    if (form.find(item) == nullptr) wrong.push_back({Problem::Kind::Invalid, Msg::AnswerUnknownItem, item, {item, ""}});
    out.items.emplace_back(item, position(column));
  }
  if (!wrong.empty()) return std::unexpected(std::move(wrong));
  return out;
}

/// The time first and then the hash of the key columns, so that records of a period lie together: UUID version 8.
Uuid row_id(const std::string& seed, Instant at) {
  const auto hash = sha256(seed);
  Uuid id;
  const auto millis = static_cast<std::uint64_t>(at.micros / 1000);
  for (std::size_t i = 0; i < 6; ++i) id.bytes[i] = static_cast<std::uint8_t>(millis >> (40 - 8 * i));
  std::copy_n(hash.begin(), 10, id.bytes.begin() + 6);
  id.bytes[6] = static_cast<std::uint8_t>(0x80 | (id.bytes[6] & 0x0F));
  id.bytes[8] = static_cast<std::uint8_t>(0x80 | (id.bytes[8] & 0x3F));
  return id;
}

class Import {
 public:
  Import(Context& context, const Scope& scope, const ImportProfile& profile, CsvReader& file, ImportMode mode)
      : context_(context),
        scope_(scope),
        profile_(profile),
        file_(file),
        mode_(mode),
        reference_(context.reference.get()),
        now_(context.clock.now()) {}

  Result<ImportReport> run(const std::function<void(std::int64_t)>& progress) {
    version_ = reference_->latest(profile_.instrument);
    if (version_ == nullptr) return refuse(Problem::Kind::NotFound, Msg::ResultUnknownInstrument, "instrument", {profile_.instrument});
    if (file_.next() != CsvReader::Step::Row) return refuse(Msg::ImportEmptyFile);
    width_ = file_.fields().size();
    auto columns = find_columns(profile_, file_.fields(), version_->form);
    if (!columns) return std::unexpected(columns.error());
    columns_ = *std::move(columns);
    auto step = file_.next();
    for (; step == CsvReader::Step::Row; step = file_.next()) {
      read_row();
      if (report_.rows % kProgressRows == 0) progress(report_.rows);
    }
    send_all();
    outstanding_.finish(report_);
    if (step == CsvReader::Step::Refused) note(file_.line(), "", file_.problem());
    progress(report_.rows);
    return std::move(report_);
  }

 private:
  void note(std::int64_t line, std::string column, Problem problem) {
    if (report_.faults.size() < ImportReport::kMostFaults) report_.faults.push_back({line, std::move(column), std::move(problem)});
  }

  std::string_view value(std::optional<std::size_t> column, const std::string& fixed) const {
    return column ? trim(file_.fields()[*column]) : std::string_view(fixed);
  }

  void read_row() {
    ++report_.rows;
    Problems wrong;
    auto record = read_record(wrong);
    if (wrong.empty()) {
      ++report_.good;
      if (mode_ == ImportMode::Write) hold(std::move(record));
      return;
    }
    ++report_.refused;
    for (auto& problem : wrong) {
      auto column = problem.field;
      note(file_.line(), std::move(column), std::move(problem));
    }
  }

  NewRecord read_record(Problems& wrong) {
    NewRecord record;
    if (file_.fields().size() != width_) {
      wrong.push_back({Problem::Kind::Invalid, Msg::ImportRagged, "", {std::to_string(file_.fields().size()), std::to_string(width_)}});
      return record;
    }
    record.version = version_->version;
    record.channel = Channel::Import;
    const auto* node = read_facility(record, wrong);
    const auto zone = node == nullptr ? Zone::Wib : node->zone;
    if (node != nullptr) read_unit(*node, record, wrong);
    read_time(zone, record, wrong);
    RawAnswers raw;
    for (const auto& [item, column] : columns_.items) raw[item].values.emplace_back(file_.fields()[column]);
    auto answers = check_answers(version_->form, raw, civil_day(record.at, zone), false);
    if (answers)
      record.answers = *std::move(answers);
    else
      std::ranges::move(answers.error(), std::back_inserter(wrong));
    std::string seed = profile_.instrument;
    for (const auto column : columns_.key) seed.append("\x1f").append(trim(file_.fields()[column]));
    record.id = row_id(seed, record.at);
    return record;
  }

  const Node* read_facility(NewRecord& record, Problems& wrong) {
    const auto code = value(columns_.facility, profile_.facility.fixed);
    const auto* node = reference_->organisation.find(code);
    if (node != nullptr && node->kind == NodeKind::Facility) {
      record.facility = node->key;
      if (!scope_.may(Right::WriteRecords, reference_->organisation, node->key))
        wrong.push_back({Problem::Kind::Forbidden, Msg::AccessMayNotWrite, profile_.facility.column, {}});
      return node;
    }
    if (report_.unknown_places.size() < ImportReport::kMostFaults) report_.unknown_places.emplace(code);
    wrong.push_back({Problem::Kind::Invalid, Msg::ImportUnknownPlace, profile_.facility.column, {std::string(code)}});
    return nullptr;
  }

  void read_unit(const Node& node, NewRecord& record, Problems& wrong) {
    const auto code = value(columns_.unit, profile_.unit.fixed);
    if (code.empty()) return;
    if (const auto* unit = reference_->organisation.find_unit(node.key, code)) {
      record.unit = unit->key;
      return;
    }
    std::vector<std::string_view> codes;
    for (const auto& unit : reference_->organisation.units(node.key)) codes.push_back(unit.code);
    wrong.push_back({Problem::Kind::Invalid,
                     Msg::RecordUnknownUnit,
                     profile_.unit.column,
                     {std::string(code), node.name, std::string(nearest(code, codes))}});
  }

  /// A bare day is noon of that day at the facility, so that no zone moves it.
  void read_time(Zone zone, NewRecord& record, Problems& wrong) {
    const auto text = value(columns_.at, profile_.at.fixed);
    if (const auto day = parse_day(text))
      record.at = {start_of(*day, zone).micros + 12LL * 3600 * 1'000'000};
    else if (const auto at = parse_instant(text))
      record.at = *at;
    else
      return wrong.push_back({Problem::Kind::Invalid, Msg::AnswerNotADate, profile_.at.column, {std::string(text)}});
    if (auto problem = check_time(record.at, now_, zone)) {
      problem->field = profile_.at.column;
      wrong.push_back(*std::move(problem));
    }
  }

  void hold(NewRecord record) {
    auto& waiting = held_[record.facility];
    waiting.push_back(std::move(record));
    ++held_rows_;
    if (waiting.size() >= kBatchRows) send(waiting);
    if (held_rows_ >= kHeldRows) send_all();
  }

  void send(std::vector<NewRecord>& waiting) {
    if (waiting.empty()) return;
    held_rows_ -= waiting.size();
    const auto facility = waiting.front().facility;
    outstanding_.begin();
    submit_batch(context_, scope_, facility, std::move(waiting), "import:" + profile_.name,
                 [this](Result<BatchResult> result, std::exception_ptr failed) { outstanding_.end(result, failed); });
    waiting.clear();
  }

  void send_all() {
    for (auto& [facility, waiting] : held_) send(waiting);
  }

  Context& context_;
  const Scope& scope_;
  const ImportProfile& profile_;
  CsvReader& file_;
  ImportMode mode_;
  std::shared_ptr<const Reference> reference_;
  Instant now_;
  const InstalledVersion* version_ = nullptr;
  Columns columns_;
  std::size_t width_ = 0;
  std::map<FacilityKey, std::vector<NewRecord>> held_;
  std::size_t held_rows_ = 0;
  Outstanding outstanding_;
  ImportReport report_;
};

}  // namespace

Result<ImportReport> run_import(Context& context, const Scope& scope, const ImportProfile& profile, CsvReader& file, ImportMode mode,
                                const std::function<void(std::int64_t)>& progress) {
  return Import(context, scope, profile, file, mode).run(progress);
}

}  // namespace pilar::app
