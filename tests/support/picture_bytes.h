#pragma once
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

namespace pilar::test {

/// Red, green, blue of a pixel.
using Paint = std::function<std::uint32_t(int x, int y)>;

/// A PNG of 8-bit colours; uncompressed, so that it is as large as it looks.
std::string png_bytes(int width, int height, const Paint& paint);
/// The head of a PNG that claims this size, with hardly anything behind it.
std::string png_claiming(std::uint32_t width, std::uint32_t height);
/// A PNG as a JPEG of this program.
std::string as_jpeg(const std::string& png);
/// The JPEG with an Exif block (orientation, maker "KameraUji", a place in the southern hemisphere), XMP and a comment.
std::string with_metadata(const std::string& jpeg, int orientation);
/// The JPEG with another size in its head.
std::string claiming(std::string jpeg, std::uint16_t width, std::uint16_t height);
/// A lossless WebP of one pixel, with an Exif block of its own where `orientation` is not 0.
std::string webp_bytes(int orientation = 0);

}  // namespace pilar::test
