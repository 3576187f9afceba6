#pragma once
#include <span>

#include "web/route.h"

namespace pilar::web {
/// Moving a place, closing or merging it, opening it again.
std::span<const Route> place_move_routes();
}  // namespace pilar::web
