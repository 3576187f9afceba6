#include <array>

#include "app/calc_method.h"

namespace pilar::calc {

std::span<const Method* const> methods() {
  static constexpr std::array kAll{
      &kDescribe,    &kSpc,      &kFunnel, &kShrinkage, &kStandardise,   &kMultiple,    &kNps,     &kProportion, &kTwoProportions,
      &kReliability, &kServqual, &kIpaCsi, &kRiskGrade, &kSampleSize,    &kSkm,         &kQueue,   &kStaffing,   &kNetwork,
      &kAllocate,    &kAbc,      &kTdabc,  &kPremium,   &kAggregateLoss, &kCredibility, &kReserve, &kKbk};
  return kAll;
}

}  // namespace pilar::calc
