#pragma once
#include <cstdint>
#include <optional>

#include "math/interval.h"

namespace pilar::math {

/// In points from -100 to 100; empty when nobody answered.
struct NetPromoter {
  std::optional<double> nps{}, se{};
  std::optional<Interval> ci{};
};

/// Net promoter score: per cent of promoters (9, 10) less per cent of detractors (0 to 6); passives are 7 and 8.
/// se = 100 sqrt((p + d - (p - d)^2) / n), the multinomial variance; ci = nps +- z se, clipped to [-100, 100].
/// Sources: Reichheld (2003), Harvard Business Review 81(12):46-54; Rocks (2016), The American Statistician 70:365-372 (Wald).
/// Worked example: 5 promoters, 3 passives, 2 detractors -> nps 30, se 24.6982.
NetPromoter net_promoter(std::int64_t promoters, std::int64_t passives, std::int64_t detractors, double level);

}  // namespace pilar::math
