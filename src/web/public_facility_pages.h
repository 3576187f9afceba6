#pragma once
#include <span>

#include "web/route.h"

namespace pilar::web {

/// What everybody may read about a facility, at /f/CODE.
std::span<const Route> public_facility_routes();

}  // namespace pilar::web
