#pragma once
#include <set>
#include <span>

#include "app/context.h"

namespace pilar::app {

/// The instruments of which these facilities, ascending, have records in the months [from, to). A fixed number of statements, and one
/// more a month that is not folded.
std::set<InstrumentKey> answered_instruments(Context& context, const Reference& reference, std::span<const FacilityKey> facilities,
                                             Month from, Month to);

}  // namespace pilar::app
