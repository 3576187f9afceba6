#include "interchange/qr.h"

#include <gtest/gtest.h>

#include <string>

namespace pilar::qr_test {
/// The square of 7 x 7 that stands in three corners (ISO/IEC 18004, 6.3.3).
bool is_finder(const QrCode& code, std::size_t top, std::size_t left) {
  for (std::size_t row = 0; row < 7; ++row)
    for (std::size_t column = 0; column < 7; ++column) {
      const bool ring = row == 0 || row == 6 || column == 0 || column == 6;
      const bool heart = row >= 2 && row <= 4 && column >= 2 && column <= 4;
      if (code.is_dark(top + row, left + column) != (ring || heart)) return false;
    }
  return true;
}

TEST(Qr, HasItsThreeFinders) {
  const auto code = make_qr("https://mutu.example.go.id/s/1-k7m2q");
  ASSERT_TRUE(code);
  EXPECT_EQ(code->size, 29U) << "version 3 holds 42 bytes at M";
  EXPECT_EQ(code->dark.size(), code->size * code->size);
  EXPECT_TRUE(is_finder(*code, 0, 0));
  EXPECT_TRUE(is_finder(*code, 0, code->size - 7));
  EXPECT_TRUE(is_finder(*code, code->size - 7, 0));
  EXPECT_FALSE(is_finder(*code, code->size - 7, code->size - 7));
}

TEST(Qr, SaysWhatItWasGiven) { EXPECT_NE(make_qr("a")->dark, make_qr("b")->dark); }

TEST(Qr, RefusesWhatDoesNotFit) {
  EXPECT_FALSE(make_qr(""));
  EXPECT_FALSE(make_qr(std::string_view("a\0b", 3)));
  EXPECT_EQ(make_qr(std::string(2331, 'x'))->size, 177U);
  EXPECT_FALSE(make_qr(std::string(2332, 'x')));
}

}  // namespace pilar::qr_test
