#include "interchange/picture.h"

#include <gtest/gtest.h>

#include <chrono>
#include <thread>

#include "i18n/messages.h"
#include "i18n/words/photo.h"
#include "interchange/exif_orientation.h"
#include "interchange/pixels.h"
#include "support/picture_bytes.h"

namespace pilar::picture_test {

using namespace pilar::test;

constexpr std::uint32_t kRed = 0xFF0000, kBlue = 0x0000FF;

bool holds(std::string_view text, std::string_view part) { return text.find(part) != std::string_view::npos; }

/// Left half red, right half blue.
std::string two_colours(int width, int height) {
  return png_bytes(width, height, [&](int x, int) { return x < width / 2 ? kRed : kBlue; });
}

/// The markers of a JPEG's segments up to its first scan.
std::vector<int> markers(std::string_view jpeg) {
  const auto byte = [&](std::size_t at) { return static_cast<int>(static_cast<unsigned char>(jpeg.at(at))); };
  std::vector<int> out;
  for (std::size_t at = 2; out.empty() || out.back() != 0xDA; at += 2 + static_cast<std::size_t>(byte(at + 2) * 256 + byte(at + 3)))
    out.push_back(byte(at + 1));
  return out;
}

void expect_refused(std::string_view bytes, Message message, Problem::Kind kind = Problem::Kind::Invalid) {
  const auto clean = clean_picture(bytes);
  ASSERT_FALSE(clean);
  EXPECT_EQ(clean.error().front().message, message) << say(Lang::En, clean.error().front());
  EXPECT_EQ(clean.error().front().kind, kind);
}

TEST(Picture, KeepsThePixelsAndNothingElse) {
  const auto plain = as_jpeg(two_colours(40, 20));
  const auto sent = with_metadata(plain, 1);
  ASSERT_TRUE(holds(sent, "KameraUji") && holds(sent, "GPSLatitude")) << "the sample is what it says";
  const auto clean = clean_picture(sent);
  ASSERT_TRUE(clean);
  EXPECT_EQ(clean->width, 40);
  EXPECT_EQ(clean->height, 20);
  for (const auto& kept : {clean->jpeg, clean->small}) {
    for (const char* trace : {"Exif", "KameraUji", "GPS", "adobe", "difoto"}) EXPECT_FALSE(holds(kept, trace)) << trace;
    // JFIF, tables, frame, scan; no application data, no comment.
    for (const int marker : markers(kept))
      EXPECT_TRUE(marker == 0xE0 || marker == 0xDB || marker == 0xC0 || marker == 0xC4 || marker == 0xDA) << marker;
  }
}

TEST(Picture, StandsUpright) {
  const auto jpeg = as_jpeg(two_colours(40, 20));
  for (int orientation = 1; orientation <= 8; ++orientation) {
    const auto clean = clean_picture(with_metadata(jpeg, orientation));
    ASSERT_TRUE(clean);
    EXPECT_EQ(clean->width, orientation < 5 ? 40 : 20) << orientation;
    EXPECT_EQ(clean->height, orientation < 5 ? 20 : 40) << orientation;
  }
}

TEST(Picture, TurnsAndMirrorsAsExifSays) {
  // Exif 2.32, tag 0x0112: what the letters
  //   a b c
  //   d e f
  // stored in each orientation look like upright.
  const char* const upright_rows[] = {"abcdef", "cbafed", "fedcba", "defabc", "adbecf", "daebfc", "fcebda", "cfbead"};
  for (int orientation = 1; orientation <= 8; ++orientation) {
    Pixels stored(3, 2);
    for (int i = 0; i < 6; ++i) stored.bytes[static_cast<std::size_t>(3 * i)] = static_cast<std::uint8_t>('a' + i);
    const auto turned = upright(stored, orientation);
    std::string rows;
    for (std::size_t i = 0; i < turned.bytes.size(); i += 3) rows += static_cast<char>(turned.bytes[i]);
    EXPECT_EQ(rows, upright_rows[orientation - 1]) << orientation;
  }
}

TEST(Picture, ReadsOnlyASoundOrientation) {
  const auto jpeg = as_jpeg(two_colours(40, 20));
  EXPECT_EQ(exif_orientation(jpeg), 1);
  EXPECT_EQ(exif_orientation(with_metadata(jpeg, 6)), 6);
  EXPECT_EQ(exif_orientation(with_metadata(jpeg, 0)), 1);
  EXPECT_EQ(exif_orientation(with_metadata(jpeg, 9)), 1);
  EXPECT_EQ(exif_orientation(webp_bytes(8)), 8);
  EXPECT_EQ(exif_orientation(webp_bytes()), 1);
  const auto whole = with_metadata(jpeg, 6);
  for (std::size_t length = 0; length < 200; ++length) EXPECT_LE(exif_orientation(whole.substr(0, length)), 8) << length;
}

TEST(Picture, ReadsThreeTypesByContent) {
  EXPECT_TRUE(clean_picture(two_colours(8, 8)));
  EXPECT_TRUE(clean_picture(as_jpeg(two_colours(8, 8))));
  const auto webp = clean_picture(webp_bytes());
  ASSERT_TRUE(webp) << say(Lang::En, webp.error().front());
  EXPECT_EQ(webp->width, 1);
  for (const char* other :
       {"", "hello", "GIF89a\1\1\1\1", "%PDF-1.7", "<svg xmlns='http://www.w3.org/2000/svg'/>", "<html>", "RIFF\1\1\1\1WAVE", "BM"})
    expect_refused(other, Msg::PhotoOtherType);
}

TEST(Picture, RefusesDamagedOnes) {
  const auto jpeg =
      as_jpeg(png_bytes(300, 300, [](int x, int y) { return static_cast<std::uint32_t>(x * 7919 + y * 104729) & 0xFFFFFFU; }));
  const auto png = two_colours(100, 100), webp = webp_bytes();
  for (const std::size_t part : {10U, 3U, 2U}) {
    expect_refused(jpeg.substr(0, jpeg.size() / part), Msg::PhotoDamaged);
    expect_refused(png.substr(0, png.size() / part), Msg::PhotoDamaged);
  }
  expect_refused(webp.substr(0, webp.size() - 6), Msg::PhotoDamaged);
  expect_refused(png_claiming(5000, 5000), Msg::PhotoDamaged);
  expect_refused("\xFF\xD8\xFF\xE0", Msg::PhotoDamaged);
}

TEST(Picture, RefusesWhatIsTooLargeBeforeItIsDecoded) {
  const auto began = std::chrono::steady_clock::now();
  std::string many(std::size_t{50} << 20U, 'x');
  many.replace(0, 3, "\xFF\xD8\xFF");
  expect_refused(many, Msg::PhotoTooLarge, Problem::Kind::TooLarge);
  expect_refused(png_claiming(30'000, 30'000), Msg::PhotoTooManyPixels, Problem::Kind::TooLarge);
  expect_refused(png_claiming(5'001, 5'000), Msg::PhotoTooManyPixels, Problem::Kind::TooLarge);
  expect_refused(claiming(as_jpeg(two_colours(8, 8)), 30'000, 30'000), Msg::PhotoTooManyPixels, Problem::Kind::TooLarge);
  EXPECT_LT(std::chrono::steady_clock::now() - began, std::chrono::seconds(2));
}

TEST(Picture, IsScaledDownButNeverUp) {
  const auto wide = clean_picture(two_colours(3200, 100));
  ASSERT_TRUE(wide);
  EXPECT_EQ(wide->width, 1600);
  EXPECT_EQ(wide->height, 50);
  EXPECT_LT(wide->small.size(), wide->jpeg.size());
  EXPECT_EQ(clean_picture(two_colours(30, 10))->width, 30);
  EXPECT_EQ(clean_picture(two_colours(3000, 1))->height, 1);
  const auto jpeg = as_jpeg(two_colours(1500, 1000));
  EXPECT_EQ(clean_picture(jpeg)->width, 1500);
}

TEST(Picture, MeansStayMeans) {
  Pixels stripes(6, 3);
  for (int x = 0; x < 6; ++x)
    for (int y = 0; y < 3; ++y) stripes.at(x, y)[0] = static_cast<std::uint8_t>(x % 3 == 0 ? 90 : 0);
  const auto shrunk = shrink(stripes, 2);
  EXPECT_EQ(shrunk.width, 2);
  EXPECT_EQ(shrunk.height, 1);
  EXPECT_EQ(shrunk.at(0, 0)[0], 30);
  EXPECT_EQ(shrunk.at(1, 0)[0], 30);
  Rgba glass(1, 1);
  glass.at(0, 0)[3] = 0;
  EXPECT_EQ(on_white(glass).at(0, 0)[1], 255);
}

TEST(Picture, TheSameFileGivesTheSameBytesFromManyThreads) {
  const auto sent = with_metadata(as_jpeg(two_colours(640, 480)), 3);
  const auto expected = clean_picture(sent)->jpeg;
  std::vector<std::string> got(8);
  {
    std::vector<std::jthread> threads;
    for (auto& one : got) threads.emplace_back([&] { one = clean_picture(sent)->jpeg; });
  }
  for (const auto& one : got) EXPECT_EQ(one, expected);
}

}  // namespace pilar::picture_test
