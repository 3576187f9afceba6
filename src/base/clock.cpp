#include "base/clock.h"

#include <chrono>

namespace pilar {

Instant SystemClock::now() const {
  return {std::chrono::duration_cast<std::chrono::microseconds>(std::chrono::system_clock::now().time_since_epoch()).count()};
}

}  // namespace pilar
