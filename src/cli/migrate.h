#pragma once
#include "cli/command.h"

namespace pilar::cli {

/// Brings the schema up to date, making the store where there is none, and installs the shipped instruments. With --dry-run it
/// says which steps would run.
Result<Exit> migrate(const Invocation& invocation);

}  // namespace pilar::cli
