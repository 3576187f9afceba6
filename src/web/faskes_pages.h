#pragma once
#include <span>

#include "web/route.h"

namespace pilar::web {

/// All about one facility on one page, at /faskes/CODE.
std::span<const Route> faskes_routes();

}  // namespace pilar::web
