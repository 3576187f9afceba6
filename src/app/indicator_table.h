#pragma once
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "app/indicator.h"
#include "app/network_values.h"
#include "domain/indicator_value.h"

/// One indicator and month, facility by facility below an office: the table of a country as well as of a branch.
namespace pilar::app {

/// What became of a facility's report of the month.
enum class TableReport : std::uint8_t { NotSent, Sent, Accepted, Returned };

struct IndicatorRow {
  const Node* node = nullptr;
  std::optional<Decimal> target{};  ///< in force today: the facility's own, else the indicator's
  MeasureReading reading{};         ///< its measure bears that target
  IndicatorValue value{};           ///< as it is now, whatever was sent
  std::optional<bool> met{};        ///< empty without target or value, and while the month is not over
  // Filled in by add_details.
  IndicatorValue before{};  ///< of the month before
  TableReport report = TableReport::NotSent;

  /// By how much the value moved since the month before, in the measure's unit (percentage points of a share); empty where one of
  /// both months has no value.
  std::optional<double> change() const;
};

struct IndicatorTable {
  KamusView kamus{};
  const KamusLine* line = nullptr;
  Month month{};
  bool running = false;  ///< the month is not over
  Instant as_of{};
  std::size_t others = 0;  ///< facilities below the office that do not use the indicator
  std::vector<std::unique_ptr<const Measure>> measures{};  ///< one for each target
  std::vector<IndicatorRow> rows{};                        ///< in the order of their keys

  /// Numerators and denominators of all rows added up; empty for what is no share or ratio, or where nobody has a case.
  std::optional<MeasureReading> total() const;
};

struct IndicatorTableQuery {
  FacilityKey place;        ///< above facilities
  std::string indicator{};  ///< its key
  Month month{};
};

/// From month cells, in a number of statements that does not grow with facilities. Problems: those of read_kamus_of, a place that is a
/// facility, an indicator that the place does not know or that has no measure, a month that has not begun.
Result<IndicatorTable> read_indicator_table(Context& context, const Scope& scope, const IndicatorTableQuery& query);

/// Reads the month before and the reports of these rows of the table, those of a page or all of them: again a bounded number of statements.
/// The scope is the one that the table was read by.
void add_details(Context& context, const Scope& scope, const IndicatorTable& table, std::span<IndicatorRow* const> rows);

}  // namespace pilar::app
