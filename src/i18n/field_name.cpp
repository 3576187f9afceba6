#include "i18n/field_name.h"

#include <algorithm>
#include <string>

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

}  // namespace

std::string_view field_name(Lang lang, std::string_view scope, std::string_view key) {
  const auto* name = find_name(scope, key);
  if (name == nullptr) return key;
  return lang == Lang::Id ? name->indonesian : name->english;
}

bool has_field_name(std::string_view scope, std::string_view key) { return find_name(scope, key) != nullptr; }

}  // namespace pilar
