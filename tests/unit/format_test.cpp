#include "i18n/format.h"

#include <gtest/gtest.h>

#include <limits>

namespace pilar::format_test {

using namespace pilar::format;

Day day(const char* text) { return *parse_day(text); }
Month in(const char* text) { return *parse_month(text); }
Decimal decimal(std::int64_t unscaled, int digits) { return *Decimal::make(unscaled, digits); }
TEST(Format, WholeNumbers) {
  EXPECT_EQ(number(Lang::Id, 0), "0");
  EXPECT_EQ(number(Lang::Id, 999), "999");
  EXPECT_EQ(number(Lang::Id, 1234), "1.234");
  EXPECT_EQ(number(Lang::En, 1234567), "1,234,567");
  EXPECT_EQ(number(Lang::Id, -1234), "−1.234");
  EXPECT_EQ(number(Lang::En, std::numeric_limits<std::int64_t>::min()), "−9,223,372,036,854,775,808");
}

TEST(Format, Decimals) {
  EXPECT_EQ(number(Lang::Id, decimal(12345, 1)), "1.234,5");
  EXPECT_EQ(number(Lang::En, decimal(12345, 1)), "1,234.5");
  EXPECT_EQ(number(Lang::Id, decimal(12345, 1), 3), "1.234,500");
  EXPECT_EQ(number(Lang::Id, decimal(5, 3)), "0,005");
  EXPECT_EQ(number(Lang::Id, decimal(5, 1), 0), "1");
  EXPECT_EQ(number(Lang::Id, decimal(-5, 1), 0), "−1");
  EXPECT_EQ(number(Lang::Id, decimal(-4, 1), 0), "0");
  EXPECT_EQ(number(Lang::Id, decimal(99995, 3), 2), "100,00");
  EXPECT_EQ(number(Lang::Id, decimal(std::numeric_limits<std::int64_t>::max(), 0), 18), "9.223.372.036.854.775.807,000000000000000000");
}

TEST(Format, FloatingPoint) {
  EXPECT_EQ(number(Lang::Id, 0.15, 1), "0,2");
  EXPECT_EQ(number(Lang::Id, 9.995, 2), "10,00");
  EXPECT_EQ(number(Lang::Id, -0.04, 1), "0,0");
  EXPECT_EQ(number(Lang::En, -1234.5, 0), "−1,235");
  EXPECT_EQ(number(Lang::Id, 1e-300, 3), "0,000");
  EXPECT_EQ(number(Lang::Id, 999999999999999.9, 1), "999.999.999.999.999,9");
  for (const double none :
       {std::numeric_limits<double>::quiet_NaN(), std::numeric_limits<double>::infinity(), -std::numeric_limits<double>::infinity(), 1e300})
    EXPECT_EQ(number(Lang::Id, none, 2), "–");
}

TEST(Format, RatiosAreExact) {
  EXPECT_EQ(percent(Lang::Id, 57, 66), "86,4%");
  EXPECT_EQ(percent(Lang::En, 57, 66, 2), "86.36%");
  EXPECT_EQ(percent(Lang::Id, 1, 8, 0), "13%");
  EXPECT_EQ(percent(Lang::Id, 1, 2000), "0,1%");  // 0.05 rounds up
  EXPECT_EQ(percent(Lang::Id, 0, 30), "0,0%");
  EXPECT_EQ(percent(Lang::Id, 0, 0), "–");
  EXPECT_EQ(share(Lang::Id, 0.864), "86,4%");
  EXPECT_EQ(share(Lang::Id, std::numeric_limits<double>::quiet_NaN()), "–");
  EXPECT_EQ(ratio(Lang::Id, 2018, 594, 2), "3,40");
  EXPECT_EQ(ratio(Lang::Id, -1, 3, 3), "−0,333");
  EXPECT_EQ(ratio(Lang::Id, 1, -2, 0), "−1");
  EXPECT_EQ(ratio(Lang::Id, std::numeric_limits<std::int64_t>::max(), 1, 9), "9.223.372.036.854.775.807,000000000");
  EXPECT_EQ(ratio(Lang::Id, 1, 0, 2), "–");
}

TEST(Format, Rupiah) {
  EXPECT_EQ(rupiah(Lang::Id, 1234), "Rp 1.234");
  EXPECT_EQ(rupiah(Lang::En, 1234), "Rp 1,234");
  EXPECT_EQ(rupiah(Lang::Id, -2500000), "−Rp 2.500.000");
}

TEST(Format, Days) {
  EXPECT_EQ(date(Lang::Id, day("2026-11-21")), "21 November 2026");
  EXPECT_EQ(date(Lang::Id, day("2026-08-03")), "3 Agustus 2026");
  EXPECT_EQ(date(Lang::En, day("2026-08-03")), "3 August 2026");
  EXPECT_EQ(short_date(Lang::Id, day("2026-12-01")), "1 Des 2026");
  EXPECT_EQ(weekday(Lang::Id, day("2026-11-21")), "Sabtu");
  EXPECT_EQ(weekday(Lang::En, day("1970-01-01")), "Thursday");
  EXPECT_EQ(weekday(Lang::Id, day("1969-12-28")), "Minggu");
  EXPECT_EQ(month(Lang::Id, in("2026-05")), "Mei 2026");
  EXPECT_EQ(short_month(Lang::En, in("2026-05")), "May 2026");
}

TEST(Format, Times) {
  const auto at = *parse_instant("2026-11-21T01:15:59Z");
  EXPECT_EQ(time(Lang::Id, at, Zone::Wib), "08.15 WIB");
  EXPECT_EQ(time(Lang::En, at, Zone::Wit), "10:15 WIT");
  EXPECT_EQ(moment(Lang::Id, *parse_instant("2026-11-21T23:05:00Z"), Zone::Wita), "22 November 2026 07.05 WITA");
}

TEST(Format, Ranges) {
  EXPECT_EQ(range("76,1", "92,7%"), "76,1–92,7%");
  EXPECT_EQ(range(Lang::Id, day("2026-02-09"), day("2026-02-20")), "9–20 Februari 2026");
  EXPECT_EQ(range(Lang::Id, day("2026-02-27"), day("2026-03-02")), "27 Februari–2 Maret 2026");
  EXPECT_EQ(range(Lang::Id, day("2025-12-30"), day("2026-01-02")), "30 Desember 2025–2 Januari 2026");
  EXPECT_EQ(range(Lang::Id, day("2026-02-09"), day("2026-02-09")), "9 Februari 2026");
  EXPECT_EQ(range(Lang::Id, in("2026-05"), in("2026-10")), "Mei–Oktober 2026");
  EXPECT_EQ(range(Lang::Id, in("2024-12"), in("2026-11")), "Desember 2024–November 2026");
}

}  // namespace pilar::format_test
