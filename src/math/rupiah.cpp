#include "math/rupiah.h"

#include <algorithm>
#include <numeric>

namespace pilar::math {

std::vector<std::int64_t> whole_rupiah(std::span<const Rational> exact) {
  std::vector<std::int64_t> whole;
  std::vector<Rational> remainder;
  Rational left;
  for (const auto& amount : exact) {
    whole.push_back(-(Rational() - amount).ceiling().value());
    remainder.push_back(amount - Rational(whole.back()));
    left = left + remainder.back();
  }
  std::vector<std::size_t> order(exact.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return remainder[a] > remainder[b]; });
  const auto extra = left.rounded(0)->scaled(0).value();
  for (std::int64_t k = 0; k < extra; ++k) ++whole[order[static_cast<std::size_t>(k)]];
  return whole;
}

}  // namespace pilar::math
