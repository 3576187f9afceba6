#pragma once
#include "app/today.h"
#include "web/components.h"

namespace pilar::web {

/// The few results that matter to the reader, each with its small control chart and what it says.
void draw_results_of(html::Out& o, Lang lang, const app::Today& today);
/// How each unit of a facility answers this month.
void draw_units_of(html::Out& o, Lang lang, const app::Today& today);

}  // namespace pilar::web
