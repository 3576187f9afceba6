#pragma once
#include <span>
#include <string_view>

#include "web/route.h"

namespace pilar::web {

inline constexpr std::string_view kTrustPath = "/percaya";

/// How a phone or computer learns to trust this clinic's own certificate authority.
std::span<const Route> trust_routes();

}  // namespace pilar::web
