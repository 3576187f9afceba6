#pragma once
#include <vector>

#include "app/demo_places.h"
#include "app/record.h"
#include "app/reference.h"

namespace pilar::app::demo {

/// One facility in one month.
struct Chapter {
  const Character& character;
  FacilityKey facility;
  int months_ago = 0;
  Period days;  ///< up to today
  Instant now;
};

/// The records of that month, from the seed of the place and month alone: answers to KESSAN, in the last month of a quarter to SKM, and
/// the visits of each unit once the month is over.
std::vector<NewRecord> records_of(const Chapter& chapter, const Reference& reference);

}  // namespace pilar::app::demo
