#pragma once
#include <string_view>

#include "base/json.h"
#include "i18n/lang.h"
#include "web/html.h"

namespace pilar::web {

/// Whether the method's answer is also drawn.
bool has_calc_picture(std::string_view method);
/// What says more than the table: control chart, funnel, intervals, quadrants, waiting, build-up of a premium, matrix of risks, bars. All
/// figures are those of the answer; `input` says how large the groups of a funnel are, and a sample is computed for other margins too.
void draw_calc_picture(html::Out& o, Lang lang, std::string_view method, const json::Value& input, const json::Value& body);

}  // namespace pilar::web
