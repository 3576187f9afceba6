#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "cli/command.h"

namespace pilar::cli {

/// What was typed, split into the command and the rest.
struct Typed {
  std::string command{};            ///< the words before the first option that can name a command; may be unknown
  std::vector<std::string> rest{};  ///< options and arguments
};
/// Options before the command move behind it, so that `pilar --bahasa en serve` is `pilar serve --bahasa en`.
Typed split_command(const std::vector<std::string>& words, std::span<const Command> commands);

const Command* find_command(std::span<const Command> commands, std::string_view name);

/// The value of every option, fallbacks included but for settings, which may come from elsewhere. Problems: an option nobody knows (the
/// nearest is named), a missing value, a missing argument, a word too many.
using Values = std::map<std::string, std::string, std::less<>>;
Result<Values> parse_options(std::span<const Option> own, std::span<const Option> common, const std::vector<std::string>& rest);

}  // namespace pilar::cli
