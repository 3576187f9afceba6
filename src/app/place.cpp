#include "app/place.h"

#include <algorithm>

#include "app/place_change.h"
#include "base/text.h"
#include "i18n/words/access.h"
#include "i18n/words/place.h"
#include "i18n/words/result.h"
#include "store/facility_head.h"
#include "store/instrument_store.h"
#include "store/place_store.h"

namespace pilar::app {
namespace {

std::string json_of(const std::optional<FacilityKey>& key) { return key ? std::to_string(key->value) : "null"; }

/// What changed, codes and days with what they were and are; names and facts only by the field, because the trail holds no names.
class ChangedFields {
 public:
  void note(bool changed, const char* field) {
    if (changed) append(fields_, "\"" + std::string(field) + "\"");
  }
  /// Both are codes: letters, digits, dots and hyphens.
  void note(const char* field, std::string_view was, std::string_view is) {
    note(was != is, field);
    if (was == is) return;
    append(was_, member(field, was));
    append(is_, member(field, is));
  }
  std::string json() const {
    std::string out = "{\"fields\":[" + fields_ + "]";
    if (!was_.empty()) out += ",\"was\":{" + was_ + "},\"is\":{" + is_ + "}";
    return out + "}";
  }

 private:
  static void append(std::string& list, const std::string& text) { list.append(list.empty() ? "" : ",").append(text); }
  static std::string member(const char* field, std::string_view value) {
    return "\"" + std::string(field) + "\":\"" + std::string(value) + "\"";
  }
  std::string fields_{}, was_{}, is_{};
};

std::string changed_fields(const Node& before, const PlaceText& after, bool other_facts) {
  ChangedFields changed;
  changed.note("code", before.code, after.code);
  changed.note(before.name != after.name, "name");
  changed.note("type", before.facility_type, after.facility_type);
  changed.note("zone", name(before.zone), name(after.zone));
  changed.note("valid_from", iso(before.valid_from), iso(after.valid_from));
  changed.note(other_facts, "facts");
  return changed.json();
}

Problems check_move_day(const PlaceChange& change, Day from) {
  const auto last = change.organisation.moved_on(change.node.key);
  if (last && from < *last) return one_problem(Problem::Kind::Invalid, Msg::PlaceMoveEarly, "from");
  if (civil_day(change.at, change.node.zone) < from) return one_problem(Problem::Kind::Invalid, Msg::PlaceMoveFuture, "from");
  return {};
}

Problems close_open_links(PlaceChange& change, bool agreed) {
  const auto open = store::count_open_links(change.tx, change.node.key, {});
  if (open == 0) return {};
  if (!agreed) return one_problem(Problem::Kind::Conflict, Msg::PlaceOpenLinks, "links", {std::to_string(open)});
  store::close_links(change.tx, change.node.key, {});
  return {};
}

}  // namespace

Organisation with_nodes(const Organisation& now, const std::vector<Node>& changed) {
  auto nodes = now.nodes();
  for (const auto& node : changed) {
    const auto at = std::ranges::lower_bound(nodes, node.key, {}, &Node::key);
    if (at != nodes.end() && at->key == node.key)
      *at = node;
    else
      nodes.insert(at, node);
  }
  return {std::move(nodes), {}};
}

Problems check_reach(const Scope& scope, const Organisation& now, const Organisation& next, const Node& after) {
  const auto may = [&](const Organisation& tree, FacilityKey key) { return scope.may(Right::ManagePlaces, tree, key); };
  const auto* before = now.find(after.key);
  if (before != nullptr && !may(now, after.key)) return one_problem(Problem::Kind::Forbidden, Msg::PlaceMayNotManage);
  const bool goes_elsewhere = before == nullptr || before->parent != after.parent;
  if (!may(next, after.key) || (goes_elsewhere && after.parent && !may(next, *after.parent)))
    return one_problem(Problem::Kind::Forbidden, Msg::PlaceOutOfReach, "parent");
  if (after.successor && !may(next, *after.successor)) return one_problem(Problem::Kind::Forbidden, Msg::PlaceOutOfReach, "successor");
  return {};
}

Problems check_change(const Scope& scope, const Organisation& now, const Organisation& next, const Node& after) {
  auto wrong = check_node(next, after);
  return wrong.empty() ? check_reach(scope, now, next, after) : wrong;
}

Problems check_codes(store::Tx& tx, FacilityKey place, const PlaceFacts& facts) {
  Problems wrong;
  for (const auto& [system, code] : facts.codes)
    if (const auto holder = store::find_code(tx, system, code); holder && *holder != place)
      wrong.push_back({Problem::Kind::Conflict, Msg::PlaceCodeTaken, "code_" + system, {code}});
  return wrong;
}

Result<void> run_change(Context& context, const Scope& scope, const SeenPlace& seen, const char* action, const PlaceChangeBody& body) {
  Problems wrong;
  context.db.shared([&](store::Tx& tx) {
    wrong.clear();
    const auto reference = reference_in(context, tx);
    const auto* node = reference->organisation.find(seen.key);
    if (node == nullptr) {
      wrong = one_problem(Problem::Kind::NotFound, Msg::ResultUnknownPlace);
    } else if (!scope.may(Right::ManagePlaces, reference->organisation, seen.key)) {
      wrong = one_problem(Problem::Kind::Forbidden, Msg::PlaceMayNotManage);
    } else if (node->version != seen.version) {
      wrong = one_problem(Problem::Kind::Conflict, Msg::PlaceChanged);
    } else {
      auto head = store::lock_head(tx, seen.key);
      PlaceChange change{tx, *reference, reference->organisation, *node, context.clock.now()};
      wrong = body(change);
      if (!wrong.empty()) return;
      ++change.node.version;
      store::update_node(tx, change.node);
      store::append_line(tx, head, {change.at, scope.actor(), action, "place:" + std::to_string(seen.key.value), change.detail});
      head.catalogue = store::advance_generation(tx);
      store::update_head(tx, head);
    }
  });
  if (!wrong.empty()) return std::unexpected(std::move(wrong));
  refresh_reference(context);
  return {};
}

Result<PlaceView> read_place(Context& context, const Scope& scope, FacilityKey place) {
  const auto reference = context.reference.get();
  if (reference->organisation.find(place) == nullptr) return refuse(Problem::Kind::NotFound, Msg::ResultUnknownPlace);
  if (!scope.may(Right::ReadResults, reference->organisation, place)) return refuse(Problem::Kind::Forbidden, Msg::AccessMayNotRead);
  PlaceView view;
  context.db.read([&](store::Tx& tx) { view = {store::load_facts(tx, place), store::count_open_links(tx, place, {})}; });
  return view;
}

Result<void> change_place(Context& context, const Scope& scope, const SeenPlace& seen, const PlaceText& text) {
  const auto facts = tidy(text.facts);
  return run_change(context, scope, seen, "place.change", [&](PlaceChange& change) {
    const auto had = store::load_facts(change.tx, seen.key);
    const auto before = change.node;
    auto& node = change.node;
    node.code = text.code;
    node.name = std::string(trim(text.name));
    node.facility_type = text.facility_type;
    node.zone = text.zone;
    node.valid_from = text.valid_from;
    auto wrong = check_change(scope, change.organisation, with_nodes(change.organisation, {node}), node);
    std::ranges::move(check_facts(facts), std::back_inserter(wrong));
    std::ranges::move(check_codes(change.tx, seen.key, facts), std::back_inserter(wrong));
    if (!wrong.empty()) return wrong;
    change.detail = changed_fields(before, text, facts != had);
    if (facts != had) store::replace_facts(change.tx, seen.key, facts);
    return wrong;
  });
}

Result<void> move_place(Context& context, const Scope& scope, const SeenPlace& seen, const Standing& to) {
  return run_change(context, scope, seen, "place.move", [&](PlaceChange& change) {
    auto wrong = check_move_day(change, to.from);
    if (!wrong.empty()) return wrong;
    auto& node = change.node;
    const Move left{node.key, to.from, node.parent, node.supervisor};
    node.parent = to.parent;
    node.supervisor = to.supervisor;
    wrong = check_change(scope, change.organisation, with_nodes(change.organisation, {node}), node);
    const bool stood_there = node.valid_from < to.from && change.organisation.moved_on(node.key) != to.from;
    if (wrong.empty() && stood_there) store::insert_move(change.tx, left);
    change.detail = "{\"parent\":" + json_of(to.parent) + ",\"supervisor\":" + json_of(to.supervisor) +
                    ",\"was_parent\":" + json_of(left.parent) + ",\"was_supervisor\":" + json_of(left.supervisor) + ",\"from\":\"" +
                    iso(to.from) + "\"}";
    return wrong;
  });
}

Result<void> close_place(Context& context, const Scope& scope, const SeenPlace& seen, const Closing& closing) {
  return run_change(context, scope, seen, closing.successor ? "place.merge" : "place.close", [&](PlaceChange& change) {
    auto& node = change.node;
    if (node.valid_to) return one_problem(Problem::Kind::Conflict, Msg::PlaceClosedAlready, "from");
    node.valid_to = closing.from;
    node.successor = closing.successor;
    auto wrong = check_change(scope, change.organisation, with_nodes(change.organisation, {node}), node);
    for (auto& problem : wrong)
      if (problem.field == "valid_to") problem.field = "from";
    if (wrong.empty()) wrong = close_open_links(change, closing.closes_links);
    change.detail = "{\"from\":\"" + iso(closing.from) + "\",\"successor\":" + json_of(closing.successor) + "}";
    return wrong;
  });
}

Result<void> reopen_place(Context& context, const Scope& scope, const SeenPlace& seen) {
  return run_change(context, scope, seen, "place.reopen", [&](PlaceChange& change) {
    change.node.valid_to.reset();
    change.node.successor.reset();
    return check_change(scope, change.organisation, with_nodes(change.organisation, {change.node}), change.node);
  });
}

}  // namespace pilar::app
