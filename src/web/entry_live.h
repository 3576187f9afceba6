#pragma once
#include <string>

#include "domain/instrument.h"

namespace pilar::web {

/// What a browser needs to follow the form while it is filled in (frontend/src/live.ts), as JSON: each item with its type, limits
/// and compiled expressions, and the words it may have to say. The server judges again whatever it shows.
std::string live_form(Lang lang, const Instrument& form, Zone zone);

}  // namespace pilar::web
