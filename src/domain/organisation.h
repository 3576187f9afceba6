#pragma once
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/id.h"
#include "base/time.h"

namespace pilar {

enum class NodeKind : std::uint8_t { Payer, Region, Branch, Province, District, Facility };

/// A node of the organisation tree. Facilities own records; the nodes above them own offices and findings of their own.
struct Node {
  FacilityKey key;
  std::optional<FacilityKey> parent;
  NodeKind kind = NodeKind::Facility;
  std::string code, name;
  std::string facility_type{};  ///< puskesmas, klinik, praktik_mandiri, rs; empty above facilities
  Zone zone = Zone::Wib;
  Day valid_from{};
  std::optional<Day> valid_to{};  ///< first day on which it is no more
};

struct Unit {
  FacilityKey facility;
  UnitKey key;  ///< from 1
  std::string code, name;
  Day valid_from{};
  std::optional<Day> valid_to{};
};

/// The whole tree in memory: immutable, shared between threads.
class Organisation {
 public:
  Organisation() = default;
  Organisation(std::vector<Node> nodes, std::vector<Unit> units);

  const std::vector<Node>& nodes() const { return nodes_; }
  const Node* find(FacilityKey key) const;
  const Node* find(std::string_view code) const;
  const std::vector<Unit>& units(FacilityKey facility) const;
  const Unit* find_unit(FacilityKey facility, UnitKey key) const;
  const Unit* find_unit(FacilityKey facility, std::string_view code) const;
  std::vector<const Node*> children(FacilityKey key) const;
  /// The node itself when it is a facility, and every facility below it that exists on that day; in key order. The node asked
  /// for always counts, so that a place can look at what came before it.
  std::vector<FacilityKey> facilities_under(FacilityKey key, Day on) const;
  /// Whether `below` is `above` or stands under it.
  bool is_under(FacilityKey below, FacilityKey above) const;
  /// Root first, the node itself last.
  std::vector<const Node*> path_to(FacilityKey key) const;

 private:
  std::vector<Node> nodes_;
  std::map<FacilityKey, std::size_t> by_key_;
  std::map<std::string, std::size_t, std::less<>> by_code_;
  std::map<FacilityKey, std::vector<std::size_t>> children_;
  std::map<FacilityKey, std::vector<Unit>> units_;
};

std::string_view name(NodeKind kind);
std::optional<NodeKind> parse_node_kind(std::string_view text);

}  // namespace pilar
