#pragma once
#include <span>
#include <unordered_map>
#include <vector>

#include "domain/organisation.h"
#include "store/office_cell.h"

namespace pilar::app {

/// What hangs below an office on a day, as a result compares it: each facility counts at one child only.
struct Children {
  store::Office whole;                                    ///< the office with every facility that counts
  std::vector<store::Office> offices{};                   ///< children that are offices
  std::vector<FacilityKey> facilities{};                  ///< what counts at children that are facilities, ascending
  std::unordered_map<FacilityKey, FacilityKey> child_of{};  ///< facility -> child
};

/// `visible`: the facilities below the office on that day, ascending. Of a facility, nothing.
Children children_of(const Organisation& organisation, const Node& office, std::span<const FacilityKey> visible, Day on);

}  // namespace pilar::app
