#pragma once
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "app/indicator.h"
#include "app/network_values.h"

/// The recap of a year: what each indicator came to by month, quarter or half-year, at a facility or over all facilities below an office.
namespace pilar::app {

enum class RecapStep : std::uint8_t { Month, Quarter, HalfYear };

struct RecapQuery {
  FacilityKey place;
  int year = 0;
  RecapStep step = RecapStep::Month;
  bool all = false;         ///< every indicator in use, not only the mandatory ones
  std::string indicator{};  ///< its key: this one, facility by facility; only above facilities
};

/// One indicator in one period.
struct RecapValue {
  bool running = false;  ///< the period is not over
  std::int64_t records = 0;
  MeasureReading reading{};
};

/// One indicator at one place.
struct RecapRow {
  const KamusLine* line = nullptr;
  const Measure* measure = nullptr;
  const Node* node = nullptr;        ///< the place, or one facility below it
  std::size_t facilities = 1;        ///< whose records count
  std::optional<Decimal> target{};
  std::vector<RecapValue> values{};  ///< one a range
};

struct Recap {
  KamusView kamus{};
  RecapQuery query{};
  Instant as_of{};
  std::vector<MonthRange> ranges{};  ///< of the year, up to the running one
  std::vector<std::unique_ptr<const Measure>> measures{};
  std::vector<RecapRow> rows{};      ///< in the order of the kamus, or facility by facility in the order of their names
};

/// The first year a recap can be asked for.
inline constexpr int kFirstRecapYear = 2000;

/// Sums are exact: numerators and denominators of the period are added, states are those at its end, and coverage over a yearly target
/// counts from the first of January. A number of statements that does not grow with facilities. Problems: those of read_kamus_of, a
/// year that has not begun, or an indicator that the place does not know.
Result<Recap> read_recap(Context& context, const Scope& scope, const RecapQuery& query);

}  // namespace pilar::app
