#include "domain/bins.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>

#include "base/result.h"

namespace pilar {
namespace {

constexpr int kFraction = 53;

/// ceil(2^(53 + k/32)) for k = 1..31: where the bins of one power of two begin.
constexpr std::array<std::uint64_t, kBinsAPowerOfTwo - 1> kEdges{
    0x20b361a62b0ae9, 0x216ab0d9f3121f, 0x222603a024b6a2, 0x22e57078faa2f6, 0x23a90e62d17355, 0x2470f4dceac471, 0x253d3bea3fbdc3,
    0x260dfc14636e2b, 0x26e34e6e755396, 0x27bd4c98246845, 0x289c10c0c3125b, 0x297fb5aa6c544f, 0x2a6856ad3a9f04, 0x2b560fba90a853,
    0x2c48fd6074ab0a, 0x2d413cccfe779a, 0x2e3eebd1d8bee8, 0x2f4228e7d6030e, 0x304b1332999c26, 0x3159ca845541b7, 0x326e6f619b8bca,
    0x3389230547e121, 0x34aa07647c4aba, 0x35d13f32b5a75b, 0x36feede5f6bc8e, 0x383337bb0aa539, 0x396e41b9df20d3, 0x3ab031b9f7490f,
    0x3bf92e66f736be, 0x3d495f454921b4, 0x3ea0ecb6dc8a81};

double edge(std::int32_t bin) { return std::exp2(static_cast<double>(bin - 1) / kBinsAPowerOfTwo); }

}  // namespace

std::int32_t bin_of(std::int64_t value) {
  if (value <= 0) return 0;
  require(value <= Cell::kMaxValue, "a binned value fits a cell");
  const auto bits = static_cast<std::uint64_t>(value);
  const int power = static_cast<int>(std::bit_width(bits)) - 1;
  const auto place = std::ranges::upper_bound(kEdges, bits << static_cast<unsigned>(kFraction - power)) - kEdges.begin();
  return static_cast<std::int32_t>(std::int64_t{power} * kBinsAPowerOfTwo + place + 1);
}

double middle_of_bin(std::int32_t bin) {
  if (bin <= 0) return 0;
  const double low = edge(bin), high = edge(bin + 1);
  const double first = std::ceil(low - 1e-9), last = std::ceil(high - 1e-9) - 1;
  if (first >= last) return first;
  return std::sqrt(low * high);
}

std::optional<double> quantile_of(const std::map<std::int32_t, Cell>& bins, double share) {
  require(share > 0 && share <= 1, "a quantile is a share");
  std::int64_t n = 0;
  for (const auto& [bin, cell] : bins)
    if (bin >= 0) n += cell.n;
  if (n <= 0) return {};
  const auto rank = std::max<std::int64_t>(1, std::llround(std::ceil(share * static_cast<double>(n) - 1e-9)));
  std::int64_t seen = 0;
  for (const auto& [bin, cell] : bins) {
    if (bin < 0) continue;
    seen += cell.n;
    if (seen >= rank) return middle_of_bin(bin);
  }
  return {};
}

}  // namespace pilar
