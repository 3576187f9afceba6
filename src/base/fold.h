#pragma once
#include <string>
#include <string_view>
#include <vector>

namespace pilar {

/// A text as searches compare it: small letters, without accents ("Café" and "CAFÉ" are "cafe", whether the accent is part of the
/// letter or follows it), ligatures spelled out, typographic quotes and dashes as typed ones, white space as one blank. Latin letters
/// up to U+024F and of U+1E00 to U+1EFF; others stay. Well-formed UTF-8 in and out; never longer than the text.
std::string fold_text(std::string_view text);

/// What a search box asks for, folded: words, and between double quotes words in a row. A quote that is not closed goes to the end.
std::vector<std::string> search_phrases(std::string_view asked);

}  // namespace pilar
