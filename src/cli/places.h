#pragma once
#include "cli/command.h"

namespace pilar::cli {
/// Adds and changes places from a CSV file or a workbook: what it would do first, then, where nothing is refused, the writing.
Result<Exit> import_places(const Invocation& invocation);
/// Writes all places as a file that import_places() reads.
Result<Exit> export_places(const Invocation& invocation);
}  // namespace pilar::cli
