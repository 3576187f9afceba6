#include "domain/small_counts.h"

#include <algorithm>
#include <numeric>

namespace pilar {

std::vector<MergedCount> merge_small(std::span<const std::int64_t> counts) {
  if (std::accumulate(counts.begin(), counts.end(), std::int64_t{0}) < kSmallest) return {};
  std::vector<MergedCount> merged;
  for (std::size_t i = 0; i < counts.size(); ++i) merged.push_back({i, i, counts[i]});
  for (;;) {
    const auto small = std::ranges::min_element(merged, {}, &MergedCount::count);
    if (merged.size() < 2 || small->count >= kSmallest) return merged;
    // With the smaller neighbour, so that little detail is lost.
    auto first = small;
    const bool has_left = small != merged.begin(), has_right = std::next(small) != merged.end();
    if (has_left && (!has_right || std::prev(small)->count <= std::next(small)->count)) first = std::prev(small);
    const auto second = std::next(first);
    *first = {first->first, second->last, first->count + second->count};
    merged.erase(second);
  }
}

PublicShare say_share(const Share& share) {
  if (share.denominator < 2 * kSmallest) return PublicShare::Hidden;
  if (share.denominator - share.numerator < kSmallest) return PublicShare::NearlyAll;
  return share.numerator < kSmallest ? PublicShare::NearlyNone : PublicShare::Shown;
}

}  // namespace pilar
