#pragma once
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/json.h"
#include "base/time.h"
#include "domain/indicator.h"
#include "domain/indicator_value.h"

/// DHIS2 dataValueSets (Web API, JSON of dxf2), as the developer manual describes it in "Data values".
namespace pilar::dhis2 {

/// The system's key among the codes of indicators and places.
inline constexpr std::string_view kSystem = "dhis2";

struct Figure {
  const IndicatorCode* code = nullptr;
  bool is_share = false;  ///< in per cent
  IndicatorValue value{};
  bool is_ratio = false;  ///< its numerator is no part of its denominator and may be there without one
};

/// The month of one facility.
struct OrgUnit {
  std::string code{};
  std::optional<Day> complete{};  ///< the day on which the report was sent; empty: it was not
  std::vector<Figure> figures{};
};

/// The month of these facilities. Numerator and denominator are data elements of their own; a month without cases
/// is a denominator of 0 with a comment, a numerator of 0 beside it (left out of a ratio, which may have one), and no percentage; of what
/// has no denominator it is a comment without a value. What was not collected is absent, and so is a part without a code. Of one facility,
/// period, orgUnit and completeDate stand at the top; of several, period and orgUnit stand with each value, and no completeDate is said,
/// since DHIS2 takes one for a facility only. `dataSet` is there where all figures have the same one. `no_cases` is the comment's words.
json::Value data_value_set(Month month, std::span<const OrgUnit> units, std::string_view no_cases);

/// "202610".
std::string period_text(Month month);

}  // namespace pilar::dhis2
