#pragma once
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "base/decimal.h"

/// Survei Kepuasan Masyarakat: from the answers 1..4 of each unsur to the index (IKM) and its grade.
/// Source: Permenpan RB 14/2017, lampiran (formulas 1 to 4, interval table); the superseded table of KEP/25/M.PAN/2/2004.
namespace pilar::math {

enum class SkmRegulation : std::uint8_t { Permenpan14Of2017, Kepmenpan25Of2004 };
enum class SkmGrade : std::uint8_t { D, C, B, A };

/// How the unsur are put together.
enum class SkmForm : std::uint8_t {
  MeanOfNrr,  ///< the sum of NRR x weight, x 25
  Pooled      ///< total of all answers / answers given, x 25: the form of the national quality indicator (INM)
};

/// The answers to one unsur: how many, and their sum.
struct UnsurTotal {
  std::int64_t sum = 0, n = 0;
};

struct SkmUnsur {
  double nrr = 0;           ///< mean answer, 1..4
  double index = 0;         ///< nrr x 25
  double nrr_weighted = 0;  ///< its part of the index / 25
  SkmGrade grade = SkmGrade::D;
};

struct Skm {
  std::vector<std::optional<SkmUnsur>> unsur{};  ///< in the order given; empty for an unsur that nobody answered
  std::vector<std::size_t> lowest{};             ///< positions of the lowest NRR, all that tie
  std::optional<double> ikm{};                   ///< empty when nobody answered anything
  std::optional<Decimal> ikm_2dec{};             ///< rounded half up; what is published and what is graded
  std::optional<SkmGrade> grade{};
};

/// Decided on exact fractions. `weight` of each unsur, or empty for exactly 1 / number of unsur that were answered (the pooled
/// form weighs by answers and ignores it). Worked example: 29 respondents, sums 105 101 100 116 102 105 106 105 115 -> 91.48, A;
/// with weight 0.11 -> 90.56.
Skm skm(std::span<const UnsurTotal> totals, SkmForm form, std::optional<Decimal> weight, SkmRegulation regulation);

/// The grade of an index that is already rounded to two digits, by the lower bounds of the table.
SkmGrade skm_grade(const Decimal& index, SkmRegulation regulation);
std::string_view name(SkmGrade grade);         ///< "A" to "D"
std::string_view performance(SkmGrade grade);  ///< "Sangat baik" to "Tidak baik", the words of the regulation

}  // namespace pilar::math
