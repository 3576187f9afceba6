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

/// Every sentence of the program, one key each. The words stand in i18n/words/*.def, Indonesian first.
enum class Msg : std::uint16_t {
#define MSG(key, id, en) key,
#include "i18n/words/all.def"
#undef MSG
};

/// The message with {0}, {1} ... filled in. A missing argument leaves its mark out; a part in [[ ]] is left out whole where an
/// argument of it is missing or empty.
std::string say(Lang lang, Msg message, std::span<const std::string> args);
std::string say(Lang lang, Msg message, std::initializer_list<std::string> args);
std::string_view say(Lang lang, Msg message);
/// A day or month among its arguments (day_arg, month_arg) is worded as people read it in `lang`.
std::string say(Lang lang, const Problem& problem);
/// A problem carries a day or month without knowing who will read it.
std::string day_arg(Day day);
std::string month_arg(Month month);

/// The name of the key, for tests and for the API's problem type.
std::string_view key_of(Msg message);
std::size_t message_count();

}  // namespace pilar
