#pragma once
#include "app/context.h"
#include "base/id.h"

namespace pilar::app::demo {

/// How many months ago a second person validated the demonstration's laboratory indicator, and up to which month its facility is locked.
inline constexpr int kValidatedMonth = 2, kLockedMonth = 13;

/// A facility of the demonstration has one validated month, with some answers on which both differ, and locks the months before the last
/// ones.
void add_validation(Context& context, FacilityKey facility);

}  // namespace pilar::app::demo
