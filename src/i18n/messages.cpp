#include "i18n/messages.h"

#include <array>

namespace pilar {
namespace {

struct Line {
  std::string_view key, id, en;
};

constexpr Line kLines[] = {
#define MSG(key, id, en) {#key, id, en},
#include "i18n/words/all.def"
#undef MSG
};

/// Bit n is set when the text holds {n}.
constexpr unsigned marks(std::string_view text) {
  unsigned seen = 0;
  for (std::size_t i = 0; i + 2 < text.size(); ++i)
    if (text[i] == '{' && text[i + 1] >= '0' && text[i + 1] <= '9' && text[i + 2] == '}') seen |= 1U << unsigned(text[i + 1] - '0');
  return seen;
}

constexpr bool complete() {
  for (const auto& line : kLines)
    if (line.id.empty() || line.en.empty() || marks(line.id) != marks(line.en)) return false;
  return true;
}
static_assert(complete(), "a message lacks a language, or its languages differ in their {n} marks");

const Line& line_of(Msg message) {
  const auto index = static_cast<std::size_t>(message);
  require(index < std::size(kLines), "message key is known");
  return kLines[index];
}

}  // namespace

std::string_view say(Lang lang, Msg message) {
  const auto& line = line_of(message);
  return lang == Lang::Id ? line.id : line.en;
}

std::string say(Lang lang, Msg message, std::span<const std::string> args) {
  const auto words = say(lang, message);
  std::string out;
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (words[i] == '{' && i + 2 < words.size() && words[i + 2] == '}' && words[i + 1] >= '0' && words[i + 1] <= '9') {
      const auto n = static_cast<std::size_t>(words[i + 1] - '0');
      if (n < args.size()) out += args[n];
      i += 2;
    } else {
      out += words[i];
    }
  }
  return out;
}

std::string say(Lang lang, Msg message, std::initializer_list<std::string> args) {
  return say(lang, message, std::span<const std::string>(args.begin(), args.size()));
}

std::string say(Lang lang, const Problem& problem) { return say(lang, problem.message, problem.args); }

std::string_view key_of(Msg message) { return line_of(message).key; }

std::size_t message_count() { return std::size(kLines); }

}  // namespace pilar
