#pragma once
#include <iosfwd>
#include <span>
#include <string>
#include <vector>

#include "base/result.h"
#include "cli/command.h"

namespace pilar::cli {

/// Every command, in the order in which help lists them.
std::span<const Command> commands();
/// Options that every command knows.
std::span<const Option> common_options();

struct ExitCode {
  Exit code;
  Message words;
};
std::span<const ExitCode> exit_codes();

/// What surrounds the program: its environment's language and its three streams.
struct Surroundings {
  std::string lang{};  ///< LANG
  std::istream& in;
  std::ostream& out;
  std::ostream& err;
  const Clock& clock;
  std::vector<std::string> environment{};  ///< "PILAR_PORT=8080", every variable that begins with PILAR_
};

/// Runs `words` (without the program's name) and returns the exit code. Throws nothing: a Fault is one line on `err`.
int run(const std::vector<std::string>& words, const Surroundings& around);

}  // namespace pilar::cli
