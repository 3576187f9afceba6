#pragma once
#include <cstdint>
#include <string_view>

#include "web/forms.h"
#include "web/route.h"

/// The month that an address names, "bulan=2026-10": read and offered in one way by every page that shows one month. Nobody is shown
/// another month than the one they asked for.
namespace pilar::web {

/// Problem, of the field "bulan": the text is no month.
Result<Month> read_month(std::string_view text);
/// The month that the address (of a form: its fields) of a page about the place asks for; where it names none, the one so many months
/// before the running one there. Problems, of the field "bulan": it is no month, or one that has not begun.
Result<Month> read_asked_month(const Visit& visit, const Node& place, std::int32_t usually_back = 1);
/// The choice of a month: the running one and those before it, and the one that is shown where it is older.
Filter month_choice(Lang lang, Month shown, Month running);

}  // namespace pilar::web
