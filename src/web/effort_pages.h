#pragma once
#include <span>
#include <string>

#include "web/route.h"

namespace pilar::web {

/// The nineteen points of quality improvement (P1, P2, P3) with what was written about each and what the data show.
std::span<const Route> effort_routes();
std::string effort_href(const Node& facility);

}  // namespace pilar::web
