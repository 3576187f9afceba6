#pragma once
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "app/month_report.h"
#include "domain/indicator_value.h"

/// A month's indicators as other systems take them: of a facility, or of every facility below an office. What was sent is given as it was
/// sent, everything else as it is now.
namespace pilar::app {

struct MonthFigure {
  const KamusLine* line = nullptr;
  const Indicator* profile = nullptr;  ///< the version that was sent, else the newest
  const Measure* measure = nullptr;
  IndicatorValue value{};
  bool changed = false;  ///< it was sent, and the data say something else now
};

struct MonthFacility {
  const Node* node = nullptr;
  std::string dhis2{};              ///< its code there; empty: it has none
  std::optional<Instant> sent_at{};  ///< empty: it is not sent, or was returned or taken back
  std::vector<MonthFigure> figures{};  ///< of the indicators in use, in the order of the kamus
};

struct MonthFigures {
  KamusView kamus{};
  Month month{};
  bool running = false;  ///< the month is not over
  Instant as_of{};
  std::vector<std::unique_ptr<const Measure>> measures{};
  std::vector<MonthFacility> facilities{};  ///< in the order of their keys
};

/// Every facility, or those whose report was accepted, without their codes in other systems.
enum class FigureContent : std::uint8_t { All, Accepted };

/// A number of statements that does not grow with facilities. Problems: those of read_kamus_of, and a month that has not begun.
Result<MonthFigures> read_month_figures(Context& context, const Scope& scope, FacilityKey place, Month month,
                                        FigureContent content = FigureContent::All);

}  // namespace pilar::app
