#include "domain/organisation.h"

#include <algorithm>
#include <array>

namespace pilar {
namespace {

constexpr std::array<std::pair<NodeKind, std::string_view>, 6> kKinds{{{NodeKind::Payer, "payer"},
                                                                       {NodeKind::Region, "region"},
                                                                       {NodeKind::Branch, "branch"},
                                                                       {NodeKind::Province, "province"},
                                                                       {NodeKind::District, "district"},
                                                                       {NodeKind::Facility, "facility"}}};

bool exists_on(const Node& node, Day day) { return node.valid_from <= day && (!node.valid_to || day < *node.valid_to); }

}  // namespace

Organisation::Organisation(std::vector<Node> nodes, std::vector<Unit> units) : nodes_(std::move(nodes)) {
  for (std::size_t i = 0; i < nodes_.size(); ++i) {
    by_key_.emplace(nodes_[i].key, i);
    by_code_.emplace(nodes_[i].code, i);
    if (nodes_[i].parent) children_[*nodes_[i].parent].push_back(i);
  }
  for (auto& unit : units) units_[unit.facility].push_back(std::move(unit));
}

const Node* Organisation::find(FacilityKey key) const {
  const auto at = by_key_.find(key);
  return at == by_key_.end() ? nullptr : &nodes_[at->second];
}

const Node* Organisation::find(std::string_view code) const {
  const auto at = by_code_.find(code);
  return at == by_code_.end() ? nullptr : &nodes_[at->second];
}

const std::vector<Unit>& Organisation::units(FacilityKey facility) const {
  static const std::vector<Unit> none;
  const auto at = units_.find(facility);
  return at == units_.end() ? none : at->second;
}

const Unit* Organisation::find_unit(FacilityKey facility, UnitKey key) const {
  const auto& all = units(facility);
  const auto at = std::ranges::find(all, key, &Unit::key);
  return at == all.end() ? nullptr : &*at;
}

const Unit* Organisation::find_unit(FacilityKey facility, std::string_view code) const {
  const auto& all = units(facility);
  const auto at = std::ranges::find(all, code, &Unit::code);
  return at == all.end() ? nullptr : &*at;
}

std::vector<const Node*> Organisation::children(FacilityKey key) const {
  std::vector<const Node*> out;
  const auto at = children_.find(key);
  if (at == children_.end()) return out;
  for (const auto i : at->second) out.push_back(&nodes_[i]);
  return out;
}

std::vector<FacilityKey> Organisation::facilities_under(FacilityKey key, Day on) const {
  std::vector<FacilityKey> out;
  std::vector<const Node*> open;
  if (const auto* node = find(key)) open.push_back(node);
  while (!open.empty()) {
    const auto* node = open.back();
    open.pop_back();
    if (node->key != key && !exists_on(*node, on)) continue;
    if (node->kind == NodeKind::Facility) out.push_back(node->key);
    for (const auto* child : children(node->key)) open.push_back(child);
  }
  std::ranges::sort(out);
  return out;
}

bool Organisation::is_under(FacilityKey below, FacilityKey above) const {
  for (const auto* node = find(below); node != nullptr; node = node->parent ? find(*node->parent) : nullptr)
    if (node->key == above) return true;
  return false;
}

std::vector<const Node*> Organisation::path_to(FacilityKey key) const {
  std::vector<const Node*> path;
  for (const auto* node = find(key); node != nullptr; node = node->parent ? find(*node->parent) : nullptr) path.push_back(node);
  std::ranges::reverse(path);
  return path;
}

std::string_view name(NodeKind kind) {
  for (const auto& [value, text] : kKinds)
    if (value == kind) return text;
  return "facility";
}

std::optional<NodeKind> parse_node_kind(std::string_view text) {
  for (const auto& [value, known] : kKinds)
    if (known == text) return value;
  return {};
}

}  // namespace pilar
