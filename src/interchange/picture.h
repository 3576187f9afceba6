#pragma once
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "base/result.h"

namespace pilar {

/// What a picture from outside may be before it is decoded.
inline constexpr std::size_t kMostPictureBytes = std::size_t{16} << 20U;
inline constexpr std::int64_t kMostPixels = 50'000'000;      ///< of a JPEG, which is decoded smaller at once
inline constexpr std::int64_t kMostFlatPixels = 25'000'000;  ///< of PNG and WebP, which are decoded whole

/// A picture as it is kept: upright, at most 1,600 pixels long, JPEG, and nothing in it but the pixels: no place, device, time,
/// preview or profile. The same file gives the same bytes.
struct CleanPicture {
  std::string jpeg{};
  std::string small{};  ///< the same, at most 200 pixels long
  int width = 0, height = 0;
};

/// Reads JPEG, PNG or WebP, told by content, never by name. Limits are judged by the head, before a pixel is decoded; at most two
/// pictures are decoded at a time, the others wait. What is transparent becomes white.
/// Problems, without field: too many bytes or pixels, another type, moving, damaged or cut off.
Result<CleanPicture> clean_picture(std::string_view bytes);

}  // namespace pilar
