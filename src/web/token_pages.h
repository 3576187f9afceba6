#pragma once
#include <span>

#include "web/route.h"

namespace pilar::web {
/// Tokens with which programs send evidence.
std::span<const Route> token_routes();
}  // namespace pilar::web
