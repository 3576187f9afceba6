#include "base/one_time_code.h"

#include <gtest/gtest.h>

namespace pilar::one_time_code_test {
constexpr std::string_view kSecret = "12345678901234567890";
Instant at_second(std::int64_t seconds) { return {seconds * 1'000'000}; }
// RFC 6238, appendix B, the rows of SHA-1.
TEST(OneTimeCode, IsThatOfTheStandardToTheDigit) {
  const std::pair<std::int64_t, std::string_view> rows[] = {{59, "94287082"},         {1111111109, "07081804"}, {1111111111, "14050471"},
                                                            {1234567890, "89005924"}, {2000000000, "69279037"}, {20000000000, "65353130"}};
  for (const auto& [second, code] : rows) EXPECT_EQ(one_time_code(kSecret, code_step(at_second(second)), 8), code) << second;
}

// RFC 4226, appendix D.
TEST(OneTimeCode, HasSixDigitsWithItsZeros) {
  const std::string_view codes[] = {"755224", "287082", "359152", "969429", "338314", "254676", "287922", "162583", "399871", "520489"};
  for (std::int64_t counter = 0; counter < 10; ++counter) EXPECT_EQ(one_time_code(kSecret, counter), codes[counter]);
}

TEST(OneTimeCode, HoldsAStepBeforeAndAfterAndOnce) {
  const auto now = at_second(1'000'000'015);
  const auto step = code_step(now);
  for (const auto shift : {-1, 0, 1}) EXPECT_EQ(find_code_step(kSecret, one_time_code(kSecret, step + shift), now, 0), step + shift);
  for (const auto shift : {-2, 2}) EXPECT_FALSE(find_code_step(kSecret, one_time_code(kSecret, step + shift), now, 0));
  EXPECT_FALSE(find_code_step(kSecret, one_time_code(kSecret, step), now, step)) << "used already";
  EXPECT_TRUE(find_code_step(kSecret, one_time_code(kSecret, step + 1), now, step));
  auto spaced = one_time_code(kSecret, step);
  spaced.insert(3, " ");
  EXPECT_TRUE(find_code_step(kSecret, spaced, now, 0));
  for (const auto* bad : {"", "12345", "1234567", "abcdef"}) EXPECT_FALSE(find_code_step(kSecret, bad, now, 0)) << bad;
}

// RFC 4648, section 10, without padding.
TEST(OneTimeCode, KeysAreTypedInBase32) {
  const std::pair<std::string_view, std::string_view> rows[] = {
      {"", ""}, {"f", "MY"}, {"fo", "MZXQ"}, {"foo", "MZXW6"}, {"foob", "MZXW6YQ"}, {"fooba", "MZXW6YTB"}, {"foobar", "MZXW6YTBOI"}};
  for (const auto& [bytes, text] : rows) {
    EXPECT_EQ(base32(bytes), text);
    EXPECT_EQ(decode_base32(text), bytes);
  }
  EXPECT_EQ(decode_base32("mzxw 6ytb oi"), "foobar");
  EXPECT_EQ(decode_base32("MZ1"), "");
}

}  // namespace pilar::one_time_code_test
