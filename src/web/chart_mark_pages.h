#pragma once
#include <span>

#include "web/route.h"

namespace pilar::web {

/// What is laid down on a control chart: its list with history, adding, changing, removing and putting back.
std::span<const Route> chart_mark_routes();

}  // namespace pilar::web
