#pragma once
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "app/context.h"
#include "domain/access.h"
#include "domain/need.h"
#include "domain/reading.h"

namespace pilar::app {

/// One measure of one instrument, for every facility of the table.
struct TableMeasure {
  const InstalledVersion* version = nullptr;
  const Measure* measure = nullptr;
};

struct FacilityRow {
  const Node* node = nullptr;
  std::optional<std::int64_t> visits{};    ///< empty: nobody has reported them
  std::optional<Need> need{};              ///< of the first instrument with a minimum
  std::vector<MeasureReading> readings{};  ///< one a measure of the table; none in a table of needs
};

/// What an overseer sees of a month: every facility below a place, side by side.
struct FacilityTable {
  std::shared_ptr<const Reference> reference{};  ///< keeps what the pointers point to
  const Node* node = nullptr;
  Month month;
  Instant as_of{};
  std::vector<TableMeasure> measures{};  ///< the first measure of each public instrument; none in a table of needs
  std::vector<FacilityRow> rows{};       ///< in the order of their keys
};

/// One share, for every facility below a place, summed over some months.
struct ShareWish {
  std::string formula{};  ///< "instrument/measure"
  Month from{}, to{};     ///< half-open
};
/// A table of that measure alone; `month` is the last one. Problems: those of read_facility_table, an unknown measure, or one that is no
/// share of cases or stands in reports that replace each other.
Result<FacilityTable> read_facility_shares(Context& context, const Scope& scope, FacilityKey place, const ShareWish& wish);
/// Whether the facilities can be compared by it: a rating, or a share, ratio or duration within a limit that is summed from cases.
bool is_comparable(const Instrument& form, const Measure& measure);

/// All of it, or visits and answers needed alone, which is a few cells a facility.
enum class TableContent : std::uint8_t { All, Needs };

/// One statement a series, however many facilities. Problems: an unknown place, or no right to see its results.
Result<FacilityTable> read_facility_table(Context& context, const Scope& scope, FacilityKey place, Month month,
                                          TableContent content = TableContent::All);

}  // namespace pilar::app
