#pragma once
#include <cstdint>
#include <string>
#include <string_view>

#include "base/decimal.h"
#include "base/time.h"
#include "i18n/lang.h"

namespace pilar {

/// Figures, money and days as people read them: 1.234,5 in Indonesian, 1,234.5 in English. Nothing here asks the system's
/// locale. Rounding is half away from zero and exact wherever the value is. Negative figures carry a true minus sign.
namespace format {

/// What stands where there is no figure: an en dash.
inline constexpr std::string_view kNone = "–";

std::string number(Lang lang, std::int64_t value);                ///< "1.234"
std::string number(Lang lang, const Decimal& value);              ///< all its digits: "1.234,5"
std::string number(Lang lang, const Decimal& value, int digits);  ///< exactly `digits` (0..18) after the mark: "1.234,50"
/// Results of computation in floating point; kNone when it is not finite or not below 1e18.
std::string number(Lang lang, double value, int digits);
/// part / whole with `digits` (0..9) after the mark, from the exact quotient; kNone when whole is 0.
std::string ratio(Lang lang, std::int64_t part, std::int64_t whole, int digits);
/// part / whole as "86,4%", from the exact quotient; kNone when whole is 0.
std::string percent(Lang lang, std::int64_t part, std::int64_t whole, int digits = 1);
/// A computed share as a percentage (0.864 is "86,4%"); kNone when it is not finite.
std::string share(Lang lang, double value, int digits = 1);
/// Whole rupiah: "Rp 1.234", "−Rp 1.234".
std::string rupiah(Lang lang, std::int64_t amount);

std::string date(Lang lang, Day day);                  ///< "21 November 2026"
std::string short_date(Lang lang, Day day);            ///< "21 Nov 2026"
std::string weekday(Lang lang, Day day);               ///< "Sabtu"
std::string month(Lang lang, Month month);             ///< "November 2026"
std::string short_month(Lang lang, Month month);       ///< "Nov 2026"
std::string_view month_name(Lang lang, int month);     ///< 1..12: "November"
std::string time(Lang lang, Instant at, Zone zone);    ///< "08.15 WIB"; English "08:15 WIB"
std::string moment(Lang lang, Instant at, Zone zone);  ///< "21 November 2026 08.15 WIB"

/// Two ready texts with an en dash between: "76,1–92,7%".
std::string range(std::string_view from, std::string_view to);
/// First to last day, both included, saying only once what they share: "9–20 Februari 2026".
std::string range(Lang lang, Day first, Day last);
/// "Mei–Oktober 2026".
std::string range(Lang lang, Month first, Month last);

}  // namespace format
}  // namespace pilar
