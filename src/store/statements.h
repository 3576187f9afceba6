#pragma once
#include <vector>

#include "store/db.h"

namespace pilar::store {

/// Every statement of the program, so that a test can prepare them all on both engines and /debug can list them.
std::vector<const Sql*> all_statements();

}  // namespace pilar::store
