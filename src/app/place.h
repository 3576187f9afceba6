#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "app/context.h"
#include "domain/access.h"
#include "domain/place.h"

/// Changes of places that exist. Each is one transaction, needs Right::ManagePlaces over the place before and after, and leaves a
/// line in the place's audit trail. A change names the version it was made from; where somebody was faster it is refused with
/// Problem::Kind::Conflict, and nothing is lost.
namespace pilar::app {

/// The place as the person saw it.
struct SeenPlace {
  FacilityKey key;
  std::int32_t version = 1;
};

/// The tree as it would be with these nodes, without units and moves.
Organisation with_nodes(const Organisation& now, const std::vector<Node>& changed);
/// Whether the mover's right reaches the node before, after, and where it goes. `next` has no circle.
Problems check_reach(const Scope& scope, const Organisation& now, const Organisation& next, const Node& after);
/// Everything wrong with a node as it would be in `next`: the rules of check_node, then check_reach.
Problems check_change(const Scope& scope, const Organisation& now, const Organisation& next, const Node& after);
/// Codes of other systems that another place has already.
Problems check_codes(store::Tx& tx, FacilityKey place, const PlaceFacts& facts);

struct PlaceView {
  PlaceFacts facts;
  std::int64_t open_links = 0;
};
/// What the node itself does not say. Problem: unknown, or no right to see results there.
Result<PlaceView> read_place(Context& context, const Scope& scope, FacilityKey place);

/// Code, name, type, zone, first day and facts.
struct PlaceText {
  std::string code, name, facility_type;
  Zone zone = Zone::Wib;
  Day valid_from{};
  PlaceFacts facts{};
};
Result<void> change_place(Context& context, const Scope& scope, const SeenPlace& seen, const PlaceText& text);

/// Where a place hangs from a day on. Sums of periods that ended before keep the old tree. A day up to the first one of the place
/// corrects a mistake: it never stood elsewhere.
struct Standing {
  std::optional<FacilityKey> parent, supervisor;
  Day from;
};
Result<void> move_place(Context& context, const Scope& scope, const SeenPlace& seen, const Standing& to);

/// The place is no more from a day on. With a successor it goes into that one: sums that end after the day count both together.
struct Closing {
  Day from;
  std::optional<FacilityKey> successor{};
  bool closes_links = false;  ///< refused with words when survey links are open and this is not said
};
Result<void> close_place(Context& context, const Scope& scope, const SeenPlace& seen, const Closing& closing);
/// Undoes a closing or a merger; survey links stay closed.
Result<void> reopen_place(Context& context, const Scope& scope, const SeenPlace& seen);

/// Adds the unit where its key is 0, at the end, with its survey links; changes its code, name and kind otherwise. An empty code
/// is made from the name.
Result<UnitKey> save_unit(Context& context, const Scope& scope, const SeenPlace& seen, const Unit& unit);
/// Closes the unit from today with its survey links, or opens it again.
Result<void> open_unit(Context& context, const Scope& scope, const SeenPlace& seen, UnitKey unit, bool open);
/// Only one that nothing names: others are closed instead.
Result<void> remove_unit(Context& context, const Scope& scope, const SeenPlace& seen, UnitKey unit);
/// One step towards the front or the back of the list.
enum class Step : std::uint8_t { Up, Down };
Result<void> shift_unit(Context& context, const Scope& scope, const SeenPlace& seen, UnitKey unit, Step step);

}  // namespace pilar::app
