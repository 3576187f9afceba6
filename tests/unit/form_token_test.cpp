#include "app/form_token.h"

#include <gtest/gtest.h>

namespace pilar::form_token_test {

using namespace pilar::app;

const SigningKey kKey{{1, 2, 3}};
const Instant kNow{1'800'000'000'000'000};
FormToken sample() { return {{7}, {2}, {3}, make_uuid(kNow), kNow}; }
TEST(FormToken, OpensWhatItSealed) {
  const auto token = sample();
  const auto opened = open_token(kKey, seal(kKey, token), kNow);
  ASSERT_TRUE(opened);
  EXPECT_EQ(*opened, token);
}

TEST(FormToken, RefusesEveryChangedCharacter) {
  const auto text = seal(kKey, sample());
  for (std::size_t i = 0; i < text.size(); ++i) {
    auto forged = text;
    forged[i] = forged[i] == 'A' ? 'B' : 'A';
    const auto opened = open_token(kKey, forged, kNow);
    ASSERT_FALSE(opened) << i;
    EXPECT_EQ(opened.error(), TokenFault::Forged);
  }
  for (const auto& bad : {std::string(), std::string("."), std::string("....."), std::string(5000, '.'), text + "=", text.substr(1)})
    EXPECT_FALSE(open_token(kKey, bad, kNow));
}

TEST(FormToken, ExpiresAfterADayAndBelongsToOneKey) {
  const auto text = seal(kKey, sample());
  EXPECT_TRUE(open_token(kKey, text, {kNow.micros + kFormTokenMicros}));
  const auto late = open_token(kKey, text, {kNow.micros + kFormTokenMicros + 1});
  ASSERT_FALSE(late);
  EXPECT_EQ(late.error(), TokenFault::Expired);
  EXPECT_FALSE(open_token(SigningKey{{9}}, text, kNow));
}

TEST(Receipt, IsStableAndReadable) {
  const auto id = parse_uuid("01939f3c-7d2e-7000-8000-0123456789ab");
  ASSERT_TRUE(id);
  const auto receipt = receipt_of(*id);
  EXPECT_EQ(receipt, receipt_of(*id));
  EXPECT_EQ(receipt.size(), 9U);
  EXPECT_EQ(receipt[4], '-');
  EXPECT_EQ(receipt.find_first_not_of("0123456789ABCDEFGHJKMNPQRSTVWXYZ-"), std::string::npos);
}

}  // namespace pilar::form_token_test
