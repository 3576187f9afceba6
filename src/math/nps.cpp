#include "math/nps.h"

#include <algorithm>
#include <cmath>

#include "math/distribution.h"

namespace pilar::math {

NetPromoter net_promoter(std::int64_t promoters, std::int64_t passives, std::int64_t detractors, double level) {
  const auto n = static_cast<double>(promoters + passives + detractors);
  if (n == 0) return {};
  const auto net = static_cast<double>(promoters - detractors), taking_side = static_cast<double>(promoters + detractors);
  const double score = 100 * net / n, se = 100 * std::sqrt(std::max(0.0, taking_side - net * net / n)) / n;
  const double half_width = normal_two_sided(level) * se;
  return {score, se, Interval{std::max(-100.0, score - half_width), std::min(100.0, score + half_width)}};
}

}  // namespace pilar::math
