#pragma once
#include "cli/command.h"

namespace pilar::cli {

/// Says what every check found. Exit::Found when one failed; a warning alone is no failure.
Result<Exit> doctor(const Invocation& invocation);

/// Makes the cells of one facility or of all again from their records, after saying what is different; --dry-run only says it.
Result<Exit> rebuild(const Invocation& invocation);

}  // namespace pilar::cli
