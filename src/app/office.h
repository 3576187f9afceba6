#pragma once
#include <cstddef>
#include <span>
#include <vector>

#include "app/context.h"
#include "store/office_cell.h"

namespace pilar::app {

/// Facilities whose month cells are kept with other offices than those they stand under today, each with where they belong, by
/// facility. All of them in a new store; none where nobody moved.
std::vector<store::Placing> misplaced_facilities(Context& context);

/// Facilities that move in one transaction, beside which others write.
inline constexpr std::size_t kPlacedAtOnce = 50;
/// Moves the month cells of these facilities, which must ascend, to their offices, in one transaction.
void place_facilities(Context& context, std::span<const store::Placing> placings);

/// Makes the month cells of all offices again from those of their facilities; returns how many months had differed.
std::size_t rebuild_offices(Context& context);

}  // namespace pilar::app
