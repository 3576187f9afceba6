#pragma once
#include "web/html.h"
#include "web/route.h"

namespace pilar::web {

/// How long people waited at each station of the facility in the month: the share within the limit, median, 90th percentile and n, each
/// leading to its own result. A station without records says that they are not collected.
void draw_waiting(html::Out& o, const Visit& visit, const Node& node, Month month);

}  // namespace pilar::web
