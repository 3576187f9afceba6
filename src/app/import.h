#pragma once
#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <vector>

#include "app/import_batch.h"
#include "app/import_report.h"
#include "interchange/import_file.h"
#include "interchange/import_profile.h"

namespace pilar::app {

enum class ImportMode : std::uint8_t { DryRun, Write };

/// How far a writing has come: rows before `rows` are on disk. Kept as text by a job that may be cut off.
struct ImportProgress {
  std::int64_t rows = 0, repeated = 0, changed_left_out = 0, refused_late = 0;
};
std::string to_text(const ImportProgress& progress);
ImportProgress parse_import_progress(std::string_view text);

struct ImportOptions {
  ImportMode mode = ImportMode::DryRun;
  ImportManner manner{};     ///< of a writing
  FacilityKey place{};       ///< whose import it is: every row belongs to it or below it; 0: anywhere
  bool polite = false;       ///< takes about 5 ms of the writer's time at once while others wait
  ImportProgress from{};     ///< where a writing goes on that was cut off
  /// Told the rows read, often; false: stop soon.
  std::function<bool(std::int64_t rows)> go_on{};
  /// Asked often whether progress is to be kept now; then all rows so far are written and told to `keep`.
  std::function<bool()> is_due{};
  std::function<void(const ImportProgress&)> keep{};
  /// Of a dry run: every row in its order with its faults.
  std::function<void(std::span<const std::string> cells, std::span<const ImportFault> faults)> on_row{};
};

/// Every facility that an import of the place may write to; kEverywhere: all.
std::vector<FacilityKey> facilities_of_import(const Organisation& organisation, FacilityKey place);
/// What an import wrote and nobody undid.
store::ImportedCount count_written(Context& context, const Uuid& import, FacilityKey place);

/// Reads the rows as records of the profile's instrument through the same judgement and the same write path as every other door.
/// A dry run writes nothing. Writing again is harmless: a record's id follows from the profile's key columns.
/// Problems: a profile that does not fit the instrument or the file, a damaged file.
Result<ImportReport> run_import(Context& context, const Scope& scope, const ImportProfile& profile, ImportFile& file,
                                const ImportOptions& options);

}  // namespace pilar::app
