#pragma once
#include <string_view>
#include <vector>

#include "domain/instrument.h"

namespace pilar::app {

/// The packs built into the program, read once. A fault in one of them is a Bug.
const std::vector<Instrument>& shipped_instruments();
/// The one with exactly this text; null where none has it.
const Instrument* find_shipped(std::string_view content);

}  // namespace pilar::app
