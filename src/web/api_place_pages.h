#pragma once
#include <span>

#include "web/route.h"

namespace pilar::web {

std::span<const Route> api_place_routes();

}  // namespace pilar::web
