#pragma once
#include "cli/command.h"

namespace pilar::cli {

/// Records as CSV, to a file that appears when it is whole, or to standard output.
Result<Exit> export_file(const Invocation& invocation);

}  // namespace pilar::cli
