#pragma once
#include <span>

#include "web/route.h"

namespace pilar::web {
/// Lists of records, for people who may see them.
std::span<const Route> record_routes();
/// What is done to several of them at once.
std::span<const Route> record_many_routes();
}  // namespace pilar::web
