#pragma once
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "domain/cell.h"
#include "domain/instrument.h"

namespace pilar {

/// Reports of states and yearly targets, from which what holds on any day follows: each unit's latest.
class Reports {
 public:
  /// Which facilities and units to add up.
  using Within = std::function<bool(FacilityKey, UnitKey)>;

  /// One report's cell; its bucket is the minute. Reports of the same minute count as their mean, rounded half away from zero.
  void add(std::string_view series_key, const CellKey& key, const Cell& cell);
  /// The sum over units of their latest report: on or before `last` for a State, within the year of `last` for a YearlyTarget, even
  /// later than it, because the target holds for the whole year. n is how many units reported.
  Cell total(std::string_view series_key, Aggregation aggregation, Day last, const Within& within) const;

 private:
  struct Report {
    Day day;
    std::int32_t minute = 0;
    Cell cell;
  };
  using Place = std::pair<FacilityKey, UnitKey>;
  std::map<std::string, std::map<Place, std::vector<Report>>, std::less<>> series_;
};

/// First day of the year of a day, and of the next one.
Period year_of(Day day);

}  // namespace pilar
