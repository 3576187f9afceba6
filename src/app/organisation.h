#pragma once
#include <string>
#include <vector>

#include "app/account.h"
#include "app/context.h"
#include "domain/organisation.h"

namespace pilar::app {

/// A node with units on its way into the tree. A code is made from the name where it is empty.
struct NewPlace {
  std::optional<FacilityKey> parent{};
  NodeKind kind = NodeKind::Facility;
  std::string code{}, name{}, facility_type{};
  Zone zone = Zone::Wib;
  Day valid_from{};
  std::vector<std::string> units{};  ///< names; only for facilities
  bool needs_units = false;          ///< refuse a place without any
  std::optional<FacilityKey> supervisor{};
};

/// Adds a node, in one transaction with its units; a facility also gets a survey link per public instrument, for the whole of
/// it and for each unit. `scope` manages places there.
Result<FacilityKey> add_place(Context& context, const Scope& scope, const NewPlace& place);

/// Adds many nodes in one transaction; their parents are there already.
Result<std::vector<FacilityKey>> add_places(Context& context, const Scope& scope, const std::vector<NewPlace>& places);

/// A code people can read and type: lower case letters, digits and hyphens.
std::string code_of(std::string_view name);

struct FirstRun {
  std::string facility, facility_type = "puskesmas";
  Zone zone = Zone::Wib;
  std::vector<std::string> units;
  NewAccount administrator;  ///< its organisation is the new facility
};
/// Makes the first facility and its administrator; refused once there is any account.
Result<void> run_first_time(Context& context, const FirstRun& wanted);

}  // namespace pilar::app
