#pragma once
#include <cstddef>
#include <optional>
#include <string>

#include "app/context.h"
#include "base/result.h"
#include "domain/access.h"

/// Reports that send themselves: what a facility has set, and the round that does it.
namespace pilar::app {

/// Who such a report was sent by.
inline constexpr std::string_view kSentByItself = "otomatis";

/// A report is sent on this day of the month after, from this hour of the facility on, once it is complete and every missed target is
/// explained.
struct MonthSending {
  bool enabled = false;
  int day = 5;   ///< 1 to 28, which every month has
  int hour = 8;  ///< 0 to 23
  std::optional<Instant> at{};  ///< when it was set; empty: never
  std::string actor{};          ///< who set it
};
/// Problem without the right to see results there.
Result<MonthSending> read_month_sending(Context& context, const Scope& scope, FacilityKey facility);
/// `seen`: MonthSending::at of the setting it was typed over, 0 for none; empty: whatever it is. Problems: no right to send reports there,
/// a day or an hour that does not exist, or somebody was faster (Conflict).
Result<void> set_month_sending(Context& context, const Scope& scope, FacilityKey facility, const MonthSending& sending,
                               std::optional<Instant> seen = {});

/// When the report of `month` is due to send itself.
Instant sending_time(const MonthSending& sending, Month month, Zone zone);

/// Looks at up to `limit` facilities whose report of the last month is due, each at most once an hour, and sends what is ready. What is not
/// ready waits for the next round; nothing is ever sent of an earlier month. Returns how many were sent.
std::size_t send_due_months(Context& context, std::size_t limit);

}  // namespace pilar::app
