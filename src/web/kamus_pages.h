#pragma once
#include <span>

#include "web/route.h"

namespace pilar::web {

/// The kamus indikator: its list, the coverage of dimensions, one entry and how a facility uses it, and its editor.
std::span<const Route> kamus_routes();
std::span<const Route> kamus_entry_routes();
std::span<const Route> kamus_edit_routes();
/// Every indicator that a facility uses, with its value and what its control chart says.
std::span<const Route> indicator_routes();
/// Numbers counted by hand, and indicators of single officers.
std::span<const Route> daily_count_routes();
std::span<const Route> officer_routes();

}  // namespace pilar::web
