#include "interchange/picture.h"

#include <png.h>
#include <turbojpeg.h>
#include <webp/decode.h>

#include <algorithm>
#include <memory>
#include <optional>
#include <semaphore>
#include <string>
#include <vector>

#include "i18n/words/photo.h"
#include "interchange/exif_orientation.h"
#include "interchange/pixels.h"

namespace pilar {
namespace {

constexpr int kLongest = 1600, kSmallLongest = 200, kQuality = 82, kSmallQuality = 75;

std::unexpected<Problems> damaged() { return refuse(Msg::PhotoDamaged); }

const unsigned char* data_of(std::string_view bytes) { return reinterpret_cast<const unsigned char*>(bytes.data()); }

/// Empty when the size may be decoded.
std::optional<Problem> check_size(int width, int height, std::int64_t most) {
  if (width < 1 || height < 1) return Problem{Problem::Kind::Invalid, Msg::PhotoDamaged, "", {}};
  if (std::int64_t{width} * height <= most) return {};
  return Problem{Problem::Kind::TooLarge,
                 Msg::PhotoTooManyPixels,
                 "",
                 {std::to_string(width), std::to_string(height), std::to_string(most / 1'000'000)}};
}

struct CloseJpeg {
  void operator()(void* handle) const { tjDestroy(handle); }
};
using Jpeg = std::unique_ptr<void, CloseJpeg>;

/// The smallest of the sizes that JPEG can be decoded in at no cost which is still as long as we keep.
tjscalingfactor scale_for(int longest) {
  int count = 0;
  const auto* factors = tjGetScalingFactors(&count);
  tjscalingfactor best{1, 1};
  for (int i = 0; i < count; ++i) {
    const auto& one = factors[i];
    if (one.num > one.denom || TJSCALED(longest, one) < std::min(longest, kLongest)) continue;
    if (one.num * best.denom < best.num * one.denom) best = one;
  }
  return best;
}

/// Cameras write files that the decoder only frowns at; a file that ends too early is refused.
bool is_cut_off(tjhandle handle) {
  return tjGetErrorCode(handle) != TJERR_WARNING || std::string_view(tjGetErrorStr2(handle)).contains("Premature end");
}

Result<Pixels> read_jpeg(std::string_view bytes) {
  const Jpeg handle(tjInitDecompress());
  if (!handle) throw Fault("decode a picture", "no memory", true);
  int width = 0, height = 0, sampling = 0, colours = 0;
  if (tjDecompressHeader3(handle.get(), data_of(bytes), bytes.size(), &width, &height, &sampling, &colours) != 0 &&
      is_cut_off(handle.get()))
    return damaged();
  if (auto problem = check_size(width, height, kMostPixels)) return refuse(*std::move(problem));
  const auto scale = scale_for(std::max(width, height));
  Pixels out(TJSCALED(width, scale), TJSCALED(height, scale));
  // A file of thousands of scans would keep us busy for minutes.
  const int result =
      tjDecompress2(handle.get(), data_of(bytes), bytes.size(), out.bytes.data(), out.width, 0, out.height, TJPF_RGB, TJFLAG_LIMITSCANS);
  if (result != 0 && is_cut_off(handle.get())) return damaged();
  return out;
}

Result<Pixels> read_png(std::string_view bytes) {
  png_image image{};
  image.version = PNG_IMAGE_VERSION;
  const std::unique_ptr<png_image, void (*)(png_image*)> freed(&image, [](png_image* one) { png_image_free(one); });
  if (png_image_begin_read_from_memory(&image, bytes.data(), bytes.size()) == 0) return damaged();
  if (image.width > INT32_MAX || image.height > INT32_MAX) return damaged();
  if (auto problem = check_size(static_cast<int>(image.width), static_cast<int>(image.height), kMostFlatPixels))
    return refuse(*std::move(problem));
  image.format = PNG_FORMAT_RGB;
  Pixels out(static_cast<int>(image.width), static_cast<int>(image.height));
  constexpr png_color kWhite{255, 255, 255};
  if (png_image_finish_read(&image, &kWhite, out.bytes.data(), 0, nullptr) == 0) return damaged();
  return out;
}

Result<Pixels> read_webp(std::string_view bytes) {
  WebPDecoderConfig config;
  if (WebPInitDecoderConfig(&config) == 0) throw Fault("decode a picture", "another libwebp than this was built with", false);
  if (WebPGetFeatures(data_of(bytes), bytes.size(), &config.input) != VP8_STATUS_OK) return damaged();
  if (config.input.has_animation != 0) return refuse(Msg::PhotoMoves);
  if (auto problem = check_size(config.input.width, config.input.height, kMostFlatPixels)) return refuse(*std::move(problem));
  Rgba drawn(config.input.width, config.input.height);
  config.output.colorspace = MODE_RGBA;
  config.output.is_external_memory = 1;
  config.output.u.RGBA = {drawn.bytes.data(), drawn.width * 4, drawn.bytes.size()};
  if (WebPDecode(data_of(bytes), bytes.size(), &config) != VP8_STATUS_OK) return damaged();
  return on_white(drawn);
}

std::string write_jpeg(const Pixels& picture, int quality) {
  const Jpeg handle(tjInitCompress());
  unsigned char* buffer = nullptr;
  unsigned long size = 0;
  const int result = handle == nullptr ? -1
                                       : tjCompress2(handle.get(), picture.bytes.data(), picture.width, 0, picture.height, TJPF_RGB,
                                                     &buffer, &size, TJSAMP_420, quality, 0);
  const std::unique_ptr<unsigned char, void (*)(unsigned char*)> freed(buffer, &tjFree);
  if (result != 0) throw Fault("encode a picture", "no memory", true);
  return {reinterpret_cast<const char*>(buffer), size};
}

Result<Pixels> read_pixels(std::string_view bytes) {
  if (bytes.starts_with("\xFF\xD8\xFF")) return read_jpeg(bytes);
  if (bytes.starts_with("\x89PNG\r\n\x1A\n")) return read_png(bytes);
  if (bytes.starts_with("RIFF") && bytes.substr(8).starts_with("WEBP")) return read_webp(bytes);
  return refuse(Msg::PhotoOtherType);
}

/// Bounds the memory of all decoding together.
std::counting_semaphore<>& decoders() {
  constexpr int kAtOnce = 2;
  static std::counting_semaphore<> places(kAtOnce);
  return places;
}

struct DecodingPlace {
  DecodingPlace() { decoders().acquire(); }
  ~DecodingPlace() { decoders().release(); }
  DecodingPlace(const DecodingPlace&) = delete;
  DecodingPlace& operator=(const DecodingPlace&) = delete;
};

}  // namespace

Result<CleanPicture> clean_picture(std::string_view bytes) {
  if (bytes.size() > kMostPictureBytes)
    return refuse(Problem::Kind::TooLarge, Msg::PhotoTooLarge, "", {std::to_string(kMostPictureBytes >> 20U)});
  const DecodingPlace place;
  auto pixels = read_pixels(bytes);
  if (!pixels) return std::unexpected(std::move(pixels.error()));
  const auto kept = upright(shrink(*std::move(pixels), kLongest), exif_orientation(bytes));
  return CleanPicture{write_jpeg(kept, kQuality), write_jpeg(shrink(kept, kSmallLongest), kSmallQuality), kept.width, kept.height};
}

}  // namespace pilar
