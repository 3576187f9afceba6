#include "domain/yearly.h"

#include <array>

#include "base/int128.h"
#include "base/result.h"
#include "i18n/words/sasaran.h"

namespace pilar {
namespace {

constexpr std::array kYearlyKinds{NamedValue{YearlyKind::Projected, std::string_view("proyeksi"), Msg::SasaranProjected},
                                  NamedValue{YearlyKind::Counted, std::string_view("riil"), Msg::SasaranCounted}};

}  // namespace

std::span<const NamedValue<YearlyKind>> yearly_kinds() { return kYearlyKinds; }

int newest_yearly(Day today) {
  const auto date = civil(today);
  return date.month >= kPlanningMonth ? date.year + 1 : date.year;
}

Day planning_begins(int year) { return *make_day(year, kPlanningMonth, 1); }

double expected_by(const Decimal& target, int month) {
  require(month >= 1 && month <= kMonthsAYear, "a year has twelve months");
  return target.to_double() * month / kMonthsAYear;
}

std::optional<bool> is_on_the_way(const Share& share, const Decimal& target, Better better, int month) {
  require(month >= 1 && month <= kMonthsAYear, "a year has twelve months");
  if (share.denominator <= 0 || better == Better::Neither) return {};
  // numerator / denominator * 100 against target * month / 12, without dividing.
  auto reached = static_cast<Int128>(share.numerator) * 100 * kMonthsAYear;
  for (int digit = 0; digit < target.digits(); ++digit) reached *= 10;
  const auto wanted = static_cast<Int128>(target.unscaled()) * share.denominator * month;
  return better == Better::Lower ? reached <= wanted : reached >= wanted;
}

bool is_over(const Share& share) { return share.denominator > 0 && share.numerator > share.denominator; }

}  // namespace pilar
