#pragma once
#include <cstddef>
#include <stop_token>

#include "app/context.h"

/// Series that are defined when records exist already are counted backwards, newest day first, while writes go on; nothing is counted
/// twice or missed.
namespace pilar::app {

/// So many records are counted at once, outside of any writing transaction.
inline constexpr std::size_t kFillRecords = 20'000;

/// Counts up to `records` earlier records (at least a day's) of the first facility that has a late series. False when every series is
/// filled.
bool fill_step(Context& context, std::size_t records = kFillRecords);

/// Fills every late series everywhere, several facilities at once, or stops between two steps when it is asked to. Gives way to other
/// threads.
void fill_all(Context& context, const std::stop_token& stopping);

}  // namespace pilar::app
