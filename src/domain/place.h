#pragma once
#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "domain/organisation.h"

/// What places may be: the kinds, the types, and the rules that hold for each node and unit.
namespace pilar {

/// First-level facilities are paid by capitation, referral facilities by case.
enum class Level : std::uint8_t { Fktp, Fkrtl };

/// A type of facility. Source of the two lists: Permenkes 71/2013, pasal 2 (general knowledge, to be confirmed).
struct FacilityType {
  std::string_view key;  ///< "puskesmas"
  Message title;
  Level level;
};
std::span<const FacilityType> facility_types();
/// Null when there is no such type.
const FacilityType* find_facility_type(std::string_view key);

/// What a facility can do beyond consultation, as data: "rawat_inap".
struct Capability {
  std::string_view key;
  Message title;
};
std::span<const Capability> capabilities();

/// Another system in which a place has a code: "bpjs".
struct CodeSystem {
  std::string_view key;
  Message title;
};
std::span<const CodeSystem> code_systems();

/// A village that a facility serves; the code is the Ministry of Home Affairs' ("35.07.08.2001"), empty where it is not known.
struct Village {
  std::string name, code;
  auto operator<=>(const Village&) const = default;
};
/// "Sukamaju (35.07.08.2001)", "Sukamaju".
std::string text(const Village& village);
/// Empty where there is no name.
std::optional<Village> parse_village(std::string_view text);

/// What is known of a place beside its node. In order and without repetition, so that equal facts compare equal.
struct PlaceFacts {
  std::map<std::string, std::string, std::less<>> codes{};  ///< by CodeSystem::key; at most one a system
  std::vector<std::string> capabilities{};                  ///< Capability::key
  std::vector<Village> villages{};
  bool operator==(const PlaceFacts&) const = default;
};
/// Sorted, without repetition and empty codes.
PlaceFacts tidy(PlaceFacts facts);

std::span<const NodeKind> node_kinds();
std::span<const UnitKind> unit_kinds();
Message title(NodeKind kind);
Message title(UnitKind kind);
Message title(Level level);

inline constexpr std::size_t kLongestPlaceName = 200, kLongestPlaceCode = 60;

/// Letters, digits, dots, hyphens and underscores, up to kLongestPlaceCode: codes of other systems can be kept as they are.
bool is_place_code(std::string_view code);
/// The two trees: the payer's offices and the government's. Facilities stand in both.
enum class Tree : std::uint8_t { Payer, Government };
bool stands_in(NodeKind kind, Tree tree);
/// What the node hangs on in the tree; null at its top.
const Node* above(const Organisation& organisation, const Node& node, Tree tree);
/// The offices above the node in the tree, the highest first, and the node itself.
std::vector<const Node*> path_in(const Organisation& organisation, const Node& node, Tree tree);

/// Whether a node of kind `below` may hang on one of kind `above`.
bool may_hang_on(NodeKind below, NodeKind above);

/// What is wrong with a node of `next`, which holds it together with everything that changes at the same time. Fields: "code",
/// "name", "type", "parent", "supervisor", "valid_to", "successor".
Problems check_node(const Organisation& next, const Node& node);
/// What is wrong with a unit; its code must be free among the others of `next`. Fields: "parent", "code", "name", "valid_to".
Problems check_unit(const Organisation& next, const Unit& unit);

/// What is wrong with facts, short of a code that another place has. Fields: "code_bpjs" and the like, "capabilities", "villages".
Problems check_facts(const PlaceFacts& facts);

}  // namespace pilar
