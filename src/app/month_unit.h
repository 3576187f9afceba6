#pragma once
#include <vector>

#include "app/month_report.h"

/// The month by unit: who fills what of the indicators that a unit has a value of its own for.
namespace pilar::app {

/// One month of a unit at a glance. It is sent, accepted or returned with the facility's report.
struct UnitCard {
  const Unit* unit = nullptr;
  Month month{};
  std::vector<const IndicatorSeries*> filled{}, missing{};  ///< what the unit fills in, with data and without
  MonthState state = MonthState::Empty;

  std::size_t all() const { return filled.size() + missing.size(); }
};

struct UnitMonths {
  std::vector<UnitCard> cards{};  ///< by month as in the reports, then by unit in its order; only units that fill something in
  std::vector<const IndicatorSeries*> unfilled{};  ///< on the level of units, but no unit ever filled them in in these months

  /// The cards of one month.
  std::vector<const UnitCard*> of(Month month) const;
};
/// The cards of the units for the months of `reports`, to which they point. A unit fills in what it has filled in at least once in these
/// months; the indicators are those on the level of units or officers. One statement. Problem without the right to see results there.
Result<UnitMonths> read_unit_months(Context& context, const Scope& scope, const MonthReports& reports);

}  // namespace pilar::app
