#pragma once
#include <span>

#include "web/route.h"

namespace pilar::web {

/// The kamus, values and monthly reports of indicators for programs.
std::span<const Route> api_indicator_routes();
/// The same for DHIS2 and as FHIR Measure and MeasureReport.
std::span<const Route> api_exchange_routes();

}  // namespace pilar::web
