#pragma once
#include <vector>

#include "app/demo_calendar.h"
#include "app/record.h"
#include "app/reference.h"

namespace pilar::app::demo {

/// The records of that month, from the seed of the place and month alone: answers to KESSAN, in the last month of a quarter to SKM, the
/// visits of each unit once the month is over, the registers of visits, prescriptions and laboratory (demo_visits.h),
/// the reports of a Puskesmas for the SPM (demo_yearly.h), and what the Tim Mutu observed (demo_observations.h).
std::vector<NewRecord> records_of(const Chapter& chapter, const Reference& reference);

}  // namespace pilar::app::demo
