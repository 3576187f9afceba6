#pragma once
#include <span>

#include "web/route.h"

namespace pilar::web {
/// One person: name, roles, invitation, and what may be changed about them.
std::span<const Route> person_routes();
}  // namespace pilar::web
