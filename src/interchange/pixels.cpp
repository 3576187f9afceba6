#include "interchange/pixels.h"

#include <algorithm>
#include <initializer_list>
#include <utility>

namespace pilar {
namespace {

/// Where the `i`th of `parts` equal parts of `length` begins.
int part_begin(int length, int parts, int i) { return static_cast<int>(std::int64_t{length} * i / parts); }

void average(const Pixels& from, int x0, int x1, int y0, int y1, std::uint8_t* to) {
  std::uint64_t sums[3] = {};
  for (int y = y0; y < y1; ++y) {
    const auto* row = from.at(x0, y);
    for (int x = x0; x < x1; ++x)
      for (auto& sum : sums) sum += *row++;
  }
  const auto count = static_cast<std::uint64_t>(x1 - x0) * static_cast<std::uint64_t>(y1 - y0);
  for (int channel = 0; channel < 3; ++channel) to[channel] = static_cast<std::uint8_t>((sums[channel] + count / 2) / count);
}

}  // namespace

Pixels on_white(const Rgba& picture) {
  Pixels out(picture.width, picture.height);
  const auto* from = picture.bytes.data();
  for (std::size_t i = 0; i < out.bytes.size(); i += 3, from += 4)
    for (std::size_t channel = 0; channel < 3; ++channel)
      out.bytes[i + channel] = static_cast<std::uint8_t>((from[channel] * from[3] + 255 * (255 - from[3]) + 127) / 255);
  return out;
}

Pixels shrink(Pixels picture, int longest) {
  const int side = std::max(picture.width, picture.height);
  if (side <= longest) return picture;
  const auto scaled = [&](int length) { return std::max(1, static_cast<int>((std::int64_t{length} * longest + side / 2) / side)); };
  Pixels out(scaled(picture.width), scaled(picture.height));
  for (int y = 0; y < out.height; ++y) {
    const int y0 = part_begin(picture.height, out.height, y), y1 = part_begin(picture.height, out.height, y + 1);
    for (int x = 0; x < out.width; ++x)
      average(picture, part_begin(picture.width, out.width, x), part_begin(picture.width, out.width, x + 1), y0, y1, out.at(x, y));
  }
  return out;
}

namespace {

bool is_one_of(int orientation, std::initializer_list<int> wanted) { return std::ranges::find(wanted, orientation) != wanted.end(); }

}  // namespace

Pixels upright(Pixels picture, int orientation) {
  if (orientation <= 1 || orientation > 8) return picture;
  const bool lies = orientation >= 5;
  Pixels out(lies ? picture.height : picture.width, lies ? picture.width : picture.height);
  const bool from_right = is_one_of(orientation, {2, 3, 7, 8});
  const bool from_below = is_one_of(orientation, {3, 4, 6, 7});
  for (int y = 0; y < out.height; ++y)
    for (int x = 0; x < out.width; ++x) {
      const int along = lies ? y : x, across = lies ? x : y;
      const auto* from = picture.at(from_right ? picture.width - 1 - along : along, from_below ? picture.height - 1 - across : across);
      std::copy_n(from, 3, out.at(x, y));
    }
  return out;
}

}  // namespace pilar
