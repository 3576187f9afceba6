#include "interchange/text_encoding.h"

#include <gtest/gtest.h>

#include <array>

#include "base/text.h"
#include "support/bytes.h"

namespace pilar::text_encoding_test {

using test::bytes_of;

std::string all_of(ByteSource source) {
  std::string out;
  std::array<char, 100> piece{};
  for (auto n = source(piece.data(), piece.size()); n > 0; n = source(piece.data(), piece.size())) out.append(piece.data(), n);
  return out;
}

std::string decoded(const std::string& text, Encoding encoding, std::size_t piece = 3) {
  return all_of(decode(bytes_of(text, piece), encoding));
}

EncodingGuess guess(const std::string& text) { return guess_encoding(bytes_of(text, 7)); }

std::string utf16(const std::u16string& text, bool big) {
  std::string out;
  for (const auto unit : text) {
    const auto high = static_cast<char>(unit >> 8), low = static_cast<char>(unit & 0xFF);
    out += {big ? high : low, big ? low : high};
  }
  return out;
}

const std::u16string kTable = u"nama;nilai\r\nPuskesmas Melati é;1\r\n\U0001F3E5;2\r\n";
const std::string kTableUtf8 = "nama;nilai\r\nPuskesmas Melati \xC3\xA9;1\r\n\xF0\x9F\x8F\xA5;2\r\n";

TEST(TextEncoding, KnowsUtf8WithAndWithoutItsMark) {
  EXPECT_EQ(guess("a,b\n1,2\n").encoding, Encoding::Utf8);
  EXPECT_FALSE(guess(kTableUtf8).marked);
  EXPECT_EQ(guess(kTableUtf8).broken, 0);
  EXPECT_TRUE(guess("\xEF\xBB\xBF" + kTableUtf8).marked);
  EXPECT_EQ(guess("").encoding, Encoding::Utf8);
}

TEST(TextEncoding, KnowsUtf16ByItsMarkOrItsZeros) {
  for (const bool big : {false, true}) {
    const auto wanted = big ? Encoding::Utf16Be : Encoding::Utf16Le;
    const auto bare = utf16(kTable, big), marked = utf16(u"\uFEFF" + kTable, big);
    EXPECT_EQ(guess(bare).encoding, wanted);
    EXPECT_FALSE(guess(bare).marked);
    EXPECT_EQ(guess(marked).encoding, wanted);
    EXPECT_TRUE(guess(marked).marked);
    EXPECT_EQ(decoded(bare, wanted), kTableUtf8);
    EXPECT_EQ(decoded(marked, wanted), "\xEF\xBB\xBF" + kTableUtf8);
  }
}

TEST(TextEncoding, WhatIsNoUtf8IsWindows1252) {
  const std::string text =
      "nama,catatan\nCaf\xE9,\x93"
      "baik\x94 \x80 5\n";
  EXPECT_EQ(guess(text).encoding, Encoding::Windows1252);
  EXPECT_EQ(guess(text).broken, 0);
  EXPECT_EQ(decoded(text, Encoding::Windows1252),
            "nama,catatan\nCaf\xC3\xA9,\xE2\x80\x9C"
            "baik\xE2\x80\x9D \xE2\x82\xAC 5\n");
  EXPECT_EQ(guess("Caf\xE9 \x81").broken, 1) << "81 has no character";
}

TEST(TextEncoding, MostlyUtf8StaysUtf8AndSaysWhatIsBroken) {
  const auto mixed = guess("\xC3\xA9,\xC3\xA8,\xC3\xA0\nCaf\xE9,x\n");
  EXPECT_EQ(mixed.encoding, Encoding::Utf8);
  EXPECT_EQ(mixed.broken, 1);
  EXPECT_EQ(guess("\xC3\xA9\xC3\xA8 \xE2\x82").broken, 1) << "cut off at the end";
}

TEST(TextEncoding, WhatIsChosenIsToldOfWhatAnotherEncodingWrote) {
  const std::string mixed = "Caf\xE9\nCaf\xC3\xA9\nCaf\xC3\xA8\n";
  const auto broken = [&](Encoding encoding) { return count_broken(bytes_of(mixed, 7), encoding); };
  EXPECT_EQ(broken(Encoding::Utf8), 1);
  EXPECT_EQ(broken(Encoding::Windows1252), 2) << "letters of UTF-8 look like two of another";
  EXPECT_EQ(count_broken(bytes_of("Caf\xE9 \x81", 2), Encoding::Windows1252), 1);
  EXPECT_EQ(count_broken(bytes_of(kTableUtf8, 3), Encoding::Utf8), 0);
  EXPECT_EQ(count_broken(bytes_of(utf16(kTable, false), 3), Encoding::Utf16Le), 0);
  EXPECT_EQ(count_broken(bytes_of("abc", 3), Encoding::Utf16Be), 1) << "half a unit";
}

TEST(TextEncoding, BrokenPlacesDecodeToTheReplacement) {
  EXPECT_EQ(decoded(std::string("\x00\xD8"
                                "a\x00",
                                4),
                    Encoding::Utf16Le),
            "\xEF\xBF\xBD"
            "a")
      << "half a pair";
  EXPECT_EQ(decoded(std::string("a\x00"
                                "b",
                                3),
                    Encoding::Utf16Le),
            "a\xEF\xBF\xBD")
      << "half a unit";
  EXPECT_EQ(decoded("\x81", Encoding::Windows1252), "\xEF\xBF\xBD");
  std::string all;
  for (int i = 1; i < 256; ++i) all += static_cast<char>(i);
  EXPECT_TRUE(is_utf8(decoded(all, Encoding::Windows1252)));
}

}  // namespace pilar::text_encoding_test
