#pragma once
#include <iosfwd>
#include <string>

#include "i18n/lang.h"

namespace pilar {

/// The words of `pilar calc METHOD [FILE]`, `pilar calc --list` and `pilar calc METHOD --schema`.
struct CalcCommand {
  std::string method{};
  std::string file{};  ///< empty or "-" is standard input
  bool list = false, schema = false;
  Lang lang = Lang::Id;  ///< of messages
};

/// Runs it. Exit code 0 with the result on `out`; 2 with {"error":...} on `out` when the input makes no sense; 1 with a line on
/// `err` when the file cannot be read.
int calc_command(const CalcCommand& command, std::istream& in, std::ostream& out, std::ostream& err);

}  // namespace pilar
