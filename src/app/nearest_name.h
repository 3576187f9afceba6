#pragma once
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "base/text.h"

namespace pilar::app {

/// A problem with an unknown name: with the nearest that exists, where one is near.
inline Problem unknown_name(std::string field, std::string_view name, std::span<const std::string_view> names, Message alone,
                            Message with_near) {
  const auto near = nearest(name, names);
  if (near.empty()) return {Problem::Kind::Invalid, alone, std::move(field), {std::string(name)}};
  return {Problem::Kind::Invalid, with_near, std::move(field), {std::string(name), std::string(near)}};
}

}  // namespace pilar::app
