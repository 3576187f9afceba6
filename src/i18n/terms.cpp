#include "i18n/terms.h"

#include <algorithm>

namespace pilar {
namespace {

struct Term {
  std::string_view english, indonesian;
};
constexpr Term kTerms[] = {
#define TERM(english, indonesian) {english, indonesian},
#include "i18n/terms.inc"
#undef TERM
};
static_assert(std::ranges::is_sorted(kTerms, {}, &Term::english));

const Term* find_term(std::string_view english) {
  const auto* at = std::ranges::lower_bound(kTerms, english, {}, &Term::english);
  return at == std::end(kTerms) || at->english != english ? nullptr : at;
}

}  // namespace

std::string_view term(Lang lang, std::string_view english) {
  const auto* found = lang == Lang::Id ? find_term(english) : nullptr;
  return found == nullptr ? english : found->indonesian;
}

bool is_term(std::string_view english) { return find_term(english) != nullptr; }

}  // namespace pilar
