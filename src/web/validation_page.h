#pragma once
#include <string>

#include "app/validation.h"
#include "web/route.h"

namespace pilar::web {

/// One validation: its sample while it is filled in, its result and what differs once it is closed.
std::string draw_validation(const Visit& visit, const app::ValidationView& view);

}  // namespace pilar::web
