#pragma once
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/decimal.h"
#include "base/result.h"
#include "domain/instrument.h"
#include "domain/series.h"
#include "i18n/named.h"

namespace pilar {

/// What becomes of the numbers that a formula takes from each record.
enum class FormulaKind : std::uint8_t {
  Ratio,   ///< sum of the numerators over sum of the denominators, in per cent
  Rate,    ///< the same, per so many
  Mean,    ///< the same, plain: an average, an index
  Sum,     ///< sum of the numerators
  Median,  ///< of the numerators
  Within   ///< share of the numerators that are not above a limit, in per cent
};
std::span<const NamedValue<FormulaKind>> formula_kinds();

/// How an indicator takes its value from the records of any instrument. The expressions may use every item of the instrument; a
/// condition counts 1 where it holds and 0 where it does not. A record in which numerator or denominator is unknown counts in neither.
struct Formula {
  std::string over{};  ///< the instrument
  FormulaKind kind = FormulaKind::Ratio;
  std::string numerator{};
  std::string denominator{};           ///< Ratio, Rate, Mean; empty: every record counts 1
  std::string include{}, exclude{};    ///< conditions; a record counts where the first holds and the second does not
  std::optional<Decimal> within{};     ///< Within: the limit, included
  int per = kUsualPer;                 ///< Rate
  std::string unit{};                  ///< Mean, Sum, Median, Within: unit of measurement
  std::optional<Better> better{};      ///< where it is not as better_of() says

  static constexpr int kUsualPer = 1000;
  bool operator==(const Formula&) const = default;
};

inline constexpr std::size_t kLongestFormulaPart = 800;

/// A name made from what the formula counts: two formulas that count the same have one name, and one set of series.
std::string formula_key(const Formula& formula);

/// What the formula counts in records of this version of its instrument: the records themselves, the numerator and, where there is one,
/// the denominator; each is a Calculation that is asked only where the record counts. Problems: a fault in an expression, with its
/// position and the field of the formula ("numerator"), or a missing or misplaced field.
Result<std::vector<Item>> formula_items(const Formula& formula, const Instrument& form);

/// How its sums are read. The keys of its items are those of formula_items.
Measure formula_measure(const Formula& formula);

/// The series of those items, without their keys in the store.
std::vector<Series> formula_series(std::vector<Item> items);
/// The key of the series that counts the records of the formula with this key.
std::string formula_records_key(std::string_view key);

}  // namespace pilar
