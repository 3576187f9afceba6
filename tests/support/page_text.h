#pragma once
#include <string>
#include <string_view>

#include "http/message.h"

/// Reading what a page or a reply says.
namespace pilar::test {

inline bool holds(std::string_view text, std::string_view part) { return text.find(part) != std::string_view::npos; }

/// What stands between the two texts, first occurrence; empty where the first is missing.
inline std::string between(std::string_view text, std::string_view before, std::string_view after) {
  const auto at = text.find(before);
  if (at == std::string_view::npos) return {};
  const auto rest = text.substr(at + before.size());
  return std::string(rest.substr(0, rest.find(after)));
}

/// Of the first header of that name; empty where there is none.
inline std::string header_of(const http::Reply& reply, std::string_view name) {
  for (const auto& [key, value] : reply.headers)
    if (key == name) return value;
  return {};
}

}  // namespace pilar::test
