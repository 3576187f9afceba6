#pragma once
#include <optional>

#include "web/layout.h"
#include "web/route.h"

/// A guided tour through the demonstration: each step is a page with a box that says what is to be seen there.
namespace pilar::web {

/// The box of the step in the address (?tur=2); empty without one, and where the data is no demonstration.
std::optional<TourStep> tour_step(const Visit& visit);
/// An invitation to the tour; nothing where the data is no demonstration.
void draw_tour_start(html::Out& o, const Visit& visit);

}  // namespace pilar::web
