#pragma once
#include <span>
#include <string>

#include "web/html.h"
#include "web/route.h"

namespace pilar::web {
/// Forms that wait on a device, and what a browser needs to send them.
std::span<const Route> offline_routes();

/// Gets a form ready for use without a network, and the page at `tally` with it where there is one. Hidden where there is no script.
void draw_keep_button(html::Out& o, Lang lang, const std::string& href, const std::string& tally);
}  // namespace pilar::web
