#pragma once
#include <string_view>
#include <vector>

#include "app/record.h"

/// Who may enter records by hand, and where.
namespace pilar::app {

/// Where at a facility somebody may enter records today.
struct EntryUnits {
  bool whole = false;  ///< for the facility as a whole
  std::vector<const Unit*> units{};
  bool empty() const { return !whole && units.empty(); }
  /// Whether this unit (0: the whole facility) is among them.
  bool has(UnitKey unit) const;
};
EntryUnits units_to_fill(const Organisation& organisation, const Scope& scope, const Node& facility, Day today,
                         Right right = Right::WriteRecords);

/// Facilities open today at which the scope may write records, whose name or code holds the words in any case: those that begin
/// with them first, at most `limit`.
std::vector<const Node*> facilities_to_fill(const Organisation& organisation, const Scope& scope, std::string_view words, Day today,
                                            std::size_t limit);

/// What a person typed for a record on its way, still to be judged.
struct EntryForm {
  Uuid id;
  FacilityKey facility;
  UnitKey unit;
  VersionKey version;
  Instant at;
  RawAnswers typed;
};
/// Judges answers, time and unit; everything wrong at once. The problems' fields are item keys, "at" and "unit".
Result<NewRecord> check_entry(const Context& context, const Scope& scope, const EntryForm& form, Right right = Right::WriteRecords);

}  // namespace pilar::app
