#pragma once
#include <span>

#include "web/route.h"

namespace pilar::web {

/// The facilities below an office against each other, by any indicator that is a share of cases.
std::span<const Route> funnel_routes();

}  // namespace pilar::web
