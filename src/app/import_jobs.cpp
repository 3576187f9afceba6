#include "app/import_jobs.h"

#include <algorithm>

#include "app/import.h"
#include "app/import_answers.h"
#include "app/import_run.h"
#include "base/temporary_file.h"
#include "i18n/messages.h"

namespace pilar::app {
namespace {

constexpr std::int64_t kUndoneAtOnce = 20;  // records in one body: about 5 ms
constexpr std::size_t kMostKept = 100;

store::StoredImport import_of(JobRun& run) {
  require(run.job().subject.has_value(), "a job of an import names it");
  std::optional<store::StoredImport> import;
  run.context().db.read([&](store::Tx& tx) { import = store::find_import(tx, *run.job().subject); });
  require(import.has_value(), "an import of a job is there");
  return *std::move(import);
}

/// Writes what became of the import, unless another job has it by now.
void settle_import(JobRun& run, const std::function<void(store::StoredImport&)>& change) {
  auto& context = run.context();
  context.db.write(run.job().place, [&](store::Write& write) {
    auto import = store::find_import(write.tx(), *run.job().subject);
    if (!import || import->job != run.job().id) return;
    change(*import);
    store::update_import(write.tx(), *import, context.clock.now());
  });
}

JobEnd failed_import(JobRun& run, Problems problems, ImportState back) {
  settle_import(run, [&](store::StoredImport& import) { import.state = back; });
  return {JobState::Failed, {}, std::move(problems), {}};
}

JobEnd failed_writing(JobRun& run, const store::StoredImport& import, Problems problems) {
  const auto count = count_written(run.context(), import.id, reach_of(import));
  settle_import(run, [&](store::StoredImport& one) { set_written(one, count); });
  return {JobState::Failed, {}, std::move(problems), {}};
}

json::Value parameters_of(const store::StoredJob& job) {
  auto read = json::parse(job.parameters);
  auto* value = std::get_if<json::Value>(&read);
  return value == nullptr ? json::Value(json::Object{}) : std::move(*value);
}

json::Object counts_of(const ImportReport& report) {
  return {{"rows", report.rows},       {"added", report.added},       {"repeated", report.repeated},
          {"changed", report.changed}, {"left_out", report.left_out}, {"refused", report.refused}};
}

std::shared_ptr<const Instrument> form_of(Context& context, const ImportProfile& profile) {
  const auto reference = context.reference.get();
  const auto* version = reference->latest(profile.instrument);
  if (version == nullptr) return nullptr;
  return {reference, &version->form};
}

/// The file given back, from the CSV text that the check wrote.
Uuid as_workbook(Context& context, const store::StoredImport& import, const Uuid& csv, Lang lang) {
  const TemporaryFile file;
  const auto stored = find_stored_file(context, import.place, csv).value();
  answers_to_workbook(sequence_of(random_bytes(context, stored)), ',', file.path());
  FileWriter writer(context, import.place, answers_name(lang, import.file_name, /*is_workbook=*/true));
  auto source = sequence_of(bytes_of_file(file.path()));
  std::string piece(store::kChunkBytes, '\0');
  for (auto n = source(piece.data(), piece.size()); n > 0; n = source(piece.data(), piece.size()))
    writer.write(std::string_view(piece).substr(0, n));
  return writer.close();
}

std::optional<JobEnd> check_import(JobRun& run) {
  auto& context = run.context();
  const auto import = import_of(run);
  const auto profile = profile_of(import);
  const auto parameters = parameters_of(run.job());
  const auto* asked = parameters.find("lang");
  const auto lang = asked != nullptr && asked->is_string() && asked->string() == "en" ? Lang::En : Lang::Id;
  auto file = open_file(context, import, profile.file);
  if (!file) return failed_import(run, file.error(), ImportState::Draft);
  std::optional<FileWriter> writer;
  const auto write = [&](std::string_view bytes) {
    if (!writer) writer.emplace(context, import.place, answers_name(lang, import.file_name, /*is_workbook=*/false));
    writer->write(bytes);
  };
  ImportAnswers answers(lang, form_of(context, profile), *file, write);
  bool going = true;
  ImportOptions options;
  options.place = import.place;
  options.go_on = [&](std::int64_t rows) { return going = run.beat(rows, 0); };
  options.on_row = [&](std::span<const std::string> cells, std::span<const ImportFault> faults) { answers.row(cells, faults); };
  auto report = run_import(context, run.scope(), profile, *file, options);
  if (!report) return failed_import(run, report.error(), ImportState::Draft);
  if (!going) {
    auto end = run.stopped({JobState::Cancelled, {}, {}, {}});
    if (end) settle_import(run, [](store::StoredImport& one) { one.state = ImportState::Draft; });
    return end;
  }
  std::optional<Uuid> given_back;
  if (writer) {
    given_back = writer->close();
    if (file->is_workbook()) given_back = as_workbook(context, import, *given_back, lang);
  }
  std::ranges::stable_sort(report->groups, std::ranges::greater(), &ImportFaultGroup::count);
  settle_import(run, [&](store::StoredImport& one) {
    one.state = ImportState::Checked;
    one.report = json::print(to_json(*report));
    one.answers = given_back;
  });
  return JobEnd{JobState::Done, counts_of(*report), {}, given_back};
}

std::optional<JobEnd> write_import(JobRun& run) {
  auto& context = run.context();
  const auto import = import_of(run);
  const auto profile = profile_of(import);
  const auto parameters = parameters_of(run.job());
  const auto* rows = parameters.find("rows");
  const auto* corrections = parameters.find("corrections");
  const auto total = rows == nullptr ? 0 : rows->to_int().value_or(0);
  auto file = open_file(context, import, profile.file);
  if (!file) return failed_writing(run, import, file.error());
  ImportOptions options;
  options.mode = ImportMode::Write;
  options.manner = {import.id, import.file_name, corrections != nullptr && corrections->is_bool() && corrections->boolean()};
  options.place = import.place;
  options.polite = true;
  options.from = parse_import_progress(run.job().resume);
  bool going = true;
  options.is_due = [&] { return run.is_due(); };
  options.keep = [&](const ImportProgress& progress) { going = run.beat(progress.rows, total, to_text(progress)); };
  options.go_on = [&](std::int64_t) { return going; };
  auto report = run_import(context, run.scope(), profile, *file, options);
  if (!report) return failed_writing(run, import, report.error());
  std::optional<JobEnd> end = JobEnd{JobState::Done, counts_of(*report), {}, {}};
  if (!going) end = run.stopped(*std::move(end));
  if (!end) return end;
  settle_import(run, [&](store::StoredImport& one) {
    const auto checked = report_from_json(one.report);
    report->faults = checked.faults;
    report->groups = checked.groups;
    one.state = ImportState::Written;
    one.report = json::print(to_json(*report));
  });
  return end;
}

struct UndoSums {
  std::int64_t voided = 0, restored = 0, kept = 0;
  json::Array ids{};
};

/// False when it was stopped on the way.
bool undo_facility(JobRun& run, FacilityKey facility, const ImportManner& manner, std::int64_t total, UndoSums& sums, Problems& problems) {
  std::optional<Uuid> after;
  do {
    const auto batch = undo_batch(run.context(), run.scope(), facility, manner, after, kUndoneAtOnce);
    if (!batch) {
      problems = batch.error();
      return true;
    }
    sums.voided += batch->voided;
    sums.restored += batch->restored;
    sums.kept += std::ssize(batch->kept);
    for (const auto& id : batch->kept)
      if (sums.ids.size() < kMostKept) sums.ids.emplace_back(text(id));
    after = batch->last;
    if (!run.beat(sums.voided + sums.restored + sums.kept, total)) return false;
  } while (after);
  return true;
}

std::optional<JobEnd> undo_import(JobRun& run) {
  auto& context = run.context();
  const auto import = import_of(run);
  const ImportManner manner{import.id, import.file_name, true};
  const auto count = count_written(context, import.id, reach_of(import));
  UndoSums sums;
  Problems problems;
  bool going = true;
  for (const auto facility : facilities_of_import(context.reference.get()->organisation, reach_of(import))) {
    store::ImportedCount there;
    context.db.read([&](store::Tx& tx) { there = store::count_imported(tx, facility, import.id); });
    if (there.added + there.changed == 0) continue;
    going = undo_facility(run, facility, manner, count.added + count.changed, sums, problems);
    if (!going || !problems.empty()) break;
  }
  std::optional<JobEnd> end =
      JobEnd{JobState::Done,
             {{"voided", sums.voided}, {"restored", sums.restored}, {"kept", sums.kept}, {"kept_records", std::move(sums.ids)}},
             {},
             {}};
  if (!problems.empty()) return failed_import(run, std::move(problems), ImportState::Written);
  if (!going) end = run.stopped(*std::move(end));
  if (!end) return end;
  const bool all = end->state == JobState::Done;
  settle_import(run, [&](store::StoredImport& one) { one.state = all ? ImportState::Undone : ImportState::Written; });
  return end;
}

}  // namespace

JobKinds job_kinds() {
  return {{std::string(kCheckJob), &check_import}, {std::string(kWriteJob), &write_import}, {std::string(kUndoJob), &undo_import}};
}

}  // namespace pilar::app
