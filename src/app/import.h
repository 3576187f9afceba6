#pragma once
#include <cstdint>
#include <functional>
#include <set>
#include <string>
#include <vector>

#include "app/record.h"
#include "interchange/csv_reader.h"
#include "interchange/import_profile.h"

namespace pilar::app {

/// What was wrong with one row of the file.
struct ImportFault {
  std::int64_t line = 0;
  std::string column;
  Problem problem;
};

struct ImportReport {
  std::int64_t rows = 0;
  std::int64_t good = 0;      ///< rows that became records
  std::int64_t added = 0;     ///< of those, new ones; the rest were here before (import changes nothing twice)
  std::int64_t repeated = 0;
  std::int64_t refused = 0;
  std::vector<ImportFault> faults{};         ///< the first kMostFaults
  std::set<std::string> unknown_places{};    ///< codes of facilities that do not exist, the first kMostFaults
  static constexpr std::size_t kMostFaults = 1000;
};

enum class ImportMode : std::uint8_t { DryRun, Write };

/// Reads the rows as records of the profile's instrument through the same judgement and the same write path as every other door.
/// A dry run writes nothing. Writing again is harmless: a record's id follows from the profile's key columns. `progress` is told
/// the rows read, every few thousand. Problems: a profile that does not fit the instrument or the file's header, a damaged file.
Result<ImportReport> run_import(Context& context, const Scope& scope, const ImportProfile& profile, CsvReader& file, ImportMode mode,
                                const std::function<void(std::int64_t)>& progress);

}  // namespace pilar::app
