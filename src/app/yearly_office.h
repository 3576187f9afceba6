#pragma once
#include <memory>
#include <string>
#include <vector>

#include "app/context.h"
#include "app/reference.h"
#include "domain/access.h"

namespace pilar::app {

/// One sasaran that a facility needs and does not have, at one of its units.
struct MissingYearly {
  const InstalledVersion* version = nullptr;
  const Item* item = nullptr;
  const Unit* unit = nullptr;  ///< null: the whole facility
};
struct YearlyFacility {
  const Node* node = nullptr;
  std::size_t needed = 0;
  std::vector<MissingYearly> missing{};
};

/// Which sasaran of a year the facilities below an office lack.
struct YearlyOffice {
  std::shared_ptr<const Reference> reference{};  ///< keeps what the pointers point to
  const Node* node = nullptr;
  int year = 1970, running_year = 1970;
  Instant as_of{};
  std::vector<YearlyFacility> rows{};  ///< by name; those that need none too
};

/// A facility needs what an indicator in use is computed over, what it had a number for in that year or the year before, and what it
/// reported something towards in the last two months of that year so far. Indicators that a facility keeps for itself are not looked
/// through. A bounded number of statements, however many facilities there are. Problems: an unknown place, no right to see results
/// there, a year that is not offered.
Result<YearlyOffice> read_yearly_office(Context& context, const Scope& scope, FacilityKey place, int year);

}  // namespace pilar::app
