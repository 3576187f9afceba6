#include "app/import_run.h"

#include <algorithm>

#include "app/import.h"
#include "app/stored_file.h"
#include "base/text.h"
#include "i18n/messages.h"
#include "i18n/words/access.h"
#include "i18n/words/import.h"

namespace pilar::app {
namespace {

constexpr std::int64_t kPreviewRows = 5000;
constexpr std::size_t kMostName = 200;

bool may_import(const Context& context, const Scope& scope, FacilityKey place) {
  return scope.may(Right::WriteRecords, context.reference.get()->organisation, place);
}

bool is_at_work(ImportState state) {
  return state == ImportState::Checking || state == ImportState::Writing || state == ImportState::Undoing;
}

/// A name as it may stand in a page and in a reason: without a path, not too long.
std::string plain_file_name(std::string_view name) {
  const auto slash = name.find_last_of("/\\");
  if (slash != std::string_view::npos) name.remove_prefix(slash + 1);
  std::string out;
  for (const char c : name)
    if (static_cast<unsigned char>(c) >= 0x20 && c != 0x7F) out += c;
  if (out.size() > kMostName) out = out.substr(out.size() - kMostName);
  while (!out.empty() && !is_utf8(out)) out.erase(0, 1);
  return out.empty() ? "berkas" : out;
}

store::StoredFile keep_file(Context& context, FacilityKey place, const std::string& name, std::string_view content) {
  FileWriter writer(context, place, name);
  writer.write(content);
  const auto id = writer.close();
  return find_stored_file(context, place, id).value();
}

RandomBytes bytes_in(std::string_view content) {
  return {content.size(), [content](std::uint64_t offset, char* buffer, std::size_t size) {
            if (offset >= content.size()) return std::size_t{0};
            return content.copy(buffer, size, offset);
          }};
}

Result<ImportPreview> preview_of(ImportFile file) {
  ImportPreview preview;
  auto rows = file.rows_below_names();
  if (!rows) return std::unexpected(rows.error());
  preview.reading = file.reading();
  preview.sheets = file.sheets();
  preview.days = file.days();
  preview.broken_places = file.broken_places();
  preview.texts.resize(file.names().size());
  for (std::int64_t i = 0; i < kPreviewRows && (*rows)->next() == TableReader::Step::Row; ++i) {
    const auto fields = (*rows)->fields();
    if (preview.rows.size() < ImportPreview::kShownRows) preview.rows.emplace_back(fields.begin(), fields.end());
    for (std::size_t c = 0; c < std::min(fields.size(), preview.texts.size()); ++c) {
      auto& texts = preview.texts[c];
      const auto text = trim(fields[c]);
      if (!text.empty() && texts.size() < ImportPreview::kMostTexts && std::ranges::find(texts, text) == texts.end())
        texts.emplace_back(text);
    }
  }
  // The kinds of the columns, from a table that begins with the names.
  auto again = file.rows_below_names();
  if (!again) return std::unexpected(again.error());
  FirstRows first(**again, kPreviewRows);
  preview.columns = judge_columns(first, file.names());
  return preview;
}

/// Its job may have ended without telling: broken, or stopped before it began.
void settle_ended(Context& context, store::StoredImport& import) {
  if (!is_at_work(import.state) || !import.job) return;
  const auto job = job_of(context, import);
  if (job && !is_over(job->state)) return;
  if (import.state == ImportState::Writing) return set_written(import, count_written(context, import.id, reach_of(import)));
  import.state = import.state == ImportState::Checking ? ImportState::Draft : ImportState::Written;
}

/// The import, changed by `change`, and perhaps a new job on it, in one transaction.
Result<std::optional<Uuid>> change_import(Context& context, const Scope& scope, const Uuid& id, std::int32_t version,
                                          const std::function<Result<std::optional<NewJob>>(store::StoredImport&)>& change) {
  auto import = load_import(context, scope, id);
  if (!import) return std::unexpected(import.error());
  if (import->version != version) return refuse(Problem::Kind::Conflict, Msg::ImportChangedSince);
  if (is_at_work(import->state)) return refuse(Problem::Kind::Conflict, Msg::ImportAtWork);
  auto job = change(*import);
  if (!job) return std::unexpected(job.error());
  std::optional<store::StoredJob> row;
  if (*job) {
    row = new_job(context, scope, **job);
    import->job = row->id;
  }
  bool done = false;
  context.db.write(import->place, [&](store::Write& write) {
    done = store::update_import(write.tx(), *import, context.clock.now());
    if (done && row) store::insert_job(write.tx(), *row);
  });
  if (!done) return refuse(Problem::Kind::Conflict, Msg::ImportChangedSince);
  return row ? std::optional(row->id) : std::nullopt;
}

NewJob job_on(const store::StoredImport& import, std::string_view kind, json::Object parameters) {
  return {import.place, std::string(kind), import.file_name, import.id, std::move(parameters)};
}

Result<Uuid> started(Result<std::optional<Uuid>> job) {
  if (!job) return std::unexpected(job.error());
  return job->value();
}

}  // namespace

Result<Uuid> begin_import(Context& context, const Scope& scope, FacilityKey place, const std::string& file_name, std::string_view content) {
  if (!may_import(context, scope, place)) return refuse(Problem::Kind::Forbidden, Msg::AccessMayNotWrite);
  auto file = ImportFile::open(bytes_in(content), {});
  if (!file) return std::unexpected(file.error());
  const auto preview = preview_of(*std::move(file));
  if (!preview) return std::unexpected(preview.error());
  store::StoredImport import;
  import.place = place;
  import.created_at = import.changed_at = context.clock.now();
  import.id = make_uuid(import.created_at);
  import.owner = scope.actor();
  import.file_name = plain_file_name(file_name);
  const auto reference = context.reference.get();
  const auto known = fitting_profile(*reference, list_profiles(context, scope, place), place, *preview);
  const auto fitting = fitting_instruments(*reference, preview->columns);
  if (known)
    import.profile = to_yaml(*known);
  else if (!fitting.empty())
    import.profile = to_yaml(guessed_profile(context, *preview, fitting.front()->form, place));
  else
    return refuse(Msg::ImportNoInstrument);
  import.file = keep_file(context, place, import.file_name, content).id;
  context.db.write(place, [&](store::Write& write) {
    store::insert_import(write.tx(), import);
    write.audit({context.clock.now(), scope.actor(), "import.begin", "import:" + text(import.id)});
  });
  return import.id;
}

void set_written(store::StoredImport& import, const store::ImportedCount& count) {
  import.state = count.added + count.changed == 0 ? ImportState::Checked : ImportState::Written;
  if (import.state == ImportState::Checked) return;  // what the check found still holds
  auto report = report_from_json(import.report);
  report.added = count.added;
  report.changed = count.changed;
  import.report = json::print(to_json(report));
}

Result<store::StoredImport> load_import(Context& context, const Scope& scope, const Uuid& id) {
  std::optional<store::StoredImport> import;
  context.db.read([&](store::Tx& tx) { import = store::find_import(tx, id); });
  if (!import || !may_import(context, scope, import->place)) return refuse(Problem::Kind::NotFound, Msg::ImportUnknown);
  settle_ended(context, *import);
  return *std::move(import);
}

std::vector<store::StoredImport> list_imports(Context& context, const Scope& scope, std::int64_t limit) {
  const auto reference = context.reference.get();
  std::vector<FacilityKey> places;
  for (const auto& node : reference->organisation.nodes())
    if (scope.may(Right::WriteRecords, reference->organisation, node.key)) places.push_back(node.key);
  std::vector<store::StoredImport> imports;
  if (places.empty()) return imports;
  context.db.read([&](store::Tx& tx) { imports = store::load_imports(tx, places, limit); });
  for (auto& import : imports) settle_ended(context, import);
  return imports;
}

std::optional<store::StoredJob> job_of(Context& context, const store::StoredImport& import) {
  std::optional<store::StoredJob> job;
  if (import.job) context.db.read([&](store::Tx& tx) { job = store::find_job(tx, *import.job); });
  return job;
}

FacilityKey reach_of(const store::StoredImport& import) { return import.file ? import.place : kEverywhere; }

ImportProfile profile_of(const store::StoredImport& import) {
  auto profile = read_import_profile(import.profile, "profile", ProfileNeed::Draft);
  if (!profile) throw Fault("read the profile of import " + text(import.id), say(Lang::En, profile.error().front()));
  return *std::move(profile);
}

Result<ImportFile> open_file(Context& context, const store::StoredImport& import, const ImportProfile::Reading& reading) {
  const auto file = import.file ? find_stored_file(context, import.place, *import.file) : std::nullopt;
  if (!file) return refuse(Problem::Kind::NotFound, Msg::ImportFileGone);
  return ImportFile::open(random_bytes(context, *file), reading);
}

Result<ImportPreview> preview_import(Context& context, const store::StoredImport& import, const ImportProfile::Reading& reading) {
  auto file = open_file(context, import, reading);
  if (!file) return std::unexpected(file.error());
  return preview_of(*std::move(file));
}

ImportProfile guessed_profile(const Context& context, const ImportPreview& preview, const Instrument& instrument, FacilityKey place) {
  const auto reference = context.reference.get();
  const auto* node = reference->organisation.find(place);
  const bool is_facility = node != nullptr && node->kind == NodeKind::Facility;
  auto profile = guess_profile(instrument, preview.columns, is_facility ? node->code : std::string());
  const auto marks = profile.file;
  profile.file = preview.reading;
  if (profile.file.mark == '\0') profile.file.mark = marks.mark;
  if (!profile.file.order) profile.file.order = marks.order;
  return profile;
}

std::vector<const InstalledVersion*> fitting_instruments(const Reference& reference, std::span<const ColumnGuess> columns) {
  std::vector<std::string> names;
  for (const auto& column : columns) names.push_back(column.name);
  std::vector<std::pair<int, const InstalledVersion*>> fits;
  for (const auto* one : reference.latest_of_all()) fits.emplace_back(fit_of(one->form, names), one);
  std::ranges::stable_sort(fits, std::ranges::greater(), &std::pair<int, const InstalledVersion*>::first);
  std::vector<const InstalledVersion*> all;
  for (const auto& [fit, one] : fits) all.push_back(one);
  return all;
}

Result<void> set_profile(Context& context, const Scope& scope, const Uuid& id, std::int32_t version, const ImportProfile& profile) {
  const auto changed = change_import(context, scope, id, version, [&](store::StoredImport& import) -> Result<std::optional<NewJob>> {
    if (import.state != ImportState::Draft && import.state != ImportState::Checked)
      return refuse(Problem::Kind::Conflict, Msg::ImportIsWritten);
    import.profile = to_yaml(profile);
    import.state = ImportState::Draft;
    import.report.clear();
    import.answers.reset();
    return std::optional<NewJob>();
  });
  if (!changed) return std::unexpected(changed.error());
  return {};
}

Result<Uuid> start_check(Context& context, const Scope& scope, const Uuid& id, std::int32_t version, Lang lang) {
  return started(change_import(context, scope, id, version, [&](store::StoredImport& import) -> Result<std::optional<NewJob>> {
    if (import.state != ImportState::Draft && import.state != ImportState::Checked && import.state != ImportState::Undone)
      return refuse(Problem::Kind::Conflict, Msg::ImportIsWritten);
    import.state = ImportState::Checking;
    return std::optional(job_on(import, kCheckJob, {{"lang", lang == Lang::En ? "en" : "id"}}));
  }));
}

Result<Uuid> start_writing(Context& context, const Scope& scope, const Uuid& id, std::int32_t version, bool corrections) {
  return started(change_import(context, scope, id, version, [&](store::StoredImport& import) -> Result<std::optional<NewJob>> {
    if (import.state != ImportState::Checked && import.state != ImportState::Written)
      return refuse(Problem::Kind::Conflict, Msg::ImportNotChecked);
    const auto report = report_from_json(import.report);
    import.state = ImportState::Writing;
    return std::optional(job_on(import, kWriteJob, {{"corrections", corrections}, {"rows", report.rows}}));
  }));
}

Result<Uuid> start_undo(Context& context, const Scope& scope, const Uuid& id, std::int32_t version) {
  return started(change_import(context, scope, id, version, [&](store::StoredImport& import) -> Result<std::optional<NewJob>> {
    if (import.state != ImportState::Written) return refuse(Problem::Kind::Conflict, Msg::ImportNotWritten);
    if (!scope.may(Right::CorrectRecords, context.reference.get()->organisation, import.place))
      return refuse(Problem::Kind::Forbidden, Msg::ImportMayNotUndo);
    import.state = ImportState::Undoing;
    return std::optional(job_on(import, kUndoJob, {}));
  }));
}

}  // namespace pilar::app
