#pragma once
#include <cstdint>
#include <initializer_list>
#include <span>
#include <string>
#include <string_view>

#include "base/result.h"
#include "base/time.h"
#include "i18n/lang.h"

namespace pilar {

/// A sentence of the program: its key, and its words in both languages. They stand in i18n/words/TOPIC.def, Indonesian first, and whoever
/// says one includes i18n/words/TOPIC.h, so that a new sentence concerns those of its topic alone.
struct MessageLine {
  std::string_view key, id, en;
};

/// The message with {0}, {1} ... filled in. A missing argument leaves its mark out; a part in [[ ]] is left out whole where an
/// argument of it is missing or empty.
std::string say(Lang lang, Message message, std::span<const std::string> args);
std::string say(Lang lang, Message message, std::initializer_list<std::string> args);
std::string_view say(Lang lang, Message message);
/// A day or month among its arguments (day_arg, month_arg) is worded as people read it in `lang`.
std::string say(Lang lang, const Problem& problem);
/// A problem carries a day or month without knowing who will read it.
std::string day_arg(Day day);
std::string month_arg(Month month);

/// The name of the key, for tests and for the API's problem type.
std::string_view key_of(Message message);
/// Every message there is.
std::span<const Message> all_messages();

}  // namespace pilar
