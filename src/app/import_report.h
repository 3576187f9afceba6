#pragma once
#include <cstdint>
#include <set>
#include <string>
#include <vector>

#include "base/json.h"
#include "base/result.h"

namespace pilar::app {

/// As much of a text of the file as a report keeps, at most kMostText bytes and whole letters: one cell may hold a megabyte.
std::string shortened(std::string text);
inline constexpr std::size_t kMostText = 400;

/// What was wrong with one cell of the file, or with a whole row.
struct ImportFault {
  std::int64_t line = 0;
  std::string column{};  ///< its name; empty: the whole row
  std::string cell{};    ///< as a spreadsheet names it: "C12"
  Problem problem{};
};

/// Faults of one kind in one column.
struct ImportFaultGroup {
  std::string column{};
  Problem example{};
  std::int64_t count = 0;
  std::vector<std::int64_t> lines{};  ///< the first ones
};

/// What a check found or a writing did. Everything is bounded, however many rows and faults there are.
struct ImportReport {
  std::int64_t rows = 0;
  std::int64_t good = 0;      ///< rows that are records, or were
  std::int64_t added = 0;     ///< of those, new ones
  std::int64_t repeated = 0;  ///< here before with the same content
  std::int64_t changed = 0;   ///< here before with other content
  std::int64_t left_out = 0;  ///< changed ones that were not wanted
  std::int64_t refused = 0;
  std::vector<ImportFault> faults{};         ///< the first kMostFaults
  std::vector<ImportFaultGroup> groups{};    ///< the first kMostGroups kinds; the most frequent first once sorted
  std::vector<ImportFaultGroup> warnings{};  ///< rows that are good and break a rule of the instrument, a group a rule
  std::set<std::string> unknown_places{};    ///< codes of facilities that do not exist, the first kMostFaults
  static constexpr std::size_t kMostFaults = 1000, kMostGroups = 200, kMostLines = 5;

  /// Texts of the fault are kept shortened.
  void note(ImportFault fault);
  /// Of a good row; the problem says which rule.
  void warn(const Problem& problem, std::int64_t line);
};

json::Value to_json(const ImportReport& report);
/// Nothing where the text is empty.
ImportReport report_from_json(std::string_view text);

/// What the user can do about it, where the problem itself does not say so; else the problem's own words are enough.
Message advice_for(Message problem);

}  // namespace pilar::app
