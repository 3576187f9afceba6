#pragma once
#include <span>
#include <string>

#include "web/route.h"

namespace pilar::web {

/// The recap of a year's indicators, INM above all: of a facility, or over all facilities below an office.
std::span<const Route> indicator_recap_routes();
/// "/indikator/rekap?tempat=melati".
std::string indicator_recap_href(const Node& place);

}  // namespace pilar::web
