#pragma once
#include <span>

#include "web/route.h"

namespace pilar::web {
/// The installed instruments, to be read.
std::span<const Route> instrument_routes();
}  // namespace pilar::web
