#pragma once
#include <string_view>

#include "base/json.h"
#include "i18n/lang.h"
#include "web/html.h"

namespace pilar::web {

/// Whether the method's answer holds a row of figures that is drawn as bars.
bool has_calc_bars(std::string_view method);
/// Name, figure and bar from zero, line below line. Nothing where the answer has no such figure above zero.
void draw_calc_bars(html::Out& o, Lang lang, std::string_view method, const json::Value& body);

}  // namespace pilar::web
