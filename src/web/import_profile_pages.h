#pragma once
#include <span>

#include "web/route.h"

namespace pilar::web {

/// Profiles of imports: kept, renamed, removed, taken along as YAML.
std::span<const Route> import_profile_routes();

}  // namespace pilar::web
