#pragma once
#include <span>

#include "web/route.h"

namespace pilar::web {
/// The start page of a person who signed in, and where "/" leads.
std::span<const Route> home_routes();
}  // namespace pilar::web
