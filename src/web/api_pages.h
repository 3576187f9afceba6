#pragma once
#include <span>

#include "web/route.h"

namespace pilar::web {
/// Records in, calculations, and whether the program is well.
std::span<const Route> api_routes();
}  // namespace pilar::web
