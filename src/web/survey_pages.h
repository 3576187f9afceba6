#pragma once
#include <span>

#include "web/route.h"

namespace pilar::web {
/// What a participant sees: the form behind a QR code, and the thanks.
std::span<const Route> survey_routes();
/// What staff see: the surveys of a place with their addresses, and the sheet of QR codes.
std::span<const Route> survey_staff_routes();
}  // namespace pilar::web
