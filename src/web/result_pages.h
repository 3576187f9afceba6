#pragma once
#include <span>

#include "web/route.h"

namespace pilar::web {
/// Results of an instrument: the page, why a figure is what it is, and the same as a table.
std::span<const Route> result_routes();
}  // namespace pilar::web
