#pragma once
#include "cli/command.h"

namespace pilar::cli {

/// Fills an empty store with the demonstration and says its passwords, once.
Result<Exit> demo(const Invocation& invocation);

}  // namespace pilar::cli
