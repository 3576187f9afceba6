// Pictures: whatever is kept is small enough, carries no metadata, and can be read again.
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "interchange/exif_orientation.h"
#include "interchange/picture.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  const int orientation = pilar::exif_orientation(bytes);
  if (orientation < 1 || orientation > 8) std::abort();
  const auto clean = pilar::clean_picture(bytes);
  if (!clean) return 0;
  if (clean->width < 1 || clean->height < 1 || clean->width > 1600 || clean->height > 1600) std::abort();
  if (pilar::exif_orientation(clean->jpeg) != 1) std::abort();
  const auto again = pilar::clean_picture(clean->jpeg);
  if (!again || again->width != clean->width || again->height != clean->height) std::abort();
  return 0;
}
