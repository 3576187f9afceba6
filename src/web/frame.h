#pragma once
#include <string>
#include <string_view>

#include "web/layout.h"
#include "web/route.h"

namespace pilar::web {

/// The places of the bar, in its order.
enum class Place : std::uint8_t { Home, Region, Indicators, Entry, Surveys, Imports, Instruments, Places, People, Audit, Other };

/// A staff page as this visit sees it: bar, language switch and person filled in; the caller adds the rest.
StaffPage staff_page(const Visit& visit, Place place, std::string title);
/// This address with another language.
std::string other_language_href(const http::Request& request, Lang lang);
/// "21 November 2026 08.15 WIB".
std::string as_of(Lang lang, Instant at, Zone zone);
/// Where this person is at home; western Indonesia for who has no role.
Zone home_zone(const Visit& visit);
/// Hidden field that every posted staff form carries.
void draw_csrf(html::Out& o, const Visit& visit);

}  // namespace pilar::web
