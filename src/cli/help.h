#pragma once
#include <iosfwd>

#include "cli/command.h"

namespace pilar::cli {

/// All commands with their lines, the options for all of them, and the exit codes.
void print_help(std::ostream& out, Lang lang);
/// One command with its arguments and options.
void print_help(std::ostream& out, Lang lang, const Command& command);

}  // namespace pilar::cli
