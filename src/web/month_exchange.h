#pragma once
#include <span>

#include "web/html.h"
#include "web/route.h"

namespace pilar::web {

/// A month's indicators as files for other systems.
std::span<const Route> month_exchange_routes();
/// The card that offers them, with what each is for.
void draw_month_exchange(html::Out& o, Lang lang, const Node& place, Month month);

}  // namespace pilar::web
