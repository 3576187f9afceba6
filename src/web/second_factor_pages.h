#pragma once
#include <span>

#include "web/html.h"
#include "web/route.h"

namespace pilar::web {
/// The second factor of one's own account: an authenticator and printed codes.
std::span<const Route> second_factor_routes();
/// Asks for a code of the authenticator, or one of the printed ones where the hint says so.
void draw_code_field(html::Out& o, const Visit& visit, Message hint, const Problems& problems);
}  // namespace pilar::web
