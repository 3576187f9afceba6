#pragma once
#include <set>
#include <string>

#include "app/context.h"

namespace pilar::cli {

/// Makes the unknown facilities below the named place, which is itself made as a region when it is not there.
Result<void> create_places(app::Context& context, const std::string& wanted, const std::set<std::string>& codes);

}  // namespace pilar::cli
