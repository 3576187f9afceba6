#include "domain/reason.h"

#include <gtest/gtest.h>

#include "i18n/words/answer.h"
#include "i18n/words/entry.h"
#include "i18n/words/validation.h"

namespace pilar::reason_test {

TEST(Reason, MustSaySomethingReadableAndShort) {
  EXPECT_TRUE(check_reason("Salah ketik", "alasan").empty());
  EXPECT_TRUE(check_reason(std::string(kLongestReason, 'a'), "alasan").empty());
  std::string wide;
  for (std::size_t i = 0; i < kLongestReason; ++i) wide += "é";
  EXPECT_TRUE(check_reason(wide, "alasan").empty()) << "letters are counted, not bytes";
  const auto missing = check_reason(" \t ", "alasan");
  ASSERT_EQ(missing.size(), 1U);
  EXPECT_EQ(missing.front().field, "alasan");
  EXPECT_EQ(missing.front().message, Msg::RecordPageWhyMissing);
  EXPECT_EQ(check_reason("", "alasan", Msg::ValidationNoReason).front().message, Msg::ValidationNoReason);
  EXPECT_EQ(check_reason("\xff", "alasan").front().message, Msg::AnswerBadText);
  const auto longer = check_reason(wide + "é", "alasan");
  ASSERT_EQ(longer.size(), 1U);
  EXPECT_EQ(longer.front().message, Msg::RecordPageWhyLong);
  EXPECT_EQ(longer.front().args, std::vector<std::string>{"500"});
}

}  // namespace pilar::reason_test
