#pragma once
#include <algorithm>
#include <cstring>
#include <string>

#include "interchange/random_bytes.h"

namespace pilar::test {

/// A text as a source that gives at most `piece` bytes at once.
inline ByteSource bytes_of(std::string text, std::size_t piece = 1U << 16U) {
  return [text = std::move(text), piece, at = std::size_t{0}](char* buffer, std::size_t room) mutable {
    const auto n = std::min({piece, room, text.size() - at});
    std::memcpy(buffer, text.data() + at, n);
    at += n;
    return n;
  };
}

/// A text as bytes that can be read anywhere.
inline RandomBytes random_bytes_of(std::string text) {
  const auto size = text.size();
  return {size, [text = std::move(text)](std::uint64_t offset, char* buffer, std::size_t room) {
            return offset >= text.size() ? std::size_t{0} : text.copy(buffer, room, offset);
          }};
}

}  // namespace pilar::test
