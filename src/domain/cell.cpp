#include "domain/cell.h"

#include "base/result.h"

namespace pilar {
namespace {
constexpr std::int64_t kBase = std::int64_t{1} << 40;
}

Cell Cell::of(std::int64_t value) {
  require(value >= -kMaxValue && value <= kMaxValue, "a cell's value is within its bounds");
  const auto square = static_cast<Int128>(value) * value;
  return {1, value, static_cast<std::int64_t>(square / kBase), static_cast<std::int64_t>(square % kBase)};
}

Cell operator+(const Cell& a, const Cell& b) { return {a.n + b.n, a.sum + b.sum, a.sumsq_high + b.sumsq_high, a.sumsq_low + b.sumsq_low}; }

Cell operator-(const Cell& a) { return {-a.n, -a.sum, -a.sumsq_high, -a.sumsq_low}; }

Cell fold(const Cell& cell) {
  auto carry = cell.sumsq_low / kBase;
  if (cell.sumsq_low % kBase < 0) --carry;
  return {cell.n, cell.sum, cell.sumsq_high + carry, cell.sumsq_low - carry * kBase};
}

}  // namespace pilar
