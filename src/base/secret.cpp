#include "base/secret.h"

#include <algorithm>
#include <string_view>

namespace pilar {
namespace {
constexpr const char* kHidden = "***";
}

std::string without_password(const Secret& url) {
  auto text = url.reveal();
  const auto scheme = text.find("://");
  if (scheme != std::string::npos) {
    const auto begin = scheme + 3;
    const auto host = text.substr(0, text.find_first_of("/?", begin)).rfind('@');
    const auto colon = text.find(':', begin);
    if (host != std::string::npos && colon < host) text.replace(colon + 1, host - colon - 1, kHidden);
  }
  constexpr std::string_view kParameter = "password=";
  for (auto at = text.find(kParameter); at != std::string::npos; at = text.find(kParameter, at + kParameter.size())) {
    const auto begin = at + kParameter.size();
    text.replace(begin, std::min(text.find_first_of("& ", begin), text.size()) - begin, kHidden);
  }
  return text;
}

}  // namespace pilar
