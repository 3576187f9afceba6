#pragma once
#include <span>

#include "web/route.h"

namespace pilar::web {

/// The user's guide at /bantuan, and the search over everything at /cari.
std::span<const Route> help_routes();

}  // namespace pilar::web
