#pragma once
#include "base/time.h"

namespace pilar {

/// Which months of a facility are closed: their records are neither added nor corrected nor voided.
struct PeriodLock {
  Month until{-1};          ///< the last locked month; before 1970: none ever was
  Month opened_from{};      ///< from this month on they are open for a while ...
  Instant opened_until{};   ///< ... that ends here

  bool is_open_again(Instant now) const { return now < opened_until; }
  bool is_locked(Month month, Instant now) const { return month <= until && !(is_open_again(now) && opened_from <= month); }
  bool exists() const { return until.value >= 0; }
  bool operator==(const PeriodLock&) const = default;
};

}  // namespace pilar
