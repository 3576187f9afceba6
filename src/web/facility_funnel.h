#pragma once
#include <optional>
#include <string>

#include "app/facility_table.h"
#include "web/charts.h"

namespace pilar::web {

/// The facilities of a table against each other: share of ratings 4 and 5 by number of answers, with exact limits around the share of
/// all. Empty where no measure is a rating or a share of single answers, fewer than three facilities have
/// answers, or more than 500 would hide each other.
std::optional<FunnelChart> funnel_of(Lang lang, const app::FacilityTable& table);
/// Names of those below the 99.8% limit, "A, B and 2 others"; empty where there are none.
std::string below_limits(Lang lang, const app::FacilityTable& table);

}  // namespace pilar::web
