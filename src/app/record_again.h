#pragma once
#include <optional>

#include "app/record.h"

/// A change that is sent again because its answer got lost is recognised, so that a program may repeat whatever it is not sure of.
namespace pilar::app {

/// The correction as it was saved before: the same content, by the same actor, for the same reason, on the same revision.
std::optional<Saved> find_repeated(Context& context, const Scope& scope, const Correction& correction);

/// The voiding as it was saved before.
std::optional<Saved> find_repeated_voiding(Context& context, const Scope& scope, FacilityKey facility, const Uuid& id,
                                           std::int32_t expected_revision, const std::string& reason);

}  // namespace pilar::app
