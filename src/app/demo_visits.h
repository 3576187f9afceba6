#pragma once
#include <cstdint>
#include <vector>

#include "app/demo_calendar.h"
#include "app/record.h"
#include "app/reference.h"

namespace pilar::app::demo {

/// How many came in a month.
struct Served {
  std::int64_t visits = 0, stays = 0;
};

/// The registers of one facility's month, from a seed of their own: a line for every visit with the steps of its queue, for six in ten
/// served outpatients a prescription with the same times, and for one in eight, but at practices, a laboratory examination. How long
/// people wait follows from the facility's character, the hour and the weekday. Of today, only what is over already.
std::vector<NewRecord> registers_of(const Chapter& chapter, const Reference& reference, const Calendar& calendar, const Served& served);

}  // namespace pilar::app::demo
