#pragma once
#include <span>

#include "web/route.h"

namespace pilar::web {
/// The calculators: their list, and a page for each method.
std::span<const Route> calc_routes();
}  // namespace pilar::web
