#pragma once
#include <string>

#include "domain/answer.h"
#include "domain/instrument.h"
#include "i18n/lang.h"

namespace pilar::web {
/// An answer as people read it: the option's label, a number with its unit, a day, or which kind of nothing it is.
std::string answer_words(Lang lang, const Item& item, const Answer& answer, Zone zone);
/// How the item is answered, in words: "1 Sangat buruk · 2 Buruk ...", "Angka (menit)".
std::string kind_words(Lang lang, const Item& item);
}  // namespace pilar::web
