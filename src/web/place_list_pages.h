#pragma once
#include <span>

#include "web/route.h"

namespace pilar::web {
/// The organisation as two trees, one level at a time, and its places as a file.
std::span<const Route> place_list_routes();
}  // namespace pilar::web
