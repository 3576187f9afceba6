#pragma once
#include "app/validation.h"

namespace pilar::app {

/// Compares both answers of every record that was filled in again. `line` is the indicator as it is now; null where it is gone, then
/// there is no kappa of what it counts.
ValidationReading compare_validated(const Reference& reference, const KamusLine* line, const std::vector<store::StoredValidated>& records);

}  // namespace pilar::app
