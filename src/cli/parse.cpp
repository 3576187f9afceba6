#include "cli/parse.h"

#include <CLI/CLI.hpp>
#include <algorithm>

#include "base/text.h"
#include "i18n/words/command.h"

namespace pilar::cli {
namespace {

bool is_option(std::string_view word) { return word.size() > 1 && word.front() == '-'; }

/// The command that the first words name; the longest one where one name begins another.
std::size_t words_of_command(const std::vector<std::string>& words, std::span<const Command> commands) {
  if (words.empty() || is_option(words[0])) return 0;
  if (words.size() > 1 && !is_option(words[1])) {
    const auto group = words[0] + " ";
    const bool is_group = std::ranges::any_of(commands, [&](const auto& command) { return command.name.starts_with(group); });
    if (is_group) return 2;
  }
  return 1;
}

Problem unknown_word(const std::string& word, const std::vector<Option>& options) {
  if (!is_option(word)) return {Problem::Kind::Invalid, Msg::CommandExtraWord, {}, {word}};
  std::vector<std::string> names;
  for (const auto& option : options)
    if (!option.argument) names.push_back("--" + std::string(option.name));
  const std::vector<std::string_view> views(names.begin(), names.end());
  const auto close = nearest(word, views);
  if (close.empty()) return {Problem::Kind::Invalid, Msg::CommandUnknownOption, {}, {word}};
  return {Problem::Kind::Invalid, Msg::CommandNearestOption, {}, {word, std::string(close)}};
}

/// CLI11 says which option it is about before a colon.
Problem parse_problem(const CLI::ParseError& error) {
  const std::string what = error.what();
  return {Problem::Kind::Invalid, Msg::CommandNeedsValue, {}, {what.substr(0, what.find(':'))}};
}

/// First an option that nobody knows, because the words behind it may be its value.
std::optional<Problem> check_remaining(const std::vector<std::string>& remaining, const std::vector<Option>& options) {
  if (remaining.empty()) return {};
  const auto option = std::ranges::find_if(remaining, is_option);
  return unknown_word(option != remaining.end() ? *option : remaining.front(), options);
}

}  // namespace

Typed split_command(const std::vector<std::string>& words, std::span<const Command> commands) {
  Typed typed;
  std::size_t at = 0;
  for (; at < words.size() && is_option(words[at]); ++at) {
    typed.rest.push_back(words[at]);
    if (words[at] == "--bahasa" && at + 1 < words.size()) typed.rest.push_back(words[++at]);
  }
  const std::vector<std::string> left(words.begin() + static_cast<std::ptrdiff_t>(at), words.end());
  const auto count = words_of_command(left, commands);
  for (std::size_t i = 0; i < count; ++i) typed.command += (i == 0 ? "" : " ") + left[i];
  typed.rest.insert(typed.rest.end(), left.begin() + static_cast<std::ptrdiff_t>(count), left.end());
  return typed;
}

const Command* find_command(std::span<const Command> commands, std::string_view name) {
  const auto at = std::ranges::find(commands, name, &Command::name);
  return at == commands.end() ? nullptr : &*at;
}

Result<Values> parse_options(std::span<const Option> own, std::span<const Option> common, const std::vector<std::string>& rest) {
  std::vector<Option> options(own.begin(), own.end());
  options.insert(options.end(), common.begin(), common.end());
  CLI::App app;
  app.set_help_flag();
  app.allow_extras();
  Values given;
  std::map<std::string_view, bool> flags;
  for (const auto& option : options) {
    const auto name = (option.argument ? "" : "--") + std::string(option.name);
    if (option.value.empty() && !option.argument)
      app.add_flag(name, flags[option.name]);
    else
      app.add_option(name, given[std::string(option.name)]);
  }
  try {
    app.parse(std::vector<std::string>(rest.rbegin(), rest.rend()));
  } catch (const CLI::ParseError& error) { return refuse(parse_problem(error)); }
  if (auto problem = check_remaining(app.remaining(), options)) return refuse(*std::move(problem));
  Values values;
  for (const auto& option : options) {
    auto text = flags[option.name] ? std::string("1") : given[std::string(option.name)];
    if (text.empty() && !option.setting) text = option.fallback;
    if (text.empty() && option.required) return refuse(Msg::CommandMissing, {}, {option.shown()});
    if (!text.empty()) values.emplace(option.name, std::move(text));
  }
  return values;
}

}  // namespace pilar::cli
