#pragma once
#include <cstddef>
#include <cstdint>
#include <vector>

namespace pilar {

/// Rows of pixels from the top left, `Channels` bytes each, without gaps.
template <int Channels>
struct Raster {
  Raster(int w, int h)
      : width(w),
        height(h),
        bytes(static_cast<std::size_t>(w) * static_cast<std::size_t>(h) * static_cast<std::size_t>(Channels)) {}
  std::uint8_t* at(int x, int y) {
    return bytes.data() + (static_cast<std::size_t>(y) * static_cast<std::size_t>(width) + static_cast<std::size_t>(x)) * Channels;
  }
  const std::uint8_t* at(int x, int y) const {
    return bytes.data() + (static_cast<std::size_t>(y) * static_cast<std::size_t>(width) + static_cast<std::size_t>(x)) * Channels;
  }
  int width, height;
  std::vector<std::uint8_t> bytes;
};
using Pixels = Raster<3>;  ///< red, green, blue
using Rgba = Raster<4>;

/// The picture laid on white.
Pixels on_white(const Rgba& picture);
/// With its longer side at most `longest`; each new pixel is the mean of those it covers. A smaller picture stays as it is.
Pixels shrink(Pixels picture, int longest);
/// Turned and mirrored as Exif orientation 1 to 8 says.
Pixels upright(Pixels picture, int orientation);

}  // namespace pilar
