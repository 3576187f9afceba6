#pragma once
#include <optional>
#include <string>

#include "app/facility_table.h"
#include "math/funnel.h"
#include "web/charts.h"

namespace pilar::web {

/// The facilities of a table against each other: share of ratings 4 and 5 by number of answers, with exact limits around the share of
/// all. Empty where no measure is a rating or a share of single answers, fewer than three facilities have
/// answers, or more than 500 would hide each other.
std::optional<FunnelChart> funnel_of(Lang lang, const app::FacilityTable& table);
/// One column of the table, with limits that include how facilities differ beyond chance where `spread` says so.
struct FunnelWish {
  std::size_t column = 0;
  math::Overdispersion spread = math::Overdispersion::None;
};
struct FunnelFound {
  FunnelChart chart{};
  std::size_t without = 0;   ///< facilities without a case, or whose share is no share
  std::size_t few = 0;       ///< with fewer than kFew cases: hollow
  std::optional<double> phi{};  ///< how much more they differ than chance explains: 1 where it explains all
};
std::optional<FunnelFound> funnel_of(Lang lang, const app::FacilityTable& table, const FunnelWish& wish);
/// From this ratio on the page says that limits of chance alone are too narrow.
inline constexpr double kFunnelSpread = 1.5;
/// Names of those below the 99.8% limit, "A, B and 2 others"; empty where there are none.
std::string below_limits(Lang lang, const app::FacilityTable& table);

}  // namespace pilar::web
