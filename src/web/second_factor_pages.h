#pragma once
#include <span>

#include "web/route.h"

namespace pilar::web {
/// The second factor of one's own account: an authenticator and printed codes.
std::span<const Route> second_factor_routes();
}  // namespace pilar::web
