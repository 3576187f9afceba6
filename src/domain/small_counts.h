#pragma once
#include <cstdint>
#include <span>
#include <vector>

#include "domain/reading.h"

/// Counts that everybody may read without anybody being recognised in them.
namespace pilar {

/// A published count is nothing or at least this; so is what is left of its whole.
inline constexpr std::int64_t kSmallest = 5;

/// Neighbouring options [first, last] counted together.
struct MergedCount {
  std::size_t first = 0, last = 0;
  std::int64_t count = 0;
  bool operator==(const MergedCount&) const = default;
};

/// Joins neighbours until every count is at least kSmallest; a count of nothing says who did not answer so, and is joined too. Empty
/// where all of them together are fewer. Worked example: 33 24 6 2 1 -> 33, 24, 9 (the last three).
std::vector<MergedCount> merge_small(std::span<const std::int64_t> counts);

/// How a share may be said.
enum class PublicShare : std::uint8_t {
  Hidden,     ///< fewer than 2 kSmallest counted
  NearlyAll,  ///< all but fewer than kSmallest
  NearlyNone,
  Shown
};
PublicShare say_share(const Share& share);

}  // namespace pilar
