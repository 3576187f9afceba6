#pragma once
#include <span>

#include "web/route.h"

namespace pilar::web {
/// What machines ask a server about itself: alive, ready, figures.
std::span<const Route> health_routes();
}  // namespace pilar::web
