#pragma once
#include <cstdint>
#include <vector>

#include "domain/answer.h"
#include "domain/cell.h"

namespace pilar {

/// Records that mention a person, on one day at one unit: how many. What distinct persons are counted from.
struct Mention {
  FacilityKey facility;
  SeriesKey series;
  Month month;
  PersonHash person;
  Day day;
  UnitKey unit;
  std::int64_t n = 0;
};

/// Sorts by facility, series, month, person, day and unit, and merges what is alike; what cancels out is left away.
void merge(std::vector<Mention>& mentions);

/// The cell of the earliest mention of each person in each month: what distinct persons add to the cells. `sorted` is as merge leaves
/// it; mentions with n <= 0 are none. The earliest is the first day, then the first unit, so that the order in which records arrive
/// makes no difference.
std::vector<CellDelta> first_mentions(const std::vector<Mention>& sorted);

}  // namespace pilar
