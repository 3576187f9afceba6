#pragma once
#include <span>

#include "web/route.h"

namespace pilar::web {
/// One's own account: sessions and password.
std::span<const Route> own_account_routes();
}  // namespace pilar::web
