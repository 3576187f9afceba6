#include "interchange/random_bytes.h"

#include <fstream>
#include <memory>
#include <string>

namespace pilar {

ByteSource sequence_of(RandomBytes bytes) {
  return [bytes = std::move(bytes), at = std::uint64_t{0}](char* buffer, std::size_t size) mutable {
    const auto n = bytes.read ? bytes.read(at, buffer, size) : 0;
    at += n;
    return n;
  };
}

RandomBytes bytes_of_file(const std::string& path) {
  auto in = std::make_shared<std::ifstream>(path, std::ios::binary);
  if (!*in) return {};
  in->seekg(0, std::ios::end);
  const auto size = in->tellg();
  if (size < 0) return {};
  return {static_cast<std::uint64_t>(size), [in](std::uint64_t offset, char* buffer, std::size_t count) {
            in->clear();
            in->seekg(static_cast<std::streamoff>(offset));
            in->read(buffer, static_cast<std::streamsize>(count));
            return static_cast<std::size_t>(in->gcount());
          }};
}

}  // namespace pilar
