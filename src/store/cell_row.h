#pragma once
#include "domain/cell.h"
#include "store/db.h"

namespace pilar::store {

/// The cell in four columns that follow each other: n, sum, sumsq_high, sumsq_low.
inline Cell cell_at(const Row& row, int column) { return {row.i64(column), row.i64(column + 1), row.i64(column + 2), row.i64(column + 3)}; }

}  // namespace pilar::store
