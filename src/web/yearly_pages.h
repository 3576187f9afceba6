#pragma once
#include <span>

#include "web/route.h"

namespace pilar::web {

/// The yearly targets (sasaran) of a facility with the coverages over them, or which facilities below an office lack some.
std::span<const Route> yearly_routes();
/// Filling them in, and copying last year's.
std::span<const Route> yearly_form_routes();

}  // namespace pilar::web
