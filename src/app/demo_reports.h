#pragma once
#include <span>

#include "app/context.h"
#include "base/id.h"

namespace pilar::app::demo {

/// One month's indicator report that a facility never sent, this many months ago.
inline constexpr int kUnsentMonth = 5;

/// The facilities use the indicators they have registers for, and send a report of each month: the first facility has yet to send the
/// last one, the second never sent that of kUnsentMonth, the third had its last one returned; the others were accepted.
void add_indicator_reports(Context& context, std::span<const FacilityKey> facilities);

}  // namespace pilar::app::demo
