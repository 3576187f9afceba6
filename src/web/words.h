#pragma once
#include <string>

#include "i18n/messages.h"

namespace pilar::web {
/// A sentence without marks to fill in, as a text of its own.
inline std::string words(Lang lang, Message message) { return std::string(say(lang, message)); }
}  // namespace pilar::web
