#pragma once
#include <span>

#include "web/route.h"

namespace pilar::web {
/// The audit trail of a facility: read, filtered, exported.
std::span<const Route> audit_routes();
}  // namespace pilar::web
