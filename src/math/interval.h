#pragma once

namespace pilar::math {

struct Interval {
  double low = 0, high = 0;
};

}  // namespace pilar::math
