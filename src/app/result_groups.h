#pragma once
#include <memory>
#include <vector>

#include "app/result.h"

namespace pilar::app {

/// Records whose Choice item has this option.
struct ResultGroup {
  const Option* option = nullptr;
  MeasureReading reading{};
};

/// A measure by the options of one Choice item, in its order; options without a record stay, with nothing counted.
struct ResultGroups {
  std::shared_ptr<const Reference> reference{};  ///< keeps what the pointers point to
  const Item* by = nullptr;
  std::vector<ResultGroup> groups{};
};

/// The measure by each Choice item by which everything in it is counted, where at least two options have records. The query says
/// instrument, place, unit and period; its breakdown is not read, and the day cells of its edges must still be there, as read_result asks.
/// Two statements and one a month that waits to be folded. Problems: unknown instrument, place or measure, an empty period, no right to see
/// the place.
Result<std::vector<ResultGroups>> read_groups(Context& context, const Scope& scope, const ResultQuery& query, std::string_view measure);

}  // namespace pilar::app
