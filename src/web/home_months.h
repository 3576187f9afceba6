#pragma once
#include <vector>

#include "app/today.h"
#include "web/components.h"
#include "web/route.h"

namespace pilar::web {

/// Monthly indicator reports that wait for the reader: complete but not sent, returned, or to be accepted; and those that were sent by
/// themselves, or should have been.
std::vector<Todo> month_todos(const Visit& visit, const app::Today& today);

}  // namespace pilar::web
