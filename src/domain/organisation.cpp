#include "domain/organisation.h"

#include <algorithm>
#include <array>
#include <numeric>
#include <tuple>

namespace pilar {
namespace {

constexpr std::array<std::pair<NodeKind, std::string_view>, 6> kKinds{{{NodeKind::Payer, "payer"},
                                                                       {NodeKind::Region, "region"},
                                                                       {NodeKind::Branch, "branch"},
                                                                       {NodeKind::Province, "province"},
                                                                       {NodeKind::District, "district"},
                                                                       {NodeKind::Facility, "facility"}}};
constexpr std::array<std::pair<UnitKind, std::string_view>, 4> kUnitKinds{
    {{UnitKind::Service, "layanan"}, {UnitKind::Cluster, "klaster"}, {UnitKind::Pustu, "pustu"}, {UnitKind::Posyandu, "posyandu"}}};

template <class Kind, std::size_t Size>
std::string_view name_in(const std::array<std::pair<Kind, std::string_view>, Size>& table, Kind kind) {
  return table.at(static_cast<std::size_t>(kind)).second;
}

template <class Kind, std::size_t Size>
std::optional<Kind> parse_in(const std::array<std::pair<Kind, std::string_view>, Size>& table, std::string_view text) {
  const auto row = std::ranges::find(table, text, &std::pair<Kind, std::string_view>::second);
  if (row == table.end()) return {};
  return row->first;
}

}  // namespace

Organisation::Organisation(std::vector<Node> nodes, std::vector<Unit> units, std::vector<Move> moves)
    : nodes_(std::move(nodes)),
      by_code_(nodes_.size()),
      units_(std::move(units)),
      moves_(std::move(moves)) {
  std::ranges::sort(nodes_, {}, &Node::key);
  std::iota(by_code_.begin(), by_code_.end(), std::size_t{0});
  std::ranges::sort(by_code_, {}, [&](std::size_t i) -> std::string_view { return nodes_[i].code; });
  std::ranges::sort(units_, {}, [](const Unit& unit) { return std::tuple(unit.facility, unit.position, unit.key); });
  std::ranges::sort(moves_, {}, [](const Move& move) { return std::pair(move.node, move.until); });
  const auto hang = [&](const std::optional<FacilityKey>& above, std::size_t below) {
    if (above) hangs_.push_back({*above, below});
  };
  for (std::size_t i = 0; i < nodes_.size(); ++i) {
    hang(nodes_[i].parent, i);
    hang(nodes_[i].supervisor, i);
    if (nodes_[i].successor) went_.push_back({*nodes_[i].successor, i});
  }
  for (const auto& move : moves_) {
    const auto* node = find(move.node);
    if (node == nullptr) continue;
    hang(move.parent, static_cast<std::size_t>(node - nodes_.data()));
    hang(move.supervisor, static_cast<std::size_t>(node - nodes_.data()));
  }
  std::ranges::sort(hangs_);
  const auto twice = std::ranges::unique(hangs_);
  hangs_.erase(twice.begin(), twice.end());
  std::ranges::sort(went_);
  hangs_from_.reserve(nodes_.size());
  std::size_t at = 0;
  for (const auto& node : nodes_) {
    while (at < hangs_.size() && hangs_[at].above < node.key) ++at;
    hangs_from_.push_back(at);
  }
}

const Node* Organisation::find(FacilityKey key) const {
  const auto at = std::ranges::lower_bound(nodes_, key, {}, &Node::key);
  return at == nodes_.end() || at->key != key ? nullptr : &*at;
}

const Node* Organisation::find(std::string_view code) const {
  const auto at = std::ranges::lower_bound(by_code_, code, {}, [&](std::size_t i) -> std::string_view { return nodes_[i].code; });
  return at == by_code_.end() || nodes_[*at].code != code ? nullptr : &nodes_[*at];
}

bool Organisation::is_code_taken(std::string_view code, FacilityKey by_another_than) const {
  const auto same = std::ranges::equal_range(by_code_, code, {}, [&](std::size_t i) -> std::string_view { return nodes_[i].code; });
  return std::ranges::any_of(same, [&](std::size_t i) { return nodes_[i].key != by_another_than; });
}

std::span<const Unit> Organisation::units(FacilityKey facility) const {
  return std::ranges::equal_range(units_, facility, {}, &Unit::facility);
}

const Unit* Organisation::find_unit(FacilityKey facility, UnitKey key) const {
  const auto all = units(facility);
  const auto at = std::ranges::find(all, key, &Unit::key);
  return at == all.end() ? nullptr : &*at;
}

const Unit* Organisation::find_unit(FacilityKey facility, std::string_view code) const {
  const auto all = units(facility);
  const auto at = std::ranges::find(all, code, &Unit::code);
  return at == all.end() ? nullptr : &*at;
}

std::span<const Organisation::Edge> Organisation::edges_from(const std::vector<Edge>& edges, FacilityKey above) {
  return std::ranges::equal_range(edges, above, {}, &Edge::above);
}

std::span<const Organisation::Edge> Organisation::edges_below(const Node& node) const {
  const auto begin = hangs_from_[static_cast<std::size_t>(&node - nodes_.data())];
  const auto end = std::ranges::find_if(hangs_.begin() + static_cast<std::ptrdiff_t>(begin), hangs_.end(),
                                        [&](const Edge& edge) { return edge.above != node.key; });
  return {hangs_.begin() + static_cast<std::ptrdiff_t>(begin), end};
}

Organisation::Place Organisation::place_of(const Node& node, Day on) const {
  const auto [first, last] = std::ranges::equal_range(moves_, node.key, {}, &Move::node);
  const auto move = std::ranges::upper_bound(first, last, on, {}, &Move::until);
  if (move == last) return {node.parent, node.supervisor};
  return {move->parent, move->supervisor};
}

std::vector<const Node*> Organisation::children(FacilityKey key) const {
  std::vector<const Node*> out;
  for (const auto& edge : edges_from(hangs_, key)) {
    const auto& node = nodes_[edge.below];
    if (node.parent == key || node.supervisor == key) out.push_back(&node);
  }
  return out;
}

std::vector<const Node*> Organisation::children(FacilityKey key, Day on) const {
  std::vector<const Node*> out;
  for (const auto& edge : edges_from(hangs_, key))
    if (hung_on(nodes_[edge.below], key, on)) out.push_back(&nodes_[edge.below]);
  return out;
}

bool Organisation::hung_on(const Node& node, FacilityKey above, Day on) const {
  if (!node.exists_on(on)) return false;
  const auto place = place_of(node, on);
  return place.parent == above || place.supervisor == above;
}

std::vector<FacilityKey> Organisation::facilities_under(FacilityKey key, Day on) const {
  std::vector<FacilityKey> out;
  std::vector<const Node*> open;
  if (const auto* node = find(key)) open.push_back(node);
  while (!open.empty()) {
    const auto* node = open.back();
    open.pop_back();
    if (node->kind == NodeKind::Facility) out.push_back(node->key);
    for (const auto& edge : edges_below(*node))
      if (hung_on(nodes_[edge.below], node->key, on)) open.push_back(&nodes_[edge.below]);
    if (went_.empty()) continue;
    for (const auto& edge : edges_from(went_, node->key))
      if (const auto& gone = nodes_[edge.below]; gone.valid_to && *gone.valid_to <= on) open.push_back(&gone);
  }
  std::ranges::sort(out);
  const auto twice = std::ranges::unique(out);
  out.erase(twice.begin(), twice.end());
  return out;
}

bool Organisation::climb(const Node& node, FacilityKey above, std::vector<const Node*>& way) const {
  if (node.key != above) {
    const auto by = [&](const std::optional<FacilityKey>& next) {
      const auto* up = next ? find(*next) : nullptr;
      return up != nullptr && climb(*up, above, way);
    };
    if (!by(node.parent) && !by(node.supervisor) && !by(node.successor)) return false;
  }
  way.push_back(&node);
  return true;
}

bool Organisation::is_under(FacilityKey below, FacilityKey above) const { return above == kEverywhere || !path_to(below, above).empty(); }

std::vector<const Node*> Organisation::path_to(FacilityKey key, FacilityKey from) const {
  std::vector<const Node*> way;
  if (const auto* node = find(key)) climb(*node, from, way);
  return way;
}

std::vector<const Node*> Organisation::path_to(FacilityKey key) const {
  std::vector<const Node*> path;
  for (const auto* node = find(key); node != nullptr; node = node->parent ? find(*node->parent) : nullptr) path.push_back(node);
  std::ranges::reverse(path);
  return path;
}

std::vector<const Node*> Organisation::predecessors(FacilityKey key) const {
  std::vector<const Node*> out;
  for (const auto& edge : edges_from(went_, key)) out.push_back(&nodes_[edge.below]);
  return out;
}

std::span<const Move> Organisation::moves(FacilityKey key) const { return std::ranges::equal_range(moves_, key, {}, &Move::node); }

std::optional<Day> Organisation::moved_on(FacilityKey key) const {
  const auto all = moves(key);
  if (all.empty()) return {};
  return all.back().until;
}

std::string_view name(NodeKind kind) { return name_in(kKinds, kind); }
std::optional<NodeKind> parse_node_kind(std::string_view text) { return parse_in(kKinds, text); }
std::string_view name(UnitKind kind) { return name_in(kUnitKinds, kind); }
std::optional<UnitKind> parse_unit_kind(std::string_view text) { return parse_in(kUnitKinds, text); }

}  // namespace pilar
