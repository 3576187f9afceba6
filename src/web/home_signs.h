#pragma once
#include <vector>

#include "app/today.h"
#include "web/components.h"
#include "web/route.h"

namespace pilar::web {

/// Signs of the last month that were found in the facility's data and nobody has looked into (app/integrity.h); of an office, at how many
/// of its facilities.
std::vector<Todo> sign_todos(const Visit& visit, const app::Today& today);

}  // namespace pilar::web
