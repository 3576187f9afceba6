#pragma once
#include "web/route.h"

namespace pilar::web {

std::span<const Route> facility_table_routes();

}  // namespace pilar::web
