#include "i18n/field_name.h"

#include <algorithm>

namespace pilar {
namespace {

struct Name {
  std::string_view key, indonesian, english;
};
constexpr Name kNames[] = {
#define NAME(key, indonesian, english) {key, indonesian, english},
#include "i18n/names.inc"
#undef NAME
};

const Name* find_name(std::string_view scope, std::string_view key) {
  const auto own = std::string(scope) + "." + std::string(key);
  const auto* at = std::ranges::find(kNames, own, &Name::key);
  if (at == std::end(kNames)) at = std::ranges::find(kNames, key, &Name::key);
  return at == std::end(kNames) ? nullptr : at;
}

/// What a word is called as an input, a figure or, whichever input it belongs to, a choice.
const Name* find_any_name(std::string_view scope, std::string_view word) {
  if (const auto* name = find_name(scope, word)) return name;
  const auto choice = "=" + std::string(word);
  const auto* at = std::ranges::find_if(kNames, [&](const Name& name) { return name.key.ends_with(choice); });
  return at == std::end(kNames) ? nullptr : at;
}

std::string_view say_name(Lang lang, const Name& name) { return lang == Lang::Id ? name.indonesian : name.english; }

bool is_word_sign(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_'; }

}  // namespace

std::string_view field_name(Lang lang, std::string_view scope, std::string_view key) {
  const auto* name = find_name(scope, key);
  return name == nullptr ? key : say_name(lang, *name);
}

bool has_field_name(std::string_view scope, std::string_view key) { return find_name(scope, key) != nullptr; }

std::string with_field_names(Lang lang, std::string_view scope, std::string_view text,
                             const std::function<bool(std::string_view)>& is_key) {
  std::string out;
  for (std::size_t at = 0; at < text.size();) {
    if (!is_word_sign(text[at])) {
      out += text[at++];
      continue;
    }
    const auto begin = at;
    while (at < text.size() && is_word_sign(text[at])) ++at;
    const auto word = text.substr(begin, at - begin);
    const bool key = word.find('_') != std::string_view::npos || is_key(word);
    if (const auto* name = key ? find_any_name(scope, word) : nullptr)
      out.append("“").append(say_name(lang, *name)).append("”");
    else
      out += word;
  }
  return out;
}

}  // namespace pilar
