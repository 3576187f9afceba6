#pragma once
#include <span>
#include <vector>

#include "app/context.h"
#include "store/office_cell.h"

namespace pilar::app {

/// Facilities whose month cells are kept with other offices than those they stand under today, each with where they belong, by
/// facility. All of them in a new store; none where nobody moved.
std::vector<store::Placing> misplaced_facilities(Context& context);

/// Moves the month cells of these facilities, which must ascend, to their offices, in one transaction.
void place_facilities(Context& context, std::span<const store::Placing> placings);

}  // namespace pilar::app
