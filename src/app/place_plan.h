#pragma once
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "app/place_import.h"

namespace pilar::app {

/// What one line of a sheet comes to.
struct PlaceDraft {
  std::size_t line = 0;  ///< index in the sheet
  PlaceFate fate = PlaceFate::Same;
  Node before{}, node{};  ///< of a new place only `node` says something
  PlaceFacts had{}, facts{};
  std::vector<NamedUnit> units{};  ///< to be added
  std::optional<Day> moved_from{};
  Problems problems{};  ///< Problem::field: the column
};

/// The lines of a sheet against the organisation as it is. New places get keys from `first` on.
struct PlacePlan {
  std::vector<PlaceDraft> drafts{};  ///< in the order of the lines
  std::vector<std::pair<std::string, std::string>> ignored{};
};
struct PlanGround {
  const Scope& scope;
  const Organisation& places;
  const std::map<FacilityKey, PlaceFacts>& facts;
  FacilityKey first;
  Instant now;
};
PlacePlan plan_places(const PlanGround& ground, const PlaceSheet& sheet);

}  // namespace pilar::app
