#pragma once
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "app/context.h"
#include "domain/access.h"
#include "domain/period_lock.h"

/// Months of a facility that are closed: nothing in them is added, corrected, voided or imported until they are opened again.
namespace pilar::app {

enum class PeriodStep : std::uint8_t { Lock, Open, Close };
/// One act on the lock.
struct PeriodEvent {
  PeriodStep step = PeriodStep::Lock;
  Month month{};               ///< locked up to, opened from
  Instant until{};             ///< of an opening
  const Node* place = nullptr;  ///< on whose behalf: an office above, or the facility itself
  Instant at{};
  std::string actor{}, reason{};
};

struct PeriodView {
  std::shared_ptr<const Reference> reference{};  ///< keeps what the pointers point to
  const Node* node = nullptr;
  PeriodLock lock{};
  Instant as_of{};
  Month running{};
  std::vector<PeriodEvent> events{};  ///< oldest first
  bool may_lock = false;              ///< the reader: whoever heads the facility, or an office above it
  /// Whether the reader may open these months: what an office locked, only that office or one above it.
  bool may_open = false;

  /// The last locking; null where there was none.
  const PeriodEvent* locked_by() const;
};
/// Problems: an unknown facility, or no right to see results there.
Result<PeriodView> read_period(Context& context, const Scope& scope, FacilityKey facility);

/// Locks every month up to this one. Problems: no right, the month is not over, it is locked already, no reason.
Result<void> lock_period(Context& context, const Scope& scope, FacilityKey facility, Month until, const std::string& reason);
inline constexpr int kLongestOpening = 31;  ///< days
/// Opens the months from this one on for 1 to kLongestOpening days. Problems: no right over every lock on them, the month is not locked,
/// no reason.
Result<void> open_period(Context& context, const Scope& scope, FacilityKey facility, Month from, int days, const std::string& reason);
/// Ends an opening early. Problems: no right, nothing is open.
Result<void> close_period(Context& context, const Scope& scope, FacilityKey facility);

/// Why a record of this day may not be written now: who locked its month, why, and whom to ask. Inside the writing transaction, under
/// the lock of the facility.
std::optional<Problem> check_period(Context& context, store::Write& write, Day day);
/// The same where an import is only tried.
std::optional<Problem> check_period(Context& context, store::Tx& tx, FacilityKey facility, Day day);

}  // namespace pilar::app
