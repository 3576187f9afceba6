#pragma once
#include <vector>

#include "app/demo_calendar.h"
#include "app/record.h"
#include "app/reference.h"

namespace pilar::app::demo {

/// What was made and not found at the facilities whose story says so, mostly in kFaultMonth: the page about the soundness of data finds it.
/// Copied and rounded visits stand in demo_month.cpp.
std::vector<NewRecord> faults_of(const Chapter& chapter, const Reference& reference, const Calendar& calendar);

/// Whether hand hygiene of the month is written here and not observed.
bool has_made_up_hands(const Chapter& chapter);

}  // namespace pilar::app::demo
