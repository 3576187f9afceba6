#include "cli/help.h"

#include <algorithm>
#include <ostream>

#include "base/text.h"
#include "cli/commands.h"
#include "i18n/words/command.h"

namespace pilar::cli {
namespace {

struct Line {
  std::string left, right;
};

void print_lines(std::ostream& out, Lang lang, Message heading, const std::vector<Line>& lines) {
  if (lines.empty()) return;
  std::size_t width = 0;
  for (const auto& line : lines) width = std::max(width, code_points(line.left));
  out << '\n' << say(lang, heading) << '\n';
  for (const auto& [left, right] : lines) out << "  " << left << std::string(width + 2 - code_points(left), ' ') << right << '\n';
}

std::vector<Line> lines_of(Lang lang, std::span<const Option> options, bool arguments) {
  std::vector<Line> lines;
  for (const auto& option : options) {
    if (option.argument != arguments) continue;
    auto words = std::string(option.setting ? app::first_sentence(say(lang, option.words)) : say(lang, option.words));
    if (!option.fallback.empty()) words += " " + say(lang, Msg::CommandFallback, {std::string(option.fallback)});
    lines.push_back({option.shown(), std::move(words)});
  }
  return lines;
}

}  // namespace

void print_help(std::ostream& out, Lang lang) {
  out << say(lang, Msg::CommandAbout) << "\n\n" << say(lang, Msg::CommandUsage) << '\n';
  std::vector<Line> lines;
  for (const auto& command : commands()) lines.push_back({std::string(command.name), std::string(say(lang, command.words))});
  print_lines(out, lang, Msg::CommandCommands, lines);
  print_lines(out, lang, Msg::CommandCommonOptions, lines_of(lang, common_options(), false));
  lines.clear();
  for (const auto& [code, words] : exit_codes()) lines.push_back({std::to_string(static_cast<int>(code)), std::string(say(lang, words))});
  print_lines(out, lang, Msg::CommandExitCodes, lines);
}

void print_help(std::ostream& out, Lang lang, const Command& command) {
  out << say(lang, command.words) << "\n\npilar " << command.name;
  for (const auto& option : command.options)
    if (option.argument || option.required) out << ' ' << (option.required ? option.shown() : "[" + option.shown() + "]");
  out << '\n';
  print_lines(out, lang, Msg::CommandArguments, lines_of(lang, command.options, true));
  print_lines(out, lang, Msg::CommandOptions, lines_of(lang, command.options, false));
  print_lines(out, lang, Msg::CommandCommonOptions, lines_of(lang, common_options(), false));
}

}  // namespace pilar::cli
