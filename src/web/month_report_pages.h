#pragma once
#include <span>

#include "web/route.h"

namespace pilar::web {

/// A facility's monthly indicator reports: the cards of its months, and one report to be analysed, sent, accepted or returned.
std::span<const Route> month_report_routes();

}  // namespace pilar::web
