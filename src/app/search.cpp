#include "app/search.h"

#include <algorithm>
#include <tuple>

#include "app/place_list.h"
#include "base/text.h"

namespace pilar::app {

std::vector<const Node*> find_places(const Organisation& organisation, const Scope& scope, Right right, std::string_view words,
                                     std::size_t limit) {
  const auto wanted = lower_ascii(trim(words));
  struct Hit {
    bool inside;  ///< the words stand somewhere inside, not at the beginning
    std::string name;
    const Node* node;
  };
  std::vector<Hit> hits;
  for (const auto* node : places_with(scope, right, organisation)) {
    auto name = lower_ascii(node->name);
    const auto at = name.find(wanted);
    if (at != std::string::npos || node->code.find(wanted) != std::string::npos) hits.push_back({at != 0, std::move(name), node});
  }
  const auto count = std::min(limit, hits.size());
  const auto middle = hits.begin() + static_cast<std::ptrdiff_t>(count);
  std::ranges::partial_sort(hits, middle, {}, [](const Hit& hit) { return std::tie(hit.inside, hit.name); });
  std::vector<const Node*> nodes;
  std::ranges::transform(hits.begin(), middle, std::back_inserter(nodes), &Hit::node);
  return nodes;
}

}  // namespace pilar::app
