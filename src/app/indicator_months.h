#pragma once
#include <memory>
#include <optional>
#include <vector>

#include "app/indicator.h"
#include "app/result.h"
#include "domain/control.h"

namespace pilar::app {

/// One indicator of a facility month by month. The measure bears the indicator's title and the target in force there, and the
/// readings of `months` point to it.
struct IndicatorSeries {
  const KamusLine* line = nullptr;
  std::unique_ptr<const Measure> measure{};
  std::vector<ResultMonth> months{};  ///< up to the asked one, beginning with the first that has anything; one reading each
  ControlChoice choice{};  ///< what the facility laid down about its lines
  Control control{};

  /// Of this month; null where there is none.
  const ResultMonth* month(Month wanted) const;
  const MeasureReading* reading(Month wanted) const;
};

/// The indicators that a facility uses and that have a measure, in the order of its kamus.
struct IndicatorMonths {
  KamusView kamus{};
  Month until{}, running{};
  Instant as_of{};
  std::vector<IndicatorSeries> series{};
};
inline constexpr int kIndicatorMonths = 24;

/// What is read of them.
struct IndicatorSpan {
  Month until{};
  int months =
      kIndicatorMonths;  ///< fewer are read for a glance, and those that a slower rhythm reaches back to; then without control charts
  std::optional<UnitKey> unit{};
};
/// Reads them all at once: the statements do not grow with the indicators. Problems: those of read_kamus_of, or a place that is no
/// facility.
Result<IndicatorMonths> read_indicator_months(Context& context, const Scope& scope, FacilityKey facility, const IndicatorSpan& span);
inline Result<IndicatorMonths> read_indicator_months(Context& context, const Scope& scope, FacilityKey facility, Month until,
                                                     std::optional<UnitKey> unit = {}) {
  return read_indicator_months(context, scope, facility, IndicatorSpan{.until = until, .unit = unit});
}

}  // namespace pilar::app
