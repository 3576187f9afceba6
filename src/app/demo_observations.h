#pragma once
#include <vector>

#include "app/demo_calendar.h"
#include "app/record.h"
#include "app/reference.h"

namespace pilar::app::demo {

/// Hand hygiene at Mawar was written down in a month ago as it should be, not as it was: every opportunity alike, and just at the target.
inline constexpr int kTooGoodMonth = 3;

/// What the facility's Tim Mutu observes in that month: hand hygiene, protective equipment and identification; at a Puskesmas also TB
/// treatments that ended, births after antenatal care, and cases reviewed by their diagnosis.
std::vector<NewRecord> observations_of(const Chapter& chapter, const Reference& reference, const Calendar& calendar);

}  // namespace pilar::app::demo
