#pragma once
#include <set>
#include <vector>

#include "app/context.h"

namespace pilar::app {

/// The instruments of which a place, with these facilities below it (ascending; one where it is a facility), has records in the months
/// [from, to). A fixed number of statements, and one more a month that is not folded.
std::set<InstrumentKey> answered_instruments(Context& context, const Reference& reference, const Node& place,
                                             const std::vector<FacilityKey>& facilities, Month from, Month to);

}  // namespace pilar::app
