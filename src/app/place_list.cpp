#include "app/place_list.h"

#include <algorithm>
#include <map>
#include <set>
#include <tuple>

#include "base/text.h"
#include "i18n/words/result.h"
#include "store/place_store.h"

namespace pilar::app {
namespace {

constexpr std::size_t kMostNear = 5, kDeepestWalk = 64;

Tree other_of(Tree tree) { return tree == Tree::Payer ? Tree::Government : Tree::Payer; }

/// What hangs below these places by either tree today, and what went into them.
std::vector<const Node*> walk_down(const Organisation& organisation, std::vector<const Node*> open) {
  const auto* first = organisation.nodes().data();
  std::vector<bool> seen(organisation.nodes().size());
  std::vector<const Node*> found;
  while (!open.empty()) {
    const auto* node = open.back();
    open.pop_back();
    const auto index = static_cast<std::size_t>(node - first);
    if (seen[index]) continue;
    seen[index] = true;
    found.push_back(node);
    for (const auto& more : {organisation.children(node->key), organisation.predecessors(node->key)})
      open.insert(open.end(), more.begin(), more.end());
  }
  std::ranges::sort(found, {}, &Node::key);
  return found;
}

class Lister {
 public:
  Lister(Context& context, const Scope& scope, const PlaceQuery& query)
      : context_(context),
        query_(query),
        reference_(context.reference.get()),
        places_(reference_->organisation),
        seen_(places_with(scope, Right::ReadResults, places_)) {}

  Result<PlaceList> list() {
    if (query_.at && places_.find(*query_.at) == nullptr) return refuse(Problem::Kind::NotFound, Msg::ResultUnknownPlace, "tempat");
    find_codes();
    for (const auto* node : seen_) look_at(*node);
    const bool sees_level = query_.at && is_seen(*query_.at);
    if (query_.at && !sees_level && !any_below_) return refuse(Problem::Kind::NotFound, Msg::ResultUnknownPlace, "tempat");
    return finish();
  }

 private:
  bool is_seen(FacilityKey key) const { return std::ranges::binary_search(seen_, key, {}, &Node::key); }
  bool is_open(const Node& node) const { return node.exists_on(civil_day(context_.clock.now(), node.zone)); }

  /// The words may be the code of another system.
  void find_codes() {
    if (query_.words.empty() || !is_place_code(query_.words)) return;
    context_.db.read([&](store::Tx& tx) { coded_ = store::find_code(tx, query_.words); });
    std::ranges::sort(coded_);
  }

  /// The place between the level and the node on which the row stands: null where the node is not below the level.
  const Node* row_above(const Node& node) const {
    const auto* row = &node;
    for (std::size_t steps = 0; steps < kDeepestWalk; ++steps) {
      const auto* up = above(places_, *row, query_.tree);
      if (up == nullptr) return query_.at ? nullptr : row;
      if (query_.at && up->key == *query_.at) return row;
      row = up;
    }
    return nullptr;
  }

  void look_at(const Node& node) {
    if (!stands_in(node.kind, query_.tree) || (query_.at && node.key == *query_.at)) return;
    const auto* row = row_above(node);
    if (row == nullptr) return;
    any_below_ = true;
    const bool open_facility = node.kind == NodeKind::Facility && is_open(node);
    if (open_facility) {
      ++list_.facilities;
      if (const auto* other = above(places_, node, other_of(query_.tree))) others_.insert(other);
    }
    if (query_.is_flat()) {
      if (is_wanted(node)) rows_[&node].facilities = open_facility ? 1 : 0;
    } else if (open_facility || query_.state == PlaceState::All || is_open(node)) {
      rows_[row].facilities += open_facility ? 1 : 0;
    }
  }

  bool is_wanted(const Node& node) const {
    if (query_.state != PlaceState::All && is_open(node) != (query_.state == PlaceState::Open)) return false;
    if (!query_.facility_type.empty() && node.facility_type != query_.facility_type) return false;
    if (query_.other) {
      const auto* other = above(places_, node, other_of(query_.tree));
      if (other == nullptr || other->key != *query_.other) return false;
    }
    if (query_.words.empty() || std::ranges::binary_search(coded_, node.key)) return true;
    return lower_ascii(node.name).contains(words_) || lower_ascii(node.code).contains(words_);
  }

  PlaceList finish() {
    for (const auto& [node, row] : rows_) list_.rows.push_back({node, row.facilities, is_seen(node->key)});
    const auto middle_at = std::min(list_.rows.size(), query_.offset + query_.limit);
    const auto key_of = [&](const PlaceRow& row) {
      const bool last = row.node->kind == NodeKind::Facility && !query_.is_flat();
      return std::tuple(last, query_.order == PlaceOrder::Code ? row.node->code : lower_ascii(row.node->name), row.node->key);
    };
    std::ranges::partial_sort(list_.rows, list_.rows.begin() + static_cast<std::ptrdiff_t>(middle_at), {}, key_of);
    list_.all = list_.rows.size();
    list_.rows.resize(middle_at);
    list_.rows.erase(list_.rows.begin(), list_.rows.begin() + static_cast<std::ptrdiff_t>(std::min(query_.offset, middle_at)));
    if (query_.at) list_.path = path_in(places_, *places_.find(*query_.at), query_.tree);
    if (others_.size() <= PlaceList::kMostOthers) list_.others.assign(others_.begin(), others_.end());
    std::ranges::sort(list_.others, {}, &Node::name);
    list_.reference = reference_;
    return std::move(list_);
  }

  struct Counted {
    std::size_t facilities = 0;
  };

  Context& context_;
  const PlaceQuery& query_;
  std::shared_ptr<const Reference> reference_;
  const Organisation& places_;
  std::vector<const Node*> seen_;
  std::string words_ = lower_ascii(query_.words);
  std::vector<FacilityKey> coded_;
  std::map<const Node*, Counted> rows_;
  std::set<const Node*> others_;
  bool any_below_ = false;
  PlaceList list_;
};

}  // namespace

Result<PlaceList> list_places(Context& context, const Scope& scope, const PlaceQuery& query) {
  return Lister(context, scope, query).list();
}

std::vector<const Node*> places_with(const Scope& scope, Right right, const Organisation& organisation) {
  std::vector<const Node*> open;
  for (const auto& grant : scope.grants()) {
    if (!role_has(grant.role, right)) continue;
    if (grant.place == kEverywhere) {
      open.clear();
      for (const auto& node : organisation.nodes()) open.push_back(&node);
      return open;
    }
    if (const auto* node = organisation.find(grant.place)) open.push_back(node);
  }
  return walk_down(organisation, std::move(open));
}

std::vector<const Node*> places_below(const Organisation& organisation, FacilityKey place) {
  const auto* node = organisation.find(place);
  return node == nullptr ? std::vector<const Node*>{} : walk_down(organisation, {node});
}

NamedPlace find_named_place(const Organisation& organisation, std::string_view text, const std::function<bool(const Node&)>& may_be) {
  text = trim(text);
  NamedPlace found;
  if (text.empty()) return found;
  if (const auto* node = organisation.find(text); node != nullptr && may_be(*node)) return {node, {}};
  const auto wanted = lower_ascii(text);
  std::vector<const Node*> same;
  for (const auto& node : organisation.nodes()) {
    const auto name = lower_ascii(node.name);
    if (!name.contains(wanted) && !lower_ascii(node.code).contains(wanted)) continue;
    if (!may_be(node)) continue;
    if (name == wanted) same.push_back(&node);
    if (found.near.size() < kMostNear) found.near.push_back(&node);
  }
  if (same.size() == 1) return {same.front(), {}};
  if (!same.empty()) found.near.assign(same.begin(), same.begin() + static_cast<std::ptrdiff_t>(std::min(same.size(), kMostNear)));
  return found;
}

}  // namespace pilar::app
