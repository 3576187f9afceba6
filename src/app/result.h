#pragma once
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "app/context.h"
#include "domain/access.h"
#include "domain/chart_mark.h"
#include "domain/need.h"
#include "domain/reading.h"

namespace pilar::app {

/// Only answers of records whose Choice item has this option.
struct Breakdown {
  std::string item, option;
  bool operator==(const Breakdown&) const = default;
};

struct ResultQuery {
  std::string instrument;
  FacilityKey place;               ///< a facility or any node above
  std::optional<UnitKey> unit{};   ///< only with a facility
  Period period;                   ///< whole months from month cells, the days at either side from day cells: exact
  std::optional<Breakdown> breakdown{};
  int trend_months = 24;           ///< whole months of the trend, ending with the period's last
  bool with_marks = false;         ///< of a facility: also what is laid down on its control charts
  bool with_parts = true;          ///< else an office is read as a whole only, however many facilities are below it
};

/// One month of the trend, all measures.
struct ResultMonth {
  Month month;
  bool running = false;  ///< not over yet: shown hollow, outside every verdict
  std::int64_t records = 0;
  std::vector<MeasureReading> measures{};
};

/// A part of the place, side by side with the others: a unit of a facility, or a node below a higher one.
struct ResultPart {
  std::string name;
  FacilityKey place;
  std::optional<UnitKey> unit{};  ///< 0: answers given to the facility as a whole
  std::int64_t records = 0;
  std::vector<MeasureReading> measures{};
  std::optional<Need> need{};     ///< of a facility, when the period is one whole month
};

struct MonthNeed {
  Month month;
  Need need;
};

/// Everything a page, a table or an export says about one instrument at one place and period: one object, many renderings.
struct ResultView {
  std::shared_ptr<const Reference> reference{};  ///< keeps what the pointers below point to
  const InstalledVersion* version = nullptr;
  const Node* node = nullptr;
  const Unit* unit = nullptr;
  Period period;
  std::optional<Breakdown> breakdown{};
  Instant as_of{};
  std::size_t facilities = 1;
  std::int64_t records = 0;
  bool is_empty = true;              ///< no record in the period, and no earlier report that still holds
  std::vector<MeasureReading> measures{};
  std::vector<ItemReading> items{};  ///< counted items only; with a breakdown, only those counted by it
  std::vector<ResultMonth> trend{};
  ChartMarks marks{};                ///< as the query asked
  std::vector<ResultPart> parts{};   ///< none where the query asks for none
  std::vector<MonthNeed> needs{};    ///< per whole month of the period, for a facility and an instrument with a minimum
};

/// Whole months of a period, half-open, and the days before and after them.
struct MonthSpan {
  Month from, to;
  std::vector<Period> edges{};
};
MonthSpan span_of(Period period);

/// Problems: unknown instrument, place, unit or breakdown, an empty or too long period (10 years), part of a month whose day cells
/// have expired, or no right to see the place.
Result<ResultView> read_result(Context& context, const Scope& scope, const ResultQuery& query);

}  // namespace pilar::app
