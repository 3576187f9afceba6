#pragma once
#include <span>

#include "web/route.h"

namespace pilar::web {

/// One indicator and month, facility by facility below an office.
std::span<const Route> indicator_table_routes();

}  // namespace pilar::web
