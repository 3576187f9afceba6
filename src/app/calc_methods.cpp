#include <array>

#include "app/calc_method.h"

namespace pilar::calc {

std::span<const Method* const> methods() {
  static constexpr std::array kAll{&kDescribe, &kNps, &kProportion, &kSampleSize, &kSkm};
  return kAll;
}

}  // namespace pilar::calc
