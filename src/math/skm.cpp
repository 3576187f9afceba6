#include "math/skm.h"

#include <algorithm>
#include <array>

#include "base/int128.h"
#include "base/result.h"
#include "math/rational.h"

namespace pilar::math {
namespace {

constexpr std::int64_t kConversion = 25;

struct Table {
  std::array<std::int64_t, 3> from;  ///< hundredths of the index where C, B and A begin
};

// Permenpan RB 14/2017: "Nilai Interval Konversi" 25,00-64,99 D; 65,00-76,60 C; 76,61-88,30 B; 88,31-100,00 A.
constexpr Table k2017{{6500, 7661, 8831}};
// KEP/25/M.PAN/2/2004: 25-43,75 D; 43,76-62,50 C; 62,51-81,25 B; 81,26-100 A.
constexpr Table k2004{{4376, 6251, 8126}};

Decimal published(const Rational& index) {
  const auto rounded = index.rounded(2);
  require(rounded.has_value(), "an index fits a decimal");
  return *rounded;
}

/// Positions of the smallest mean answer among the unsur that were answered.
std::vector<std::size_t> lowest_of(std::span<const UnsurTotal> totals) {
  const auto below = [](const UnsurTotal& a, const UnsurTotal& b) { return Int128{a.sum} * b.n < Int128{b.sum} * a.n; };
  std::vector<std::size_t> lowest;
  for (std::size_t i = 0; i < totals.size(); ++i) {
    if (totals[i].n == 0) continue;
    if (!lowest.empty() && below(totals[i], totals[lowest.front()])) lowest.clear();
    if (lowest.empty() || !below(totals[lowest.front()], totals[i])) lowest.push_back(i);
  }
  return lowest;
}

}  // namespace

SkmGrade skm_grade(const Decimal& index, SkmRegulation regulation) {
  const auto& table = regulation == SkmRegulation::Permenpan14Of2017 ? k2017 : k2004;
  const auto reached =
      std::count_if(table.from.begin(), table.from.end(), [&](std::int64_t from) { return index >= *Decimal::make(from, 2); });
  return static_cast<SkmGrade>(reached);
}

Skm skm(std::span<const UnsurTotal> totals, SkmForm form, std::optional<Decimal> weight, SkmRegulation regulation) {
  std::int64_t used = 0, answers = 0;
  for (const auto& total : totals) {
    used += total.n > 0 ? 1 : 0;
    answers += total.n;
  }
  Skm result;
  result.lowest = lowest_of(totals);
  Rational sum;
  for (const auto& total : totals) {
    if (total.n == 0) {
      result.unsur.emplace_back();
      continue;
    }
    const auto nrr = Rational(total.sum) / total.n;
    const auto weighted = form == SkmForm::Pooled ? Rational(total.sum) / answers : weight ? nrr * Rational(*weight) : nrr / used;
    sum = sum + weighted;
    const auto index = nrr * kConversion;
    result.unsur.push_back(SkmUnsur{nrr.to_double(), index.to_double(), weighted.to_double(), skm_grade(published(index), regulation)});
  }
  if (used == 0) return result;
  const auto ikm = sum * kConversion;
  result.ikm = ikm.to_double();
  result.ikm_2dec = published(ikm);
  result.grade = skm_grade(*result.ikm_2dec, regulation);
  return result;
}

std::string_view name(SkmGrade grade) {
  constexpr std::array<std::string_view, 4> kNames{"D", "C", "B", "A"};
  return kNames[static_cast<std::size_t>(grade)];
}

std::string_view performance(SkmGrade grade) {
  constexpr std::array<std::string_view, 4> kWords{"Tidak baik", "Kurang baik", "Baik", "Sangat baik"};
  return kWords[static_cast<std::size_t>(grade)];
}

}  // namespace pilar::math
