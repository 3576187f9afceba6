#pragma once
#include "cli/command.h"

namespace pilar::cli {
/// Reads a CSV file as records: a dry run with counts and faults first, then, where nothing is refused, the writing.
Result<Exit> import_file(const Invocation& invocation);
}  // namespace pilar::cli
