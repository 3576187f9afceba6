#include "interchange/exif_orientation.h"

#include <cstddef>
#include <cstdint>
#include <optional>

namespace pilar {
namespace {

constexpr std::string_view kExifHead{"Exif\0\0", 6};

/// A number of `size` bytes at `at`; empty beyond the end.
std::optional<std::uint32_t> number(std::string_view bytes, std::size_t at, std::size_t size, bool little) {
  if (at > bytes.size() || size > bytes.size() - at) return {};
  std::uint32_t out = 0;
  for (std::size_t i = 0; i < size; ++i) {
    const auto byte = static_cast<unsigned char>(bytes[little ? at + size - 1 - i : at + i]);
    out = (out << 8U) | byte;
  }
  return out;
}

/// Of a TIFF structure, which is what an Exif block is.
int of_tiff(std::string_view tiff) {
  constexpr std::size_t kEntry = 12;
  constexpr std::uint32_t kTag = 0x0112, kShort = 3, kMost = 8;
  const bool little = tiff.starts_with("II");
  if (!little && !tiff.starts_with("MM")) return 1;
  const auto directory = number(tiff, 4, 4, little);
  if (!directory) return 1;
  const auto count = number(tiff, *directory, 2, little).value_or(0);
  for (std::uint32_t i = 0; i < count; ++i) {
    const auto at = std::size_t{*directory} + 2 + kEntry * i;
    const auto tag = number(tiff, at, 2, little);
    if (!tag) return 1;
    if (*tag != kTag) continue;
    const auto value = number(tiff, at + 8, 2, little).value_or(1);
    return number(tiff, at + 2, 2, little) == kShort && value >= 1 && value <= kMost ? static_cast<int>(value) : 1;
  }
  return 1;
}

/// The segments before the picture itself.
std::string_view exif_of_jpeg(std::string_view bytes) {
  constexpr std::uint32_t kApp1 = 0xFFE1, kScan = 0xFFDA;
  for (std::size_t at = 2;;) {
    const auto marker = number(bytes, at, 2, false), length = number(bytes, at + 2, 2, false);
    if (!marker || !length || *marker < 0xFF01 || *marker == kScan || *length < 2) return {};
    const auto content = bytes.substr(std::min(at + 4, bytes.size()), *length - 2);
    if (*marker == kApp1 && content.starts_with(kExifHead)) return content.substr(kExifHead.size());
    at += 2 + std::size_t{*length};
  }
}

std::string_view exif_of_png(std::string_view bytes) {
  for (std::size_t at = 8;;) {
    const auto length = number(bytes, at, 4, false);
    if (!length || at + 8 > bytes.size()) return {};
    if (bytes.substr(at + 4, 4) == "eXIf") return bytes.substr(at + 8, *length);
    at += 12 + std::size_t{*length};
  }
}

std::string_view exif_of_webp(std::string_view bytes) {
  for (std::size_t at = 12;;) {
    const auto length = number(bytes, at + 4, 4, true);
    if (!length) return {};
    if (bytes.substr(at, 4) == "EXIF") {
      const auto content = bytes.substr(at + 8, *length);
      return content.starts_with(kExifHead) ? content.substr(kExifHead.size()) : content;
    }
    at += 8 + std::size_t{*length} + *length % 2;
  }
}

}  // namespace

int exif_orientation(std::string_view picture) {
  if (picture.starts_with("\xFF\xD8")) return of_tiff(exif_of_jpeg(picture));
  if (picture.starts_with("\x89PNG")) return of_tiff(exif_of_png(picture));
  if (picture.starts_with("RIFF")) return of_tiff(exif_of_webp(picture));
  return 1;
}

}  // namespace pilar
