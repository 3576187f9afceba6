#include "domain/share_gap.h"

#include "base/result.h"
#include "math/two_proportions.h"

namespace pilar {
namespace {

constexpr double kGapLevel = 0.95;

bool counts_cases_once(const Measure& measure) {
  if (measure.kind == MeasureKind::Duration) return measure.within.has_value();
  return measure.kind == MeasureKind::Share && measure.items.size() == 1;
}

math::Share share_of_cases(const Share& share) { return {share.numerator, share.denominator}; }

}  // namespace

std::optional<ShareGap> gap_between(const MeasureReading& first, const MeasureReading& second) {
  require(first.measure == second.measure, "groups are compared by one measure");
  if (!counts_cases_once(*first.measure)) return {};
  const auto one = first.share.value(), other = second.share.value();
  if (!one || !other) return {};
  const auto a = share_of_cases(first.share), b = share_of_cases(second.share);
  return ShareGap{*one - *other, math::newcombe(a, b, kGapLevel), math::fisher_exact(a, b)};
}

}  // namespace pilar
