#pragma once
#include <span>
#include <string_view>
#include <vector>

#include "app/context.h"
#include "app/demo_calendar.h"
#include "app/record.h"

namespace pilar::app::demo {

/// The one that has no number for one of its sasaran this year, and the one whose projections were replaced by a count in April.
inline constexpr std::string_view kLacksOne = "soka-contoh", kCountedAnew = "melati-contoh", kOverTarget = "kenanga-contoh";

/// What a Puskesmas reports for the SPM in that month: its yearly targets in January and in the first month of the demonstration, and,
/// once a month is over, how many were served.
std::vector<NewRecord> spm_records_of(const Chapter& chapter, const Reference& reference);

/// Says where the yearly targets of these facilities (in the order of characters()) come from.
void add_yearly_origins(Context& context, std::span<const FacilityKey> facilities);

}  // namespace pilar::app::demo
