#pragma once
#include <span>

#include "web/route.h"

namespace pilar::web {

/// Keutuhan data: the signs at a facility, and how many there are at each facility of an office.
std::span<const Route> integrity_routes();

}  // namespace pilar::web
