#include "support/picture_bytes.h"

#include <algorithm>
#include <stdexcept>

#include "interchange/picture.h"

namespace pilar::test {
namespace {

std::string big(std::uint32_t value, int bytes = 4) {
  std::string out;
  for (int i = bytes - 1; i >= 0; --i) out += static_cast<char>(value >> (8 * i) & 0xFFU);
  return out;
}
std::string little(std::uint32_t value, int bytes = 4) {
  auto out = big(value, bytes);
  std::ranges::reverse(out);
  return out;
}

std::uint32_t crc(std::string_view bytes) {
  std::uint32_t value = ~0U;
  for (const char c : bytes) {
    value ^= static_cast<unsigned char>(c);
    for (int i = 0; i < 8; ++i) value = (value >> 1U) ^ (0xEDB88320U & (0U - (value & 1U)));
  }
  return ~value;
}

std::uint32_t adler(std::string_view bytes) {
  std::uint32_t a = 1, b = 0;
  for (const char c : bytes) {
    a = (a + static_cast<unsigned char>(c)) % 65521;
    b = (b + a) % 65521;
  }
  return b << 16U | a;
}

std::string chunk(const std::string& kind, const std::string& content) {
  return big(static_cast<std::uint32_t>(content.size())) + kind + content + big(crc(kind + content));
}

/// A zlib stream of stored blocks.
std::string stored(const std::string& bytes) {
  constexpr std::size_t kBlock = 65535;
  std::string out = "\x78\x01";
  for (std::size_t at = 0; at < bytes.size(); at += kBlock) {
    const auto part = bytes.substr(at, kBlock);
    const auto size = static_cast<std::uint32_t>(part.size());
    out += std::string(1, at + kBlock >= bytes.size() ? '\1' : '\0') + little(size, 2) + little(~size & 0xFFFFU, 2) + part;
  }
  return out + big(adler(bytes));
}

std::string png_head(std::uint32_t width, std::uint32_t height) {
  return "\x89PNG\r\n\x1A\n" + chunk("IHDR", big(width) + big(height) + std::string("\x08\x02\0\0\0", 5));
}

std::string segment(char marker, const std::string& content) {
  return std::string("\xFF") + marker + big(static_cast<std::uint32_t>(content.size() + 2), 2) + content;
}

/// A TIFF structure: orientation, maker, and a directory with a place.
std::string exif(int orientation) {
  const auto entry = [](std::uint32_t tag, std::uint32_t type, std::uint32_t count, const std::string& value) {
    return big(tag, 2) + big(type, 2) + big(count) + value;
  };
  constexpr std::uint32_t kMaker = 50, kPlace = 60, kLatitude = 114;
  std::string out = "MM" + big(42, 2) + big(8);
  out += big(3, 2) + entry(0x010F, 2, 10, big(kMaker));
  out += entry(0x0112, 3, 1, big(static_cast<std::uint32_t>(orientation), 2) + big(0, 2)) + entry(0x8825, 4, 1, big(kPlace)) + big(0);
  out += std::string("KameraUji\0", 10);
  out += big(4, 2) + entry(0, 1, 4, std::string("\2\3\0\0", 4)) + entry(1, 2, 2, std::string("S\0\0\0", 4)) +
         entry(2, 5, 3, big(kLatitude)) + entry(3, 2, 2, std::string("E\0\0\0", 4)) + big(0);
  for (const auto part : {6U, 12U, 31U}) out += big(part) + big(1);
  return out;
}

}  // namespace

std::string png_bytes(int width, int height, const Paint& paint) {
  std::string rows;
  for (int y = 0; y < height; ++y) {
    rows += '\0';
    for (int x = 0; x < width; ++x) rows += big(paint(x, y), 3);
  }
  return png_head(static_cast<std::uint32_t>(width), static_cast<std::uint32_t>(height)) + chunk("IDAT", stored(rows)) + chunk("IEND", "");
}

std::string png_claiming(std::uint32_t width, std::uint32_t height) {
  return png_head(width, height) + chunk("IDAT", stored(std::string(1000, '\0'))) + chunk("IEND", "");
}

std::string as_jpeg(const std::string& png) {
  auto clean = clean_picture(png);
  if (!clean) throw std::runtime_error("the sample is no picture");
  return std::move(clean->jpeg);
}

std::string with_metadata(const std::string& jpeg, int orientation) {
  return jpeg.substr(0, 2) + segment('\xE1', std::string("Exif\0\0", 6) + exif(orientation)) +
         segment('\xE1', std::string("http://ns.adobe.com/xap/1.0/\0<x>exif:GPSLatitude=6,12.5S</x>", 60)) +
         segment('\xFE', "difoto oleh KameraUji") + jpeg.substr(2);
}

std::string claiming(std::string jpeg, std::uint16_t width, std::uint16_t height) {
  const auto head = jpeg.find(std::string("\xFF\xC0\x00\x11\x08", 5));
  if (head == std::string::npos) throw std::runtime_error("the sample has no head");
  return jpeg.replace(head + 5, 4, big(height, 2) + big(width, 2));
}

std::string webp_bytes(int orientation) {
  const std::string pixel("VP8L\x0D\0\0\0\x2F\0\0\0\x10\x07\x10\x11\x11\x88\x88\xFE\x07\0", 22);
  if (orientation == 0) return "RIFF" + little(static_cast<std::uint32_t>(pixel.size() + 4)) + "WEBP" + pixel;
  const std::string extended("VP8X\x0A\0\0\0\x08\0\0\0\0\0\0\0\0\0", 18);
  auto block = exif(orientation);
  block = "EXIF" + little(static_cast<std::uint32_t>(block.size())) + block + std::string(block.size() % 2, '\0');
  const auto content = "WEBP" + extended + pixel + block;
  return "RIFF" + little(static_cast<std::uint32_t>(content.size())) + content;
}

}  // namespace pilar::test
