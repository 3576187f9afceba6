#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace pilar {

/// How the columns of a file become records: a small YAML file that can be kept and used again.
///
///     import: ae
///     instrument: nhs-ae
///     key: [org_code, type, period]      # columns that name a row: importing again changes nothing
///     facility: {column: org_code}       # or {fixed: CODE}
///     unit: {column: poli}               # optional
///     at: {column: period}               # a date or an RFC 3339 time
///     items:                             # item: column
///       attendances: attendances
struct ImportProfile {
  /// A column, or the same text for every row.
  struct Source {
    std::string column{}, fixed{};
    bool empty() const { return column.empty() && fixed.empty(); }
  };
  struct ItemSource {
    std::string item{}, column{};
  };
  std::string name, instrument;
  std::vector<std::string> key{};
  Source facility{}, unit{}, at{};
  std::vector<ItemSource> items{};
};

/// All faults of the file together, each with "file:LINE:COLUMN" as field.
Result<ImportProfile> read_import_profile(std::string_view text, std::string_view file);

}  // namespace pilar
