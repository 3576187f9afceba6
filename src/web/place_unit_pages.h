#pragma once
#include <span>

#include "web/forms.h"
#include "web/route.h"

namespace pilar::web {
/// Units and network of a facility: adding, renaming, ordering, closing, reopening, removing.
std::span<const Route> place_unit_routes();
/// The card of the facility's page: its units in their order and, for who may, the form for another one. `problems` are of that form.
void draw_place_units(html::Out& o, const Visit& visit, const Node& facility, bool manages, const Problems& problems);
}  // namespace pilar::web
