#pragma once
#include <string>

#include "base/json.h"
#include "i18n/lang.h"
#include "web/html.h"

namespace pilar::web {

/// A computed figure with at most six significant digits, whole numbers in full.
std::string figure_words(Lang lang, double value);

/// The answer of a method as tables, whatever its shape: single figures with what they mean, arrays side by side, objects row by row.
/// `schema` explains the keys ("x-output").
void draw_calc_result(html::Out& o, Lang lang, const json::Value& schema, const json::Value& body);

}  // namespace pilar::web
