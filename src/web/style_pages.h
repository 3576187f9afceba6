#pragma once
#include <span>

#include "web/route.h"

namespace pilar::web {

std::span<const Route> style_routes();

}  // namespace pilar::web
