#pragma once
#include <string>

#include "i18n/lang.h"

namespace pilar::web {

/// Every component of the staff pages once, with made-up content: where the look is judged and the browser tests look.
std::string draw_style_page(Lang lang);
/// The same for the public pages.
std::string draw_public_style_page(Lang lang);

}  // namespace pilar::web
