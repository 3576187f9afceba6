#pragma once
#include <cstdint>
#include <functional>
#include <string>

#include "interchange/text_encoding.h"

namespace pilar {

/// Bytes that can be read at any place, wherever they lie: a file, pieces in a store.
struct RandomBytes {
  std::uint64_t size = 0;
  /// Fills the buffer from `offset` on and returns how many bytes it wrote; 0 only at the end.
  std::function<std::size_t(std::uint64_t offset, char* buffer, std::size_t size)> read{};
};

/// One after another from the beginning.
ByteSource sequence_of(RandomBytes bytes);
/// A file of the disk; nothing where it cannot be opened.
RandomBytes bytes_of_file(const std::string& path);

}  // namespace pilar
