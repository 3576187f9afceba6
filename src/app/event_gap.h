#pragma once
#include <vector>

#include "app/result.h"
#include "domain/event_gap.h"

namespace pilar::app {

/// The days of a facility on which the measure has anything, in their order, as far back as day cells are kept. `query` says the
/// instrument, place and unit; its period and breakdown are not read. Problems: those of read_result, no facility, or a measure that
/// counts no events or stands in reports that replace each other.
Result<std::vector<EventDay>> read_event_days(Context& context, const Scope& scope, const ResultQuery& query, const Measure& measure);

}  // namespace pilar::app
