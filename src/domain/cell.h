#pragma once
#include <compare>
#include <cstdint>

#include "base/id.h"
#include "base/int128.h"
#include "base/time.h"

namespace pilar {

/// The mergeable summary of records: how many, their sum and the sum of their squares. Any period and any level of the
/// organisation is a sum of cells. Values are integers scaled by the item's declared digits, |value| <= kMaxValue.
///
/// The sum of squares is kept in 128 bits as two 64-bit parts, high * 2^40 + low, each of which is a plain sum: SQL adds
/// them without carrying, and a rebuild in any order gives the same bits. fold() carries.
struct Cell {
  std::int64_t n = 0, sum = 0, sumsq_high = 0, sumsq_low = 0;

  static constexpr std::int64_t kMaxValue = 1'000'000'000'000;
  /// One observation of `value`.
  static Cell of(std::int64_t value);
  /// A count without a value.
  static Cell count(std::int64_t n = 1) { return {n, 0, 0, 0}; }

  Int128 sumsq() const { return static_cast<Int128>(sumsq_high) * (std::int64_t{1} << 40) + sumsq_low; }
  bool is_zero() const { return n == 0 && sum == 0 && sumsq_high == 0 && sumsq_low == 0; }
  bool operator==(const Cell&) const = default;
};

Cell operator+(const Cell& a, const Cell& b);
Cell operator-(const Cell& a);
inline Cell operator-(const Cell& a, const Cell& b) { return a + (-b); }
/// The same cell with its low part carried into [0, 2^40).
Cell fold(const Cell& cell);

/// The order is the clustering order of the table and the order of every flush.
struct CellKey {
  FacilityKey facility;
  Day day;
  UnitKey unit;
  SeriesKey series;
  std::int32_t bucket = 0;
  auto operator<=>(const CellKey&) const = default;
};

/// What is added to one cell.
struct CellDelta {
  CellKey key;
  Cell cell;
};

}  // namespace pilar
