#pragma once
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "base/id.h"
#include "base/time.h"
#include "store/db.h"

namespace pilar::store {

enum class PeriodAct : std::uint8_t { Lock = 1, Open = 2, Close = 3 };

/// One act on the lock of a facility's months.
struct StoredPeriodAct {
  std::int32_t seq = 1;
  PeriodAct act = PeriodAct::Lock;
  Month month;           ///< locked up to, opened from
  Instant until{};       ///< of an opening
  FacilityKey place;     ///< on whose behalf
  Instant at;
  std::string actor, reason;
};
/// Oldest first.
std::vector<StoredPeriodAct> load_period_acts(Tx& tx, FacilityKey facility);
void insert_period_act(Tx& tx, FacilityKey facility, const StoredPeriodAct& act);

/// When a facility's complete reports send themselves: on this day of the month after, from this hour on.
struct StoredSending {
  FacilityKey facility;
  bool enabled = false;
  std::int32_t day = 5, hour = 8;
  Month settled{};     ///< the last month that needs no more looking
  Instant at{};
  std::string actor;
};
std::optional<StoredSending> find_sending(Tx& tx, FacilityKey facility);
/// Keeps what was settled before.
void put_sending(Tx& tx, const StoredSending& sending);
/// Those that are on and were last looked at before `before`, whoever waits longest first.
std::vector<StoredSending> load_due_sendings(Tx& tx, Instant before, std::int64_t limit);
void mark_sending(Tx& tx, FacilityKey facility, Instant looked_at, Month settled);

std::span<const Sql* const> period_statements();

}  // namespace pilar::store
