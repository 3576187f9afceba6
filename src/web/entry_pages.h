#pragma once
#include <span>

#include "web/route.h"

namespace pilar::web {
/// Where staff enter records by hand.
std::span<const Route> entry_routes();
std::span<const Route> draft_routes();
std::span<const Route> grid_routes();
std::span<const Route> tally_routes();
}  // namespace pilar::web
