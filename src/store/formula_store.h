#pragma once
#include <span>
#include <string>
#include <vector>

#include "base/id.h"
#include "store/db.h"

namespace pilar::store {

/// A formula that counts the records of an instrument, at one facility or (0) everywhere.
struct StoredFormula {
  std::string key;
  FacilityKey facility;
  InstrumentKey instrument;
  std::string content;  ///< the profile of the indicator that brought it
};

std::vector<StoredFormula> load_formulas(Tx& tx);  ///< by key
void insert_formula(Tx& tx, const StoredFormula& formula);
/// Marks a series of the formula as not filled where it begins to count: at its facility, or at every one that did not count it before.
/// In the transaction that inserts the formula, before that.
void insert_formula_fills(Tx& tx, SeriesKey series, const StoredFormula& formula);
/// At how many facilities these series are not filled yet.
std::int64_t count_unfilled(Tx& tx, const std::vector<SeriesKey>& series);

std::span<const Sql* const> formula_statements();

}  // namespace pilar::store
