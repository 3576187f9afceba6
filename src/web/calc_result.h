#pragma once
#include <string>
#include <string_view>

#include "base/json.h"
#include "i18n/lang.h"
#include "web/html.h"

namespace pilar::web {

/// A computed figure with at most six significant digits, whole numbers in full.
std::string figure_words(Lang lang, double value);

/// The answer of a method as tables, whatever its shape: single figures with what they mean, arrays side by side, objects row by row,
/// under the names that people have for them. `schema` explains the keys ("x-output").
void draw_calc_result(html::Out& o, Lang lang, std::string_view method, const json::Value& schema, const json::Value& body);

}  // namespace pilar::web
