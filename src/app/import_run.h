#pragma once
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "app/import_report.h"
#include "app/job.h"
#include "interchange/import_file.h"
#include "interchange/import_guess.h"
#include "store/import_store.h"

/// The life of one imported file: brought, read, checked, written, undone. Checking, writing and undoing are jobs.
namespace pilar::app {

/// Kinds of jobs; each works on an import.
inline constexpr std::string_view kCheckJob = "import_check", kWriteJob = "import_write", kUndoJob = "import_undo";

/// Keeps the file and begins a draft with the best guess of how it is read: a saved profile whose columns are all there, else a shipped
/// one, else the instrument whose items fit best. Problems: no right to write records there; a file that cannot be read at all (then it is
/// not kept).
Result<Uuid> begin_import(Context& context, const Scope& scope, FacilityKey place, const std::string& file_name, std::string_view content);

/// Who may see an import: who may write records at its place.
Result<store::StoredImport> load_import(Context& context, const Scope& scope, const Uuid& id);
std::vector<store::StoredImport> list_imports(Context& context, const Scope& scope, std::int64_t limit);
/// The latest job on it; empty where there was none, or it was removed because it is old.
std::optional<store::StoredJob> job_of(Context& context, const store::StoredImport& import);
/// Where its rows may belong: its place and all below it; an import of the operator's own disk anywhere.
FacilityKey reach_of(const store::StoredImport& import);
/// What a writing leaves that ended before its time: as much as it wrote; nothing, and then the import is a checked one as before.
void set_written(store::StoredImport& import, const store::ImportedCount& count);
/// The profile of the import, which this program wrote.
ImportProfile profile_of(const store::StoredImport& import);
/// The file as it is read now. Problem where it was removed because it is old.
Result<ImportFile> open_file(Context& context, const store::StoredImport& import, const ImportProfile::Reading& reading);

/// What the first rows look like: for the page on which people say how the file is to be read.
struct ImportPreview {
  ImportProfile::Reading reading{};  ///< nothing left out
  std::vector<std::string> sheets{};
  std::optional<xlsx::DaySystem> days{};  ///< of a workbook
  std::int64_t broken_places = 0;
  std::vector<ColumnGuess> columns{};  ///< names as columns are called by them
  std::vector<std::vector<std::string>> rows{};
  /// Texts of a column in its order, each once; the first kMostTexts of the first rows.
  std::vector<std::vector<std::string>> texts{};
  static constexpr std::size_t kMostTexts = 60, kShownRows = 6;
};
Result<ImportPreview> preview_import(Context& context, const store::StoredImport& import, const ImportProfile::Reading& reading);
/// The best guess for this file and instrument.
ImportProfile guessed_profile(const Context& context, const ImportPreview& preview, const Instrument& instrument, FacilityKey place);
/// The instruments by how well the columns fit, the best first.
std::vector<const InstalledVersion*> fitting_instruments(const Reference& reference, std::span<const ColumnGuess> columns);

/// Replaces the draft's profile; a checked import becomes a draft again. Problems: it is being worked on or was written; somebody
/// else changed it since.
Result<void> set_profile(Context& context, const Scope& scope, const Uuid& id, std::int32_t version, const ImportProfile& profile);
/// Starts the check: a job that writes nothing. `lang`: of the words in the file given back.
Result<Uuid> start_check(Context& context, const Scope& scope, const Uuid& id, std::int32_t version, Lang lang);
/// Starts the writing of a checked import, or goes on with one that was stopped.
Result<Uuid> start_writing(Context& context, const Scope& scope, const Uuid& id, std::int32_t version, bool corrections);
/// Starts to take back everything the import did. Problem without the right to correct records at its place.
Result<Uuid> start_undo(Context& context, const Scope& scope, const Uuid& id, std::int32_t version);

/// An import whose file lies on the operator's disk: kept in the list as written, so that it can be undone like any other. Its place
/// is the highest one, because its rows may belong anywhere. Problem where there is no place yet.
Result<store::StoredImport> record_import(Context& context, const Scope& scope, const std::string& path, const ImportProfile& profile,
                                          const ImportReport& checked);
/// What came of it.
void finish_import(Context& context, const store::StoredImport& import, const ImportReport& report);

struct Undone {
  std::int64_t voided = 0, restored = 0, kept = 0;
};
/// Takes back all of an import at once, `at_once` records in a body. Problem without the right to correct records there.
Result<Undone> undo_whole(Context& context, const Scope& scope, store::StoredImport import, std::int64_t at_once);

/// Profiles that are kept at a place, and those of the places above it.
std::vector<store::StoredProfile> list_profiles(Context& context, const Scope& scope, FacilityKey place);
std::optional<store::StoredProfile> find_profile(Context& context, const Scope& scope, FacilityKey place, std::string_view name);
/// Columns that the profile reads and the file, as looked at, does not have; each once, in the profile's order.
std::vector<std::string> missing_columns(const ImportProfile& profile, const ImportPreview& preview);
/// The first of the kept profiles whose columns are all there, else a shipped one.
std::optional<ImportProfile> fitting_profile(const Reference& reference, std::span<const store::StoredProfile> kept, FacilityKey place,
                                             const ImportPreview& preview);
/// A kept profile for the import's file, chosen by name: read as the profile says where all of its columns are found then, else as the file
/// is read now; what missing columns would have said is left empty. Problems: no such profile here or above, an instrument that is not
/// installed, a file that cannot be read.
Result<ImportProfile> choose_profile(Context& context, const Scope& scope, const store::StoredImport& import, std::string_view name);
/// Under this name, in place of an older one. Problems: no right to write records there, a name that is empty or too long.
Result<void> save_profile(Context& context, const Scope& scope, FacilityKey place, std::string_view name, const ImportProfile& profile);
/// What stands before LINE:COLUMN in the faults of a profile that was brought.
inline constexpr std::string_view kBroughtProfile = "profil";
/// Keeps a profile from a file (YAML) that was made elsewhere; `name`: empty for the one that it has. Its facility becomes this one, units
/// that are not there are left to be chosen. Problems: those of read_import_profile and of save_profile, an instrument that is not
/// installed.
Result<void> bring_profile(Context& context, const Scope& scope, FacilityKey place, std::string_view name, std::string_view text);
/// The profile for files of this place: a facility is named by itself, and units of another are forgotten.
ImportProfile profile_at(ImportProfile profile, const Organisation& organisation, FacilityKey place);
Result<void> rename_profile(Context& context, const Scope& scope, FacilityKey place, std::string_view name, std::string_view wanted);
Result<void> delete_profile(Context& context, const Scope& scope, FacilityKey place, std::string_view name);

}  // namespace pilar::app
