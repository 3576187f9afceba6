#pragma once
#include <optional>
#include <string>
#include <vector>

#include "app/indicator.h"
#include "app/record.h"

/// Indicators counted by hand: numerator and denominator of a unit and a day (sensus harian). Each count is a record of the instrument
/// kDailyCount, with revisions, author and trail as any other.
namespace pilar::app {

/// What stands for one indicator on that day; both empty where nothing was entered yet.
struct CountLine {
  const KamusLine* line = nullptr;
  std::optional<std::int64_t> numerator{}, denominator{};
  std::optional<Uuid> record{};
  std::int32_t revision = 0;
  std::int64_t month_numerator = 0, month_denominator = 0;  ///< of the month so far, this day included
  int month_days = 0;                                       ///< days of the month with a count
  std::int32_t taken_back = 0;                              ///< counts of this day that were voided
};

struct DailyCounts {
  KamusView kamus{};
  UnitKey unit;
  Day day{};
  std::vector<CountLine> lines{};  ///< the counted indicators that the facility uses

  const CountLine* find(std::string_view indicator) const;
};

/// Problems: those of read_kamus_of, a place that is no facility, an unknown unit, no right to enter records there.
Result<DailyCounts> read_daily_counts(Context& context, const Scope& scope, FacilityKey facility, UnitKey unit, Day day);

/// A count as it was typed for one indicator.
struct CountEntry {
  std::string indicator;
  std::int64_t numerator = 0, denominator = 0;
  std::int32_t seen = 0;  ///< the revision it was typed over; 0: none
  bool above = false;     ///< whoever typed it says that the numerator is truly above the denominator
};
/// Saves one count: a new record, or a correction of the one that was seen. Problems: a future day, a number outside 0 to 1,000,000, a
/// numerator without any case or, unless it is said to be so, above the denominator, or somebody entered something else meanwhile
/// (Conflict).
Result<Saved> save_daily_count(Context& context, const Scope& scope, const DailyCounts& day, const CountEntry& entry,
                               const std::string& reason);

}  // namespace pilar::app
