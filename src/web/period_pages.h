#pragma once
#include <span>
#include <string>

#include "app/period_lock.h"
#include "web/route.h"

namespace pilar::web {

/// Which months of a facility are locked, and locking and opening them.
std::span<const Route> period_routes();
/// "/indikator/kunci?tempat=melati".
std::string period_href(const Node& facility);
/// "Terkunci sampai September 2026"; empty where nothing is locked.
std::string locked_words(Lang lang, const app::PeriodView& period);

}  // namespace pilar::web
