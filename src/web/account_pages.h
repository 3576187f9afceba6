#pragma once
#include <span>

#include "web/route.h"

namespace pilar::web {
/// Signing in and out, and the first administrator of an empty installation.
std::span<const Route> account_routes();
}  // namespace pilar::web
