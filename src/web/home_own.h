#pragma once
#include <vector>

#include "web/components.h"
#include "web/route.h"

namespace pilar::web {

/// What the reader has begun and not brought to its end: refused rows of imports, drafts, work that ended. Each row leads to its cure.
std::vector<Todo> own_todos(const Visit& visit);

}  // namespace pilar::web
