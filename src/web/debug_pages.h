#pragma once
#include <span>

#include "web/route.h"

namespace pilar::web {
/// How the server itself is doing, for administrators.
std::span<const Route> debug_routes();
}  // namespace pilar::web
