#include "base/time.h"

#include <gtest/gtest.h>

namespace pilar::time_test {

TEST(Time, CivilDayDependsOnTheZone) {
  const auto at = parse_instant("2026-11-21T16:30:00Z");
  ASSERT_TRUE(at);
  EXPECT_EQ(iso(civil_day(*at, Zone::Wib)), "2026-11-21");
  EXPECT_EQ(iso(civil_day(*at, Zone::Wita)), "2026-11-22");
  EXPECT_EQ(iso(civil_day(*at, Zone::Wit)), "2026-11-22");
}

TEST(Time, InstantReadsWhatItPrints) {
  for (const char* text : {"2026-11-21T08:15:00+07:00", "1969-12-31T23:59:59.000001+09:00", "2024-02-29T00:00:00+08:00"}) {
    const auto at = parse_instant(text);
    ASSERT_TRUE(at) << text;
    const auto zone = text[std::string_view(text).size() - 4] == '7'   ? Zone::Wib
                      : text[std::string_view(text).size() - 4] == '8' ? Zone::Wita
                                                                       : Zone::Wit;
    EXPECT_EQ(iso(*at, zone), text);
  }
}

TEST(Time, RefusesWhatIsNoDate) {
  for (const char* text : {"2026-02-29", "2026-13-01", "2026-1-01", "26-01-01", "2026-01-01 ", "", "abcd-ef-gh", "0000-01-01"})
    EXPECT_FALSE(parse_day(text)) << text;
  for (const char* text : {"2026-11-21T08:15:00", "2026-11-21 08:15:00Z", "2026-11-21T24:00:00Z", "2026-11-21T08:15:00.Z",
                           "2026-11-21T08:15:00.1234567Z", "2026-11-21T08:15:00+7:00"})
    EXPECT_FALSE(parse_instant(text)) << text;
}

TEST(Time, MonthsCountFrom1970) {
  EXPECT_EQ(month_of(*parse_day("1970-01-31")).value, 0);
  EXPECT_EQ(iso(first_day({-1})), "1969-12-01");
  EXPECT_EQ(iso(*parse_month("2026-11")), "2026-11");
  EXPECT_EQ(period_of(*parse_month("2024-02")).to.value - period_of(*parse_month("2024-02")).from.value, 29);
  EXPECT_EQ(parse_month_or_day("2024-02"), period_of(*parse_month("2024-02")));
  EXPECT_EQ(parse_month_or_day("2024-02-29"), (Period{*parse_day("2024-02-29"), *parse_day("2024-03-01")}));
  EXPECT_FALSE(parse_month_or_day("2024"));
}

}  // namespace pilar::time_test
