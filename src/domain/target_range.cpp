#include "domain/target_range.h"

#include <algorithm>

namespace pilar {
namespace {

constexpr std::int32_t kSkmFactor = 25;  // PermenPANRB 14/2017

std::optional<TargetRange> range_of_codes(const Item* scale, std::int32_t factor) {
  if (scale == nullptr || scale->options.empty()) return {};
  const auto [low, high] = std::ranges::minmax(scale->options, {}, &Option::code);
  return TargetRange{Decimal::whole(std::int64_t{low.code} * factor), Decimal::whole(std::int64_t{high.code} * factor)};
}

}  // namespace

std::optional<TargetRange> target_range(const Measure& measure, const Item* scale) {
  switch (measure.kind) {
    case MeasureKind::Rating:
      return range_of_codes(scale, 1);
    case MeasureKind::Skm:
      return range_of_codes(scale, kSkmFactor);
    case MeasureKind::Sum:
      return {};
    case MeasureKind::Ratio:
      if (!measure.complement) return {};
      break;
    case MeasureKind::Share:
    case MeasureKind::Duration:
      break;
  }
  if (!is_share(measure)) return {};
  return TargetRange{Decimal::whole(0), Decimal::whole(100)};
}

}  // namespace pilar
