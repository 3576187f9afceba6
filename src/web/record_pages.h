#pragma once
#include <span>

#include "web/route.h"

namespace pilar::web {
/// The records behind a number.
std::span<const Route> record_routes();
}  // namespace pilar::web
