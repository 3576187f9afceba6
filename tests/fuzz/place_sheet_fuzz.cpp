#include <cstdint>
#include <string>

#include "app/place.h"
#include "app/place_plan.h"
#include "i18n/messages.h"

namespace {
void hold(bool ok) {
  if (!ok) __builtin_trap();
}

pilar::Organisation places() {
  using namespace pilar;
  const auto node = [](std::int32_t key, NodeKind kind, const char* code, std::optional<FacilityKey> parent) {
    Node out;
    out.key = {key};
    out.kind = kind;
    out.code = out.name = code;
    out.parent = parent;
    if (kind == NodeKind::Facility) out.facility_type = "rs";
    return out;
  };
  return {{node(1, NodeKind::Payer, "penjamin", {}), node(2, NodeKind::Branch, "cabang", FacilityKey{1}),
           node(3, NodeKind::District, "kab", {}), node(4, NodeKind::Facility, "melati", FacilityKey{2})},
          {}};
}
}  // namespace

/// Whatever the file: it is refused, or each of its lines is judged, and what may be written keeps every rule of the tree.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace pilar;
  static const auto before = places();
  const auto sheet = app::read_place_bytes({reinterpret_cast<const char*>(data), size});
  if (!sheet) return 0;
  const std::map<FacilityKey, PlaceFacts> facts{{{4}, {{{"bpjs", "0123"}}, {"farmasi"}, {{"Sukamaju", ""}}}}};
  const Scope scope(Role::Administrator, kEverywhere, "uji");
  const auto plan = app::plan_places({scope, before, facts, {5}, {1'795'219'200'000'000}}, *sheet);
  hold(plan.drafts.size() == sheet->lines.size());
  std::vector<Node> nodes;
  for (const auto& draft : plan.drafts) {
    hold((draft.fate == app::PlaceFate::Refused) == !draft.problems.empty());
    for (const auto& problem : draft.problems) hold(!say(Lang::Id, problem).empty());
    if (draft.fate == app::PlaceFate::Added || draft.fate == app::PlaceFate::Changed) nodes.push_back(draft.node);
  }
  const auto after = app::with_nodes(before, nodes);
  for (const auto& node : nodes) hold(check_node(after, node).empty());
  return 0;
}
