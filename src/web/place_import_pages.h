#pragma once
#include <span>

#include "web/route.h"

namespace pilar::web {
/// Places as a file: out, in, and what a file would do before it does.
std::span<const Route> place_import_routes();
}  // namespace pilar::web
