#pragma once
#include "web/result_parts.h"

namespace pilar::web {

/// Below a control chart: its kind and rules to choose from, why it is this one and when another fits better, why its limits wobble, what
/// to do when a sign appears, and the ways to lay down notes and lines. Nothing where there is no control chart.
void draw_control_guide(html::Out& o, const ResultPage& page);

}  // namespace pilar::web
