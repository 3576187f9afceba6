#pragma once
#include <span>

#include "web/route.h"

namespace pilar::web {
/// All about one place.
std::span<const Route> place_page_routes();
/// The page with what was wrong with a form of it.
http::Reply place_page(const Visit& visit, const Node& node, int status, const Problems& problems);
}  // namespace pilar::web
