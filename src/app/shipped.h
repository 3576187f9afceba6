#pragma once
#include <string_view>
#include <vector>

#include "domain/instrument.h"
#include "interchange/import_profile.h"

namespace pilar::app {

/// The packs built into the program, read once. A fault in one of them is a Bug.
const std::vector<Instrument>& shipped_instruments();
/// The one with exactly this text; null where none has it.
const Instrument* find_shipped(std::string_view content);

/// Profiles of imports in the shape of exports that are common in Indonesia: P-Care, SIMPUS, antrean online. A fault is a Bug.
const std::vector<ImportProfile>& shipped_profiles();

}  // namespace pilar::app
