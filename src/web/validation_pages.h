#pragma once
#include <expected>
#include <span>

#include "app/validation.h"
#include "web/route.h"

namespace pilar::web {

/// Validations of a facility's indicators: their list, the rule, beginning one, its sample and its result.
std::span<const Route> validation_routes();
/// Filling a drawn record in again, without its first answers.
std::span<const Route> validation_fill_routes();
/// How a place draws and judges its samples.
std::span<const Route> validation_rule_routes();
/// The validation of the address, or the page that says why not.
std::expected<app::ValidationView, http::Reply> find_validation_view(const Visit& visit);

}  // namespace pilar::web
