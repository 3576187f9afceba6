#include "cli/import_place.h"

#include <algorithm>
#include <optional>
#include <vector>

#include "app/organisation.h"
#include "cli/open_store.h"

namespace pilar::cli {
namespace {

/// A payer, below which new regions go; nothing where there is none.
std::optional<FacilityKey> payer_of(const Organisation& organisation) {
  const auto& nodes = organisation.nodes();
  const auto payer = std::ranges::find(nodes, NodeKind::Payer, &Node::kind);
  if (payer == nodes.end()) return {};
  return payer->key;
}

}  // namespace

Result<void> create_places(app::Context& context, const std::string& wanted, const std::set<std::string>& codes) {
  const auto* parent = context.reference.get()->organisation.find(std::string_view(wanted));
  auto parent_key = parent == nullptr ? std::optional<FacilityKey>{} : parent->key;
  if (!parent_key) {
    const app::NewPlace place{
        .parent = payer_of(context.reference.get()->organisation), .kind = NodeKind::Region, .code = app::code_of(wanted), .name = wanted};
    const auto made = app::add_place(context, operator_scope(), place);
    if (!made) return std::unexpected(made.error());
    parent_key = *made;
  }
  std::vector<app::NewPlace> places;
  for (const auto& code : codes) places.push_back({.parent = parent_key, .code = code, .name = code, .facility_type = "rs"});
  if (const auto made = app::add_places(context, operator_scope(), places); !made) return std::unexpected(made.error());
  return {};
}

}  // namespace pilar::cli
