#pragma once
#include <array>
#include <cstdint>
#include <string>

#include "base/hash.h"

namespace pilar::app {

/// 256 random bits as text: a session, an invitation, an API token. Only its hash is kept.
inline std::string random_token() {
  std::array<std::uint8_t, 32> bytes{};
  fill_random(bytes);
  return base64url(bytes);
}

}  // namespace pilar::app
