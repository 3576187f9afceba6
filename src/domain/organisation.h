#pragma once
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/id.h"
#include "base/time.h"

namespace pilar {

enum class NodeKind : std::uint8_t { Payer, Region, Branch, Province, District, Facility };

/// A node of the organisation. Facilities own records; the nodes above them own offices and findings of their own.
/// The payer's tree is payer, region, branch; the government's is province, district. A facility hangs on one of them by
/// `parent` and, below a branch, on the other by `supervisor` (docs/decisions/0006-two-trees.md).
struct Node {
  FacilityKey key;
  std::optional<FacilityKey> parent;
  NodeKind kind = NodeKind::Facility;
  std::string code, name;
  std::string facility_type{};  ///< a key of facility_types() (domain/place.h); empty above facilities
  Zone zone = Zone::Wib;
  Day valid_from{};
  std::optional<Day> valid_to{};            ///< first day on which it is no more
  std::optional<FacilityKey> supervisor{};  ///< of a facility: the district or province office that looks after it
  std::optional<FacilityKey> successor{};   ///< the facility into which this one went on `valid_to`
  std::int32_t version = 1;                 ///< counts changes of the node and its units

  bool exists_on(Day day) const { return valid_from <= day && (!valid_to || day < *valid_to); }
  friend bool operator==(const Node&, const Node&) = default;
};

/// A service of a facility, or a part of its network.
enum class UnitKind : std::uint8_t { Service, Cluster, Pustu, Posyandu };

struct Unit {
  FacilityKey facility;
  UnitKey key;  ///< from 1
  std::string code, name;
  Day valid_from{};
  std::optional<Day> valid_to{};
  UnitKind kind = UnitKind::Service;
  std::int32_t position = 0;  ///< order on pages; equal ones by key

  bool exists_on(Day day) const { return valid_from <= day && (!valid_to || day < *valid_to); }
  friend bool operator==(const Unit&, const Unit&) = default;
};

/// Where a node stood before it moved: on days before `until`, back to its earlier move.
struct Move {
  FacilityKey node;
  Day until;
  std::optional<FacilityKey> parent, supervisor;
};

/// Stands above every root: the place of whoever runs the program on its own machine. No row has it.
inline constexpr FacilityKey kEverywhere{0};

/// The whole of it in memory: immutable, shared between threads. Looking something up costs O(log n), climbing O(depth),
/// descending what is found.
class Organisation {
 public:
  Organisation() = default;
  Organisation(std::vector<Node> nodes, std::vector<Unit> units, std::vector<Move> moves = {});

  /// In key order.
  const std::vector<Node>& nodes() const { return nodes_; }
  std::span<const Unit> units() const { return units_; }
  const Node* find(FacilityKey key) const;
  const Node* find(std::string_view code) const;
  /// Whether a node other than this one has the code.
  bool is_code_taken(std::string_view code, FacilityKey by_another_than) const;
  /// In their order on pages; closed ones too.
  std::span<const Unit> units(FacilityKey facility) const;
  const Unit* find_unit(FacilityKey facility, UnitKey key) const;
  const Unit* find_unit(FacilityKey facility, std::string_view code) const;
  /// Everything that hangs on the node today by either tree, closed places too; in key order.
  std::vector<const Node*> children(FacilityKey key) const;
  /// What existed and hung on the node on that day.
  std::vector<const Node*> children(FacilityKey key, Day on) const;
  /// The node itself when it is a facility, every facility that was below it on that day, and those that had gone into one of
  /// them by then; in key order. The node asked for always counts, so that a place can look at what came before it.
  std::vector<FacilityKey> facilities_under(FacilityKey key, Day on) const;
  /// Whether `below` is `above` or stands under it today, by either tree or because it went into something there; everything
  /// stands under kEverywhere.
  bool is_under(FacilityKey below, FacilityKey above) const;
  /// Root first, the node itself last, by parents.
  std::vector<const Node*> path_to(FacilityKey key) const;
  /// From `from` down to the node, by the tree in which it stands below it; empty when it does not.
  std::vector<const Node*> path_to(FacilityKey key, FacilityKey from) const;
  /// The facilities that went into this one.
  std::vector<const Node*> predecessors(FacilityKey key) const;
  /// Where the node stood before, oldest first.
  std::span<const Move> moves(FacilityKey key) const;
  /// The day of the node's last move; empty when it never moved.
  std::optional<Day> moved_on(FacilityKey key) const;

 private:
  struct Edge {
    FacilityKey above;
    std::size_t below;  ///< index in nodes_
    auto operator<=>(const Edge&) const = default;
  };
  struct Place {
    std::optional<FacilityKey> parent, supervisor;
  };
  Place place_of(const Node& node, Day on) const;
  bool hung_on(const Node& node, FacilityKey above, Day on) const;
  static std::span<const Edge> edges_from(const std::vector<Edge>& edges, FacilityKey above);
  /// What hangs on the node or once did, without searching.
  std::span<const Edge> edges_below(const Node& node) const;
  /// Appends the way from `above` down to `node` and says whether there is one.
  bool climb(const Node& node, FacilityKey above, std::vector<const Node*>& way) const;

  std::vector<Node> nodes_;
  std::vector<std::size_t> by_code_;
  std::vector<Unit> units_;  ///< by facility, then in their order
  std::vector<Move> moves_;  ///< by node and day
  std::vector<Edge> hangs_;  ///< today's and every earlier one
  std::vector<std::size_t> hangs_from_;  ///< where those of each node begin
  std::vector<Edge> went_;   ///< mergers, by successor
};

std::string_view name(NodeKind kind);
std::optional<NodeKind> parse_node_kind(std::string_view text);
/// "layanan", "klaster", "pustu", "posyandu".
std::string_view name(UnitKind kind);
std::optional<UnitKind> parse_unit_kind(std::string_view text);

}  // namespace pilar
