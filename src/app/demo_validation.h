#pragma once
#include <cstddef>

#include "app/context.h"
#include "base/id.h"

namespace pilar::app::demo {

/// How many months ago a second person validated a facility's laboratory indicator, and up to which month another one is locked.
inline constexpr int kValidatedMonth = 2, kLockedMonth = 3;
/// Which of characters() the office locked.
inline constexpr std::size_t kLockedPlace = 4;

/// The facility has one validated month, with some answers on which both differ.
void add_validation(Context& context, FacilityKey facility);
/// The office above the facility has locked its months before the last ones.
void add_lock(Context& context, FacilityKey facility);

}  // namespace pilar::app::demo
