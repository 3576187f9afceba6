#include "i18n/messages.h"

#include <algorithm>
#include <array>

#include "base/time.h"
#include "i18n/format.h"
#include "i18n/words/answer.h"

using namespace std::string_view_literals;

namespace pilar {
namespace Msg {

#define MSG(key, id, en) extern const MessageLine key##Line;
#include "i18n/words/all.def"
#undef MSG
// As literals with their lengths: counting these at compile time is more than compilers allow themselves.
#define MSG(key, id, en) constexpr MessageLine key##Line{#key ""sv, id ""sv, en ""sv};
#include "i18n/words/all.def"
#undef MSG

}  // namespace Msg
namespace {

constexpr Message kAll[] = {
#define MSG(key, id, en) {&Msg::key##Line},
#include "i18n/words/all.def"
#undef MSG
};

constexpr std::string_view kOpen = "[[", kClose = "]]";  // around a part that may be left out

/// The n of a mark {n} that stands there; npos where none does.
constexpr std::size_t mark_at(std::string_view text, std::size_t at) {
  const bool is_mark = at + 2 < text.size() && text[at] == '{' && text[at + 1] >= '0' && text[at + 1] <= '9' && text[at + 2] == '}';
  return is_mark ? static_cast<std::size_t>(text[at + 1] - '0') : std::string_view::npos;
}

/// Bit n is set when the text holds {n}.
constexpr unsigned marks(std::string_view text) {
  unsigned seen = 0;
  for (auto i = text.find('{'); i != text.npos; i = text.find('{', i + 1))
    if (const auto n = mark_at(text, i); n != text.npos) seen |= 1U << n;
  return seen;
}

/// Marks of the parts that may be left out; all bits where such a part has no end or no mark of its own.
constexpr unsigned part_marks(std::string_view text) {
  unsigned seen = 0;
  for (auto at = text.find(kOpen); at != text.npos; at = text.find(kOpen, at)) {
    const auto end = text.find(kClose, at);
    const auto inside = end == text.npos ? 0U : marks(text.substr(at, end - at));
    if (inside == 0) return ~0U;
    seen |= inside;
    at = end;
  }
  return seen;
}

constexpr bool complete(std::string_view id, std::string_view en) {
  if (id.empty() || en.empty() || marks(id) != marks(en)) return false;
  return part_marks(id) == part_marks(en) && part_marks(id) != ~0U;
}
#define MSG(key, id, en) static_assert(complete(id, en), #key " lacks a language, or its languages differ in their {n} marks or [[parts]]");
#include "i18n/words/all.def"
#undef MSG

std::string filled(std::string_view words, std::span<const std::string> args) {
  std::string out;
  for (std::size_t i = 0; i < words.size(); ++i) {
    const auto n = mark_at(words, i);
    if (n == words.npos) {
      out += words[i];
      continue;
    }
    if (n < args.size()) out += args[n];
    i += 2;
  }
  return out;
}

bool has_all(std::string_view part, std::span<const std::string> args) {
  const auto needed = marks(part);
  for (std::size_t n = 0; n < 10; ++n)
    if ((needed >> n & 1U) != 0 && (n >= args.size() || args[n].empty())) return false;
  return true;
}

constexpr std::string_view kDayArg =
                               "\x1f"
                               "day:",
                           kMonthArg =
                               "\x1f"
                               "month:";  // a control character, which nobody types

std::string worded(Lang lang, std::string arg) {
  const std::string_view text = arg;
  if (text.starts_with(kDayArg))
    if (const auto day = parse_day(text.substr(kDayArg.size()))) return format::date(lang, *day);
  if (text.starts_with(kMonthArg))
    if (const auto month = parse_month(text.substr(kMonthArg.size()))) return format::month(lang, *month);
  return arg;
}

const MessageLine& line_of(Message message) {
  require(message.line != nullptr, "a message is one of the program's");
  return *message.line;
}

/// Problems that carry a moment, as base/time.h writes it: the reader gets it in words.
constexpr std::array kWithMoment{Msg::RecordFuture, Msg::RecordTooOld, Msg::AnswerFuture};

/// The moment in its own zone; any other text as it is.
std::string moment_words(Lang lang, const std::string& text) {
  const auto at = parse_instant(text);
  if (!at) return text;
  for (const auto zone : {Zone::Wib, Zone::Wita, Zone::Wit})
    if (iso(*at, zone) == text) return format::moment(lang, *at, zone);
  return text;
}

}  // namespace

std::string_view say(Lang lang, Message message) {
  const auto& line = line_of(message);
  return lang == Lang::Id ? line.id : line.en;
}

std::string say(Lang lang, Message message, std::span<const std::string> args) {
  auto words = say(lang, message);
  std::string out;
  for (auto at = words.find(kOpen); at != words.npos; at = words.find(kOpen)) {
    const auto end = words.find(kClose, at);
    const auto part = words.substr(at + kOpen.size(), end - at - kOpen.size());
    out += filled(words.substr(0, at), args);
    if (has_all(part, args)) out += filled(part, args);
    words.remove_prefix(end + kClose.size());
  }
  return out + filled(words, args);
}

std::string say(Lang lang, Message message, std::initializer_list<std::string> args) {
  return say(lang, message, std::span<const std::string>(args.begin(), args.size()));
}

std::string say(Lang lang, const Problem& problem) {
  auto args = problem.args;
  const bool moments = std::ranges::find(kWithMoment, problem.message) != kWithMoment.end();
  for (auto& arg : args) arg = moments ? moment_words(lang, arg) : worded(lang, std::move(arg));
  return say(lang, problem.message, args);
}

std::string day_arg(Day day) { return std::string(kDayArg) + iso(day); }
std::string month_arg(Month month) { return std::string(kMonthArg) + iso(month); }

std::string_view key_of(Message message) { return line_of(message).key; }

std::span<const Message> all_messages() { return kAll; }

}  // namespace pilar
