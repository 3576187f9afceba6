#pragma once
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

/// Reserves for claims that happened but are not yet paid (IBNR), from a triangle of cumulative claims.
namespace pilar::math {

/// One row an origin year: its claims after 1, 2 ... development periods as far as known, not negative.
using Triangle = std::vector<std::vector<double>>;

/// How the variance of the last factor, of which only one year is known, is guessed.
enum class SigmaRule : std::uint8_t {
  Mack,      ///< min(s2^2 / s3, s2, s3) of the two before it
  LogLinear  ///< the straight line through the logarithms of the others
};

struct ChainLadder {
  std::vector<double> factors{};           ///< from period k to k + 1, volume-weighted
  std::vector<double> latest{}, ultimate{}, reserve{};
  std::vector<std::optional<double>> se{};  ///< Mack's standard error of the reserve; empty where it cannot be known
  double total_reserve = 0;
  std::optional<double> total_se{};
};

/// Rows of `periods` columns at most, each with at least one value; the first row is complete. Empty when a factor cannot be known:
/// no row goes on, or the claims before it are 0 in sum.
/// Source: Mack (1993), ASTIN Bulletin 23:213-225. Worked example: the triangle of Taylor and Ashe -> reserve 18,680,856, error 2,447,095.
std::optional<ChainLadder> chain_ladder(const Triangle& triangle, std::size_t periods, SigmaRule rule);

/// Reserves expected_i (1 - 1 / product of the factors to come). Source: Bornhuetter and Ferguson (1972), Proc. CAS 59:181-195.
std::vector<double> bornhuetter_ferguson(const Triangle& triangle, std::span<const double> factors, std::span<const double> expected);

}  // namespace pilar::math
