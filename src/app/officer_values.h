#pragma once
#include <memory>
#include <string>
#include <vector>

#include "app/indicator.h"
#include "domain/reading.h"

/// Indicators of single officers: what the records that each entered say. Only that officer and the direct superior see them, who is the
/// head of the facility, or the lead of the unit that a record belongs to.
namespace pilar::app {

struct OfficerValue {
  std::string actor;  ///< "account:12"
  const KamusLine* line = nullptr;
  std::unique_ptr<const Measure> measure{};  ///< with the indicator's title and target; `reading` points to it
  MeasureReading reading{};
};

struct OfficerValues {
  KamusView kamus{};
  Month month{};
  std::size_t indicators = 0;  ///< used here at the level of officers, with a measure
  bool is_superior = false;    ///< the scope sees values of others here
  std::vector<OfficerValue> values{};  ///< by indicator, then by actor; only where anything was entered
};

/// Problems: those of read_kamus_of, or a place that is no facility.
Result<OfficerValues> read_officer_values(Context& context, const Scope& scope, FacilityKey facility, Month month);

}  // namespace pilar::app
