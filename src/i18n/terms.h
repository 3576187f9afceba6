#pragma once
#include <string_view>

#include "i18n/lang.h"

namespace pilar {

/// A term of a calculation's schema in the reader's language. The schemas themselves are English, for programs; a term that is not
/// listed stays as it is.
std::string_view term(Lang lang, std::string_view english);
/// Whether it is listed.
bool is_term(std::string_view english);

}  // namespace pilar
