#pragma once
#include <span>
#include <string_view>

#include "app/context.h"
#include "base/id.h"

namespace pilar::app::demo {

/// The charts of the facility that has really improved (kBetterSince) say what was found, done and laid down when.
inline constexpr std::string_view kMarkedCharts[] = {"kessan/rating", "kebersihan-tangan/kepatuhan"};
void add_marks(Context& context, FacilityKey facility);

/// What DHIS2 calls the places: made up, as the words say. The last facility has no code, as somewhere one is always missing.
void add_dhis2_codes(Context& context, std::span<const FacilityKey> facilities);

}  // namespace pilar::app::demo
