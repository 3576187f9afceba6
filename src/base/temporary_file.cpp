#include "base/temporary_file.h"

#include <array>
#include <filesystem>
#include <system_error>

#include "base/hash.h"
#include "base/text.h"

namespace pilar {

TemporaryFile::TemporaryFile() {
  std::array<std::uint8_t, 12> bytes{};
  fill_random(bytes);
  path_ = (std::filesystem::temp_directory_path() / ("pilar-" + hex(bytes))).string();
}

TemporaryFile::~TemporaryFile() {
  std::error_code ignored;
  std::filesystem::remove(path_, ignored);
}

}  // namespace pilar
