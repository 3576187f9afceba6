#pragma once
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "app/context.h"
#include "domain/access.h"
#include "domain/place.h"

/// Finding places, for pages that never show all of them at once.
namespace pilar::app {

enum class PlaceState : std::uint8_t { Open, Closed, All };
enum class PlaceOrder : std::uint8_t { Name, Code };

struct PlaceQuery {
  Tree tree = Tree::Payer;
  std::optional<FacilityKey> at{};      ///< the level: what hangs on this place; empty: the top
  std::string words{};                  ///< part of the name or code, or the whole code of another system
  std::string facility_type{};          ///< FacilityType::key
  std::optional<FacilityKey> other{};   ///< only facilities that hang on this office of the other tree
  PlaceState state = PlaceState::Open;  ///< today
  PlaceOrder order = PlaceOrder::Name;
  bool flat = false;                    ///< everything below the level, as with words or a type, instead of one level
  std::size_t offset = 0, limit = 50;

  bool is_flat() const { return flat || !words.empty() || !facility_type.empty() || other || state == PlaceState::Closed; }
};

struct PlaceRow {
  const Node* node = nullptr;
  std::size_t facilities = 0;  ///< open ones at it or below it that the scope may see
  bool mine = false;           ///< the scope may see the place itself, not only what hangs on it
};

/// One level of a tree, or what a search found below it.
struct PlaceList {
  std::shared_ptr<const Reference> reference{};  ///< keeps what the pointers point to
  std::vector<const Node*> path{};               ///< from the top down to the level
  std::vector<PlaceRow> rows{};                  ///< offices first, facilities after them
  std::size_t all = 0;                           ///< rows without offset and limit
  std::size_t facilities = 0;                    ///< open ones at the level and below
  std::vector<const Node*> others{};  ///< offices of the other tree on which they hang, by name; none where there are over kMostOthers
  static constexpr std::size_t kMostOthers = 100;
};
/// Costs one walk over what the scope may see, however little of it is shown. Problem: no such level, or nothing there to see.
Result<PlaceList> list_places(Context& context, const Scope& scope, const PlaceQuery& query);

/// Every place the scope has the right over, closed ones too, by key.
std::vector<const Node*> places_with(const Scope& scope, Right right, const Organisation& organisation);
/// The place and everything that hangs below it by either tree today, or went into something there; by key.
std::vector<const Node*> places_below(const Organisation& organisation, FacilityKey place);

/// The place that a text names: by its code, or by a whole name that only one place has; else null, and `near` offers a few
/// that hold the text.
struct NamedPlace {
  const Node* node = nullptr;
  std::vector<const Node*> near{};
};
NamedPlace find_named_place(const Organisation& organisation, std::string_view text, const std::function<bool(const Node&)>& may_be);

}  // namespace pilar::app
