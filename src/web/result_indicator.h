#pragma once
#include <optional>

#include "app/indicator.h"
#include "web/result_parts.h"

namespace pilar::web {

/// The kamus of the facility the page is about; empty elsewhere, and where the page shows no measure.
std::optional<app::KamusView> kamus_behind(const Visit& visit, const ResultPage& page);
/// The indicators that the facility reads from the measure shown: target, person in charge, and what is done to reach it.
void draw_indicators_of(html::Out& o, const ResultPage& page, const std::optional<app::KamusView>& kamus);

}  // namespace pilar::web
