#include "app/result_children.h"

#include <algorithm>

namespace pilar::app {

Children children_of(const Organisation& organisation, const Node& office, std::span<const FacilityKey> visible, Day on) {
  Children out{{office.key}};
  if (office.kind == NodeKind::Facility) return out;
  out.child_of.reserve(visible.size());
  for (const auto* child : organisation.children(office.key, on)) {
    store::Office part{child->key};
    for (const auto facility : organisation.facilities_under(child->key, on))
      if (std::ranges::binary_search(visible, facility) && out.child_of.emplace(facility, child->key).second)
        part.facilities.push_back(facility);
    out.whole.facilities.insert(out.whole.facilities.end(), part.facilities.begin(), part.facilities.end());
    if (child->kind == NodeKind::Facility)
      out.facilities.insert(out.facilities.end(), part.facilities.begin(), part.facilities.end());
    else
      out.offices.push_back(std::move(part));
  }
  std::ranges::sort(out.whole.facilities);
  std::ranges::sort(out.facilities);
  return out;
}

}  // namespace pilar::app
