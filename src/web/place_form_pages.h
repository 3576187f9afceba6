#pragma once
#include <span>

#include "web/route.h"

namespace pilar::web {
/// Adding a place, and changing what is known of one.
std::span<const Route> place_form_routes();
}  // namespace pilar::web
