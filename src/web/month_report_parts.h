#pragma once
#include <vector>

#include "app/month_change.h"
#include "app/month_sending.h"
#include "app/month_unit.h"
#include "app/period_lock.h"
#include "app/validation.h"
#include "web/html.h"
#include "web/route.h"

/// What stands on the pages of the month beside the values themselves.
namespace pilar::web {

struct MonthParts {
  std::vector<app::MonthEffect> effects{};
  std::vector<app::ValidationView> validations{};  ///< of this month, the latest of an indicator first
  app::UnitMonths units{};
  app::PeriodView period{};

  /// The latest closed validation of the indicator; null where there is none.
  const app::ValidationView* validation_of(IndicatorKey indicator) const;
};
/// Of one report; `reports` must outlive it. Problems: those of what it reads.
Result<MonthParts> read_month_parts(const Visit& visit, const app::MonthReports& reports, const app::MonthCard& card);

/// What a change after sending reaches; nothing where nothing changed.
void draw_effects(html::Out& o, const Visit& visit, const app::MonthReports& reports, const std::vector<app::MonthEffect>& effects);
/// The units that fill in something of the month, and what they lack; nothing where no indicator is on the level of units.
void draw_unit_table(html::Out& o, const Visit& visit, const app::MonthReports& reports, const app::UnitMonths& units, Month month);
/// One month of a unit, with what it lacks.
void draw_unit_card(html::Out& o, const Visit& visit, const Node& facility, const app::UnitCard& card);
/// The setting of the reports that send themselves, changed by who sends reports.
void draw_sending(html::Out& o, const Visit& visit, const Node& facility, const app::MonthSending& sending, const Problems& problems);

}  // namespace pilar::web
